import { Floor, type LogEvent, type MeasureSet } from '@ovation/domain';
import type { Bus } from '@ovation/bus';
import { newId, type Clock, type Logger } from '@ovation/host';
import {
  liveChannel,
  type FeedItem,
  type LiveNews,
  type LogNews,
  type PageAsk,
} from '@ovation/protocol';
import {
  forgetMeasures,
  forgetRollups,
  inOrg,
  readCredits,
  readEventsAfter,
  readEventsByKey,
  readGroups,
  readHead,
  readLatestEvents,
  readPeople,
  readProjection,
  readTeams,
  saveGroups,
  saveMeasureStates,
  saveProjection,
  saveRollups,
  writeCredits,
  type Sql,
  type Tx,
} from '@ovation/store';
import { eventsNamed, foldBatch, groupsNeeded, LentBook, type BatchResult } from './batch.ts';
import { FEED_KEPT, named, Newsroom, winItem } from './news.ts';
import { fillPage, measureStates } from './rebuild.ts';
import { allRollups, rollupsOf } from './rollups.ts';
import { Stage, type Directory, type Face } from './stage.ts';

/** Events folded in one transaction at most. */
const BATCH_MAX = 2_000;
/** News kept while a batch is under way; past it the log is asked instead. */
const PENDING_MAX = 20_000;
/** A climb worth a line in the news. */
const CLIMB_PLACES = 2;
const CLIMB_BOARD = 'revenue-month';
/** Between two looks at the boards under load; the first of a burst is told at once. */
const FRAMES_EVERY_MS = 40;

export interface LoopDeps {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly clock: Clock;
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
  #directory: Directory = new Map();
  #feed: FeedItem[] = [];
  #pending: LogEvent[] = [];
  #askLog = true;
  #running: Promise<void> | undefined;
  /** Somebody called since the run last looked. */
  #wanted = false;
  #loaded = false;
  #stopped = false;
  /** Names this run of a projector, so that gateways notice a new one. */
  readonly #boot = newId('run');
  #framesAt = 0;
  #framesDue: NodeJS.Timeout | undefined;
  #settingsDue = false;
  /** Whether the settings were ever written. */
  #saved = false;

  constructor(deps: LoopDeps, orgId: string) {
    this.#deps = deps;
    this.#orgId = orgId;
  }

  get seq(): number {
    return this.#floor.seq;
  }

  /** Loads the snapshot and folds what came after it. */
  async start(): Promise<void> {
    await this.#load();
    const wins = await readLatestEvents(this.#deps.sql, this.#orgId, 'deal.won', FEED_KEPT);
    this.#feed = wins.flatMap((win) => winItem(win, this.#directory) ?? []);
    this.#loaded = true;
    await this.wake();
    this.announceAll();
  }

  /** The doorbell rang. */
  hear(news: LogNews): void {
    const last = this.#pending.at(-1)?.seq ?? this.#floor.seq;
    const fits = news.from <= last + 1 && this.#pending.length < PENDING_MAX;
    if (news.events && fits) this.#pending.push(...news.events.filter((one) => one.seq > last));
    else if (news.to > last) this.#askLog = true;
    if (this.#loaded) this.#wakeQuietly();
  }

  #wakeQuietly(): void {
    this.wake().catch((error: unknown) => {
      this.#deps.logger.error({ err: error, org: this.#orgId }, 'folding failed');
    });
  }

  /** Asks the log whether the doorbell was missed. */
  async sweep(): Promise<void> {
    if ((await readHead(this.#deps.sql, this.#orgId)) <= this.#floor.seq) return;
    this.#askLog = true;
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
    clearTimeout(this.#framesDue);
    await this.#running?.catch(() => undefined);
  }

  announce(boards: readonly string[]): void {
    const now = this.#deps.clock.now();
    for (const slug of boards) {
      const frame = this.#stage.snapshot(slug, now, this.#directory);
      this.#publish(frame ? { kind: 'board', frame } : { kind: 'no_board', slug });
    }
    this.#publish({ kind: 'feed', items: this.#feed, whole: true });
  }

  announceAll(): void {
    this.announce(this.#stage.slugs());
  }

  /** Answers what the API asks of a board. */
  answer(ask: PageAsk): void {
    const page = this.#stage.page(ask, this.#deps.clock.now(), this.#directory) ?? null;
    this.#publish({ kind: 'page', id: ask.id, page });
  }

  /** Somebody still watches these boards. */
  keep(boards: readonly string[]): void {
    this.#stage.keep(boards, this.#deps.clock.now());
  }

  beat(): void {
    const { seq } = this.#floor;
    this.#stage.sweep(this.#deps.clock.now());
    this.#publish({ kind: 'beat', boot: this.#boot, seq, boards: this.#stage.versions() });
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      this.#wanted = false;
      const batch = await this.#nextBatch();
      // What came while the log was asked is looked for again before the run ends.
      if (batch.length === 0 && this.#wanted) continue;
      const building = this.#floor.measures.building()[0];
      if (batch.length === 0 && !building) return;
      try {
        if (batch.length > 0) await this.#fold(batch);
        // A change of a metric is counted a page at a time, between the batches of live events.
        if (building) await this.#recount(building);
      } catch (error) {
        // Memory may be ahead of the cursor: begin again from what is written.
        this.#pending = [];
        this.#askLog = true;
        await this.#load();
        this.announceAll();
        throw error;
      }
    }
  }

  async #load(): Promise<void> {
    const { sql, clock } = this.#deps;
    const orgId = this.#orgId;
    const head = await readProjection(sql, orgId);
    const floor = new Floor();
    if (head) {
      floor.loadSettings(head.settings);
      floor.seq = head.seq;
      floor.clock = head.clock;
    }
    // What was being counted when a projector ended is begun again.
    const keys = (ready: boolean) =>
      floor.measures
        .all()
        .filter((set) => set.ready === ready)
        .flatMap((set) => set.measures.map((one) => one.key));
    await inOrg(sql, orgId, async (tx) => {
      await forgetMeasures(tx, orgId, keys(false));
      await saveMeasureStates(tx, orgId, measureStates(floor.measures.all()));
    });
    if (head) await readCredits(sql, orgId, keys(true), (credit) => floor.give(credit));
    this.#saved = head !== undefined;
    this.#floor = floor;
    await this.#readDirectory();
    this.#newsroom = new Newsroom(floor, head?.stageFreeAt ?? 0);
    this.#stage = new Stage(floor, [CLIMB_BOARD]);
    this.#stage.snapshot(CLIMB_BOARD, clock.now(), this.#directory);
  }

  async #nextBatch(): Promise<LogEvent[]> {
    const next = this.#floor.seq + 1;
    this.#pending = this.#pending.filter((event) => event.seq >= next);
    if (this.#pending[0]?.seq === next) return this.#pending.splice(0, BATCH_MAX);
    if (!this.#askLog && this.#pending.length === 0) return [];
    const batch = await readEventsAfter(this.#deps.sql, this.#orgId, this.#floor.seq, BATCH_MAX);
    this.#askLog = batch.length === BATCH_MAX;
    return batch;
  }

  async #fold(batch: readonly LogEvent[]): Promise<void> {
    const { sql } = this.#deps;
    const named = await readEventsByKey(sql, this.#orgId, eventsNamed(batch), batch.at(-1)!.seq);
    const groups = await readGroups(sql, this.#orgId, groupsNeeded(batch, named));
    const news: LiveNews[] = [];
    const rankBefore = new Map<string, number>();
    const rulesBefore = this.#floor.rulesSeq;
    const result = foldBatch(this.#floor, new LentBook(groups, named), batch, (event) => {
      const celebration = this.#newsroom.celebrate(event, this.#directory);
      if (celebration) news.push({ kind: 'celebrate', celebration });
      const item = winItem(event, this.#directory);
      if (!item) return;
      const rank = this.#stage.rankOf(CLIMB_BOARD, item.person.id);
      // History that is brought in moves ranks too, and that is no news.
      const quiet = 'quiet' in event && event.quiet === true;
      if (rank !== undefined && !quiet) rankBefore.set(item.person.id, rank);
      news.push({ kind: 'feed', items: [item], whole: false });
    });
    const rulesChanged = rulesBefore !== this.#floor.rulesSeq;
    await this.#write((tx) => this.#writeBatch(tx, result, rulesChanged), result.settingsChanged);
    if (result.settingsChanged) await this.#readDirectory();
    this.#stage.touch(result.touched);
    this.#tell(result, news);
    this.#tellClimbs(rankBefore, batch.at(-1)!);
  }

  /** Counts a change of a metric one page further; at its end the new way of counting answers. */
  async #recount(set: MeasureSet): Promise<void> {
    const orgId = this.#orgId;
    if (!this.#floor.measures.building().includes(set)) return;
    const credits = await fillPage(this.#deps.sql, orgId, this.#floor, set);
    const ready = set.filledTo >= set.seq;
    if (ready) this.#floor.finish(set);
    await this.#write(async (tx) => {
      const added = credits.map((credit) => ({ credit, by: null }));
      await writeCredits(tx, orgId, { removed: [], added });
      await saveRollups(tx, orgId, rollupsOf(this.#floor, credits));
      await saveMeasureStates(tx, orgId, measureStates([set]));
    }, ready);
    if (ready) this.#showSoon(true);
  }

  async #writeBatch(tx: Tx, result: BatchResult, rulesChanged: boolean): Promise<void> {
    const orgId = this.#orgId;
    await saveGroups(tx, orgId, result.groups);
    await writeCredits(tx, orgId, result.credits);
    if (rulesChanged) await forgetRollups(tx, orgId);
    const rollups = rulesChanged ? allRollups(this.#floor) : rollupsOf(this.#floor, result.touched);
    await saveRollups(tx, orgId, rollups);
    if (!result.settingsChanged) return;
    await saveMeasureStates(tx, orgId, measureStates(this.#floor.measures.all()));
  }

  /** One transaction for what was made of the log and for the place in it. */
  #write(work: (tx: Tx) => Promise<void>, settingsChanged: boolean): Promise<void> {
    const { seq, clock } = this.#floor;
    return inOrg(this.#deps.sql, this.#orgId, async (tx) => {
      // What is written here can be folded again, so it need not wait for the disk.
      await tx`set local synchronous_commit = off`;
      await work(tx);
      const head = { seq, clock, stageFreeAt: this.#newsroom.stageFreeAt };
      const whole = settingsChanged || !this.#saved;
      const settings = whole ? { settings: this.#floor.saveSettings() } : {};
      await saveProjection(tx, this.#orgId, { ...head, ...settings });
      this.#saved = true;
    });
  }

  #tell(result: BatchResult, news: readonly LiveNews[]): void {
    for (const fact of result.gone) this.#publish({ kind: 'uncelebrate', id: fact });
    for (const one of news) {
      if (one.kind === 'feed') this.#remember(one.items);
      this.#publish(one);
    }
    this.#showSoon(result.settingsChanged);
  }

  /** Tells boards at once when idle, and under load a few times a second. */
  #showSoon(settingsChanged: boolean): void {
    this.#settingsDue ||= settingsChanged;
    if (this.#framesDue !== undefined) return;
    const wait = this.#framesAt + FRAMES_EVERY_MS - this.#deps.clock.now();
    if (wait <= 0) return this.#show();
    this.#framesDue = setTimeout(() => this.#show(), wait);
  }

  #show(): void {
    clearTimeout(this.#framesDue);
    this.#framesDue = undefined;
    this.#framesAt = this.#deps.clock.now();
    const frames = this.#stage.update(this.#settingsDue, this.#directory);
    this.#settingsDue = false;
    for (const frame of frames) this.#publish({ kind: 'board', frame });
  }

  #tellClimbs(before: ReadonlyMap<string, number>, last: LogEvent): void {
    for (const [id, rank] of before) {
      const now = this.#stage.rankOf(CLIMB_BOARD, id) ?? rank;
      const person = named(this.#directory, id);
      if (rank - now < CLIMB_PLACES || person === undefined) continue;
      const item: FeedItem = {
        kind: 'rank_up',
        id: `climb/${last.seq}/${id}`,
        at: last.recordedAt,
        person,
        board: CLIMB_BOARD,
        places: rank - now,
        rank: now,
      };
      this.#remember([item]);
      this.#publish({ kind: 'feed', items: [item], whole: false });
    }
  }

  #remember(items: readonly FeedItem[]): void {
    this.#feed = [...items, ...this.#feed].slice(0, FEED_KEPT);
  }

  async #readDirectory(): Promise<void> {
    const { sql } = this.#deps;
    const teams = await readTeams(sql, this.#orgId);
    const stripes = new Map(teams.map((team) => [team.id, team.stripe]));
    const faces = new Map<string, Face>();
    for (const { id, name, names, stripe } of teams) faces.set(id, { name, names, stripe });
    for (const { id, name, names, teamId } of await readPeople(sql, this.#orgId)) {
      faces.set(id, { name, names, stripe: stripes.get(teamId ?? '') ?? 0 });
    }
    this.#directory = faces;
  }

  #publish(news: LiveNews): void {
    void this.#deps.bus.publish(liveChannel(this.#orgId), news);
  }
}
