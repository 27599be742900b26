import { Floor, type LogEvent, type MeasureSet, settingsFrom } from '@ovation/domain';
import type { Bus } from '@ovation/bus';
import { newId, type Clock, type Logger } from '@ovation/host';
import {
  LIVE_ROWS,
  liveChannel,
  type LiveAsk,
  type LiveNews,
  type LogNews,
  type PageAsk,
} from '@ovation/protocol';
import {
  forgetMeasures,
  inOrg,
  readCredits,
  readEventsByKey,
  readGroups,
  readHead,
  readProjection,
  readSeeds,
  saveMeasureStates,
  type Sql,
} from '@ovation/store';
import { eventsNamed, foldBatch, groupsNeeded, LentBook, type BatchResult } from './batch.ts';
import { ContestCards } from './contest-cards.ts';
import { readDirectory, sameFaces, type Directory } from './directory.ts';
import { FeedDesk } from './feed-desk.ts';
import { FloorWriter } from './floor-writer.ts';
import { Inbox } from './inbox.ts';
import { dealsPaid, payConcerned } from './pay-news.ts';
import { CLIMB_BOARD, climbItem, Newsroom, winItem, type WinItem } from './news.ts';
import { fillPage, foldable, measureKeys, measureStates } from './rebuild.ts';
import { Pace } from './pace.ts';
import { Stage } from './stage.ts';

export interface LoopDeps {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Events in one step of a recount; as many as live events can wait for unless said. */
  readonly pageEvents?: number;
}

/**
 * Folds one organisation's log. Events come with the doorbell or, whenever one is missing, from the
 * log; what a batch changed is written together with the cursor, then announced. The caller holds
 * the organisation's lock: two loops never fold the same floor.
 */
export class FloorLoop {
  readonly #deps: LoopDeps;
  readonly #orgId: string;
  #floor = new Floor();
  #stage!: Stage;
  #newsroom!: Newsroom;
  #writer!: FloorWriter;
  #directory: Directory = new Map();
  #feedDesk!: FeedDesk;
  readonly #inbox = new Inbox();
  #running: Promise<void> | undefined;
  /** Somebody called since the run last looked. */
  #wanted = false;
  #loaded = false;
  #stopped = false;
  /** Something was folded and is not written (yet). */
  #ahead = false;
  /** Another one whenever boards are begun afresh, so that gateways ask for theirs again. */
  #boot = newId('run');
  readonly #pace: Pace;
  readonly #cards = new ContestCards();

  constructor(deps: LoopDeps, orgId: string) {
    this.#deps = deps;
    this.#orgId = orgId;
    const shown = () => ({ stage: this.#stage, directory: this.#directory });
    this.#pace = new Pace(deps.clock, shown, (frame) => this.#publish({ kind: 'board', frame }));
  }

  get seq(): number {
    return this.#floor.seq;
  }

  /** Loads the snapshot and folds what came after it. */
  async start(): Promise<void> {
    await this.#load();
    this.#loaded = true;
    await this.wake();
    this.announceAll();
  }

  /** The doorbell rang. */
  hear(news: LogNews): void {
    this.#inbox.hear(news, this.#floor.seq);
    if (this.#loaded) this.#wakeQuietly();
  }

  #wakeQuietly(): void {
    this.wake().catch((error: unknown) => {
      this.#deps.logger.error({ err: error, org: this.#orgId }, 'folding failed');
    });
  }

  /** Asks the log whether the doorbell was missed, and goes on with what an error cut short. */
  async sweep(): Promise<void> {
    const busy = this.#ahead || this.#floor.measures.building().length > 0;
    if (!busy && (await readHead(this.#deps.sql, this.#orgId)) <= this.#floor.seq) return;
    this.#inbox.askLog();
    await this.wake();
  }

  /** Folds until nothing is left; callers share one run. */
  wake(): Promise<void> {
    this.#wanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted && !this.#stopped) this.#wakeQuietly();
    });
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#pace.stop();
    await this.#running?.catch(() => undefined);
  }

  announce(boards: readonly string[], rows: LiveAsk['rows'] = {}): void {
    const now = this.#deps.clock.now();
    const directory = this.#directory;
    for (const slug of boards) {
      const frame = this.#stage.snapshot(slug, { now, directory, rows: rows[slug] ?? LIVE_ROWS });
      this.#publish(frame ? { kind: 'board', frame } : { kind: 'no_board', slug });
    }
    this.#tellRest();
  }

  /** What is told besides boards to whoever asks. */
  #tellRest(): void {
    this.#tellFeed().catch((error: unknown) => {
      this.#deps.logger.warn({ err: error, org: this.#orgId }, 'the feed was not told');
    });
    this.#tellContests(true);
  }

  async #tellFeed(): Promise<void> {
    const items = await this.#feedDesk.latest();
    this.#publish({ kind: 'feed', items, whole: true });
  }

  announceAll(): void {
    for (const frame of this.#stage.frames()) this.#publish({ kind: 'board', frame });
    this.#tellRest();
  }

  /** Answers what the API asks of a board. */
  answer(ask: PageAsk): void {
    const page = this.#stage.page(ask, this.#deps.clock.now(), this.#directory) ?? null;
    this.#publish({ kind: 'page', id: ask.id, page });
  }

  /** Somebody still watches these boards. */
  keep(boards: readonly string[], rows: LiveAsk['rows'] = {}): void {
    this.#stage.keep(boards, rows, this.#deps.clock.now());
  }

  beat(): void {
    const { seq } = this.#floor;
    this.#stage.sweep(this.#deps.clock.now());
    this.#publish({ kind: 'beat', boot: this.#boot, seq, boards: this.#stage.versions() });
    // Contests come into sight by the clock alone.
    this.#tellContests();
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      this.#wanted = false;
      if (this.#ahead) await this.#beginAgain();
      const batch = await this.#inbox.next(this.#deps.sql, this.#orgId, this.#floor.seq);
      // What came while the log was asked is looked for again before the run ends.
      if (batch.length === 0 && this.#wanted) continue;
      const building = this.#floor.measures.building();
      this.#inbox.putBack(batch.splice(foldable(batch, building)));
      if (batch.length === 0 && building.length === 0) return;
      this.#ahead = true;
      try {
        if (batch.length > 0) await this.#fold(batch);
        // A change of a metric is counted a page at a time, between the batches of live events.
        if (building[0]) await this.#recount(building[0]);
        this.#ahead = false;
      } catch (error) {
        await this.#beginAgain();
        throw error;
      }
    }
  }

  /** From what is written: memory may be ahead of it, and stays so until this succeeds. */
  async #beginAgain(): Promise<void> {
    this.#inbox.clear();
    await this.#load();
    this.#ahead = false;
    this.announceAll();
  }

  async #load(): Promise<void> {
    const { sql, clock } = this.#deps;
    const orgId = this.#orgId;
    const head = await readProjection(sql, orgId);
    const floor = new Floor();
    if (head) {
      floor.loadSettings(settingsFrom(head.settings), head.seq);
      floor.clock = head.clock;
    }
    // What was being counted when a projector ended is begun again.
    const keys = (ready: boolean) =>
      measureKeys(floor.measures.all().filter((set) => set.ready === ready));
    await inOrg(sql, orgId, async (tx) => {
      await forgetMeasures(tx, orgId, keys(false));
      await saveMeasureStates(tx, orgId, measureStates(floor.measures.all()));
    });
    if (head) await readCredits(sql, orgId, keys(true), (credit) => floor.give(credit));
    this.#writer = new FloorWriter(sql, orgId, head?.settings);
    this.#feedDesk = await FeedDesk.open(sql, orgId, floor);
    this.#floor = floor;
    this.#directory = await readDirectory(this.#deps.sql, this.#orgId);
    this.#newsroom = new Newsroom(floor, head?.stageFreeAt ?? 0);
    this.#boot = newId('run');
    this.#stage = new Stage(floor, [CLIMB_BOARD], await readSeeds(sql, orgId));
    const directory = this.#directory;
    this.#stage.snapshot(CLIMB_BOARD, { now: clock.now(), directory, rows: 0 });
  }

  async #fold(batch: readonly LogEvent[]): Promise<void> {
    const { sql } = this.#deps;
    const named = await readEventsByKey(sql, this.#orgId, eventsNamed(batch), batch.at(-1)!.seq);
    const groups = await readGroups(sql, this.#orgId, groupsNeeded(batch, named));
    const known = [...groups.values()];
    const paid = await readGroups(sql, this.#orgId, dealsPaid(batch));
    const news: LiveNews[] = [];
    const wins: WinItem[] = [];
    const rankBefore = new Map<string, number>();
    const before = this.#standing();
    const result = foldBatch(this.#floor, new LentBook(groups, named), batch, (event) => {
      const celebration = this.#newsroom.celebrate(event, this.#directory);
      if (celebration) news.push({ kind: 'celebrate', celebration });
      const item = winItem(event, this.#directory);
      if (!item) return;
      const rank = this.#stage.rankOf(CLIMB_BOARD, item.person.id);
      // History that is brought in moves ranks too, and that is no news.
      const quiet = 'quiet' in event && event.quiet === true;
      if (rank !== undefined && !quiet) rankBefore.set(item.person.id, rank);
      wins.push(item);
      news.push({ kind: 'feed', items: [item], whole: false });
    });
    const after = result.groups.map(({ group }) => group);
    const told = { events: batch, before: known, after, paidFor: [...paid.values()] };
    const concerned = payConcerned(
      { ...told, settingsChanged: result.settingsChanged },
      this.#floor,
    );
    this.#stage.touch(result.touched);
    const { touched, gone, settingsChanged: settings } = result;
    const pen = this.#feedDesk.begin({ touched, settings, wins, gone });
    // Before the cursor: whoever waits for it reads the names that came with it.
    if (settings) await this.#readRows();
    const { stageFreeAt } = this.#newsroom;
    await this.#writer.batch(this.#floor, result, before, stageFreeAt, pen.write);
    news.push(...pen.news(this.#directory));
    if (concerned === null || concerned.length > 0) {
      news.push({ kind: 'pay', seq: this.#floor.seq, people: concerned });
    }
    this.#tell(result, news);
    this.#tellClimbs(rankBefore, batch.at(-1)!);
  }

  /** What only rows say: how everybody is shown, and the seeds of contests. */
  async #readRows(): Promise<void> {
    const { sql } = this.#deps;
    const directory = await readDirectory(sql, this.#orgId);
    if (!sameFaces(this.#directory, directory)) this.#directory = directory;
    this.#stage.seeds = await readSeeds(sql, this.#orgId);
  }

  /** Counts a change of a metric one page further; at its end the new way of counting answers. */
  async #recount(set: MeasureSet): Promise<void> {
    const orgId = this.#orgId;
    const { sql, pageEvents } = this.#deps;
    if (!this.#floor.measures.building().includes(set)) return;
    const added = await fillPage(sql, orgId, this.#floor, set, pageEvents);
    const ready = set.filledTo >= set.until;
    const before = this.#standing();
    if (ready) this.#floor.finish(set);
    const touched = ready ? added.map(({ credit }) => credit) : [];
    const pen = this.#feedDesk.begin({ touched, settings: ready, wins: [], gone: [] });
    const { stageFreeAt } = this.#newsroom;
    await this.#writer.page(this.#floor, set, added, before, stageFreeAt, pen.write);
    pen.news(this.#directory).forEach((one) => this.#publish(one));
    if (ready) this.#pace.soon(true);
  }

  /** What a write compares with: the rules and measures of before. */
  #standing(): { rulesSeq: number; measured: string[] } {
    const { rulesSeq, measures } = this.#floor;
    return { rulesSeq, measured: measureKeys(measures.all()) };
  }

  #tell(result: BatchResult, news: readonly LiveNews[]): void {
    for (const fact of result.gone) this.#publish({ kind: 'uncelebrate', id: fact });
    for (const one of news) this.#publish(one);
    if (result.settingsChanged) this.#tellContests();
    this.#pace.soon(result.settingsChanged);
  }

  /** Tells which contests there are, when that is other than was told last. */
  #tellContests(anyway = false): void {
    const changed = this.#cards.keepUp(this.#floor, this.#directory);
    if (changed || anyway) this.#publish({ kind: 'contests', cards: this.#cards.all });
  }

  #tellClimbs(before: ReadonlyMap<string, number>, last: LogEvent): void {
    for (const [id, rank] of before) {
      const now = this.#stage.rankOf(CLIMB_BOARD, id) ?? rank;
      const item = climbItem({ id, from: rank, to: now }, last, this.#directory);
      if (item === undefined) continue;
      this.#feedDesk.remember(item);
      this.#publish({ kind: 'feed', items: [item], whole: false });
    }
  }

  #publish(news: LiveNews): void {
    void this.#deps.bus.publish(liveChannel(this.#orgId), news);
  }
}
