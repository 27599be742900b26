import { Floor, type LogEvent } from '@ovation/domain';
import type { Bus } from '@ovation/bus';
import type { Logger } from '@ovation/host';
import { liveChannel, type FeedItem, type LiveNews, type LogNews } from '@ovation/protocol';
import {
  addCredits,
  inOrg,
  moveRollups,
  readCredits,
  readDealKeys,
  readDeals,
  readEventsAfter,
  readHead,
  readLatestEvents,
  readPeople,
  readProjection,
  readTeams,
  removeCredits,
  saveDeals,
  saveProjection,
  type Sql,
} from '@ovation/store';
import { dealsNeeded, foldBatch, LentDeals, rollupMoves, type BatchResult } from './batch.ts';
import { FEED_KEPT, named, Newsroom, winItem } from './news.ts';
import { Stage, type Directory, type Face } from './stage.ts';

/** Events folded in one transaction at most. */
const BATCH_MAX = 2_000;
/** News kept while a batch is under way; past it the log is asked instead. */
const PENDING_MAX = 20_000;
/** A climb worth a line in the news. */
const CLIMB_PLACES = 2;
const CLIMB_BOARD = 'revenue-month';

export interface LoopDeps {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly logger: Logger;
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
    await this.#running?.catch(() => undefined);
  }

  announce(boards: readonly string[]): void {
    for (const slug of boards) {
      const frame = this.#stage.snapshot(slug);
      if (frame) this.#publish({ kind: 'board', frame });
    }
    this.#publish({ kind: 'feed', items: this.#feed, whole: true });
  }

  announceAll(): void {
    this.announce(Object.keys(this.#stage.versions()));
  }

  beat(): void {
    const { seq } = this.#floor;
    this.#publish({ kind: 'beat', seq, boards: this.#stage.versions() });
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      this.#wanted = false;
      const batch = await this.#nextBatch();
      // What came while the log was asked is looked for again before the run ends.
      if (batch.length === 0 && this.#wanted) continue;
      if (batch.length === 0) return;
      try {
        await this.#fold(batch);
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
    const { sql } = this.#deps;
    const head = await readProjection(sql, this.#orgId);
    const credits = head ? await readCredits(sql, this.#orgId) : [];
    const floor = new Floor();
    if (head) {
      floor.loadSettings(head.settings);
      floor.seq = head.seq;
      floor.clock = head.clock;
      for (const credit of credits) floor.give(credit);
    }
    this.#floor = floor;
    await this.#readDirectory();
    this.#newsroom = new Newsroom(floor, head?.stageFreeAt ?? 0);
    this.#stage = new Stage(floor, credits, this.#directory);
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
    const needed = dealsNeeded(batch);
    const known = await readDealKeys(sql, this.#orgId, needed.reversed, batch.at(-1)!.seq);
    const deals = await readDeals(sql, this.#orgId, [...needed.keys, ...known.values()]);
    const news: LiveNews[] = [];
    const rankBefore = new Map<string, number>();
    const result = foldBatch(this.#floor, new LentDeals(deals, known), batch, (event) => {
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
    await this.#write(result);
    if (result.settingsChanged) await this.#readDirectory();
    this.#tell(result, news);
    this.#tellClimbs(rankBefore, batch.at(-1)!);
  }

  #write(result: BatchResult): Promise<void> {
    const orgId = this.#orgId;
    return inOrg(this.#deps.sql, orgId, async (tx) => {
      // What is written here can be folded again, so it need not wait for the disk.
      await tx`set local synchronous_commit = off`;
      await saveDeals(tx, orgId, result.deals);
      await removeCredits(tx, orgId, result.removed);
      await addCredits(tx, orgId, result.added);
      await moveRollups(tx, orgId, rollupMoves(this.#floor, result));
      await saveProjection(tx, orgId, {
        seq: this.#floor.seq,
        clock: this.#floor.clock,
        settings: this.#floor.saveSettings(),
        stageFreeAt: this.#newsroom.stageFreeAt,
      });
    });
  }

  #tell(result: BatchResult, news: readonly LiveNews[]): void {
    const { removed, added, settingsChanged } = result;
    const frames = this.#stage.update(removed, added, settingsChanged, this.#directory);
    for (const frame of frames) this.#publish({ kind: 'board', frame });
    for (const credit of removed) {
      if (credit.metric === 'deals') this.#publish({ kind: 'uncelebrate', id: credit.fact });
    }
    for (const one of news) {
      if (one.kind === 'feed') this.#remember(one.items);
      this.#publish(one);
    }
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
