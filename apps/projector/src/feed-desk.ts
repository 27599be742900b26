import {
  BadgeKeeper,
  CELEBRATED_WITHIN_MS,
  type BadgeRound,
  type Credit,
  type Floor,
} from '@ovation/domain';
import type { FeedItem, LiveNews } from '@ovation/protocol';
import {
  addFeedItems,
  addWalletEntries,
  feedItemOf,
  inOrg,
  lockWallets,
  readBadgeSeq,
  readFeed,
  syncAwards,
  takeBackPoints,
  withdrawFeedItems,
  type AwardChanges,
  type AwardRow,
  type NewFeedItem,
  type Sql,
  type Tx,
} from '@ovation/store';
import { named, type WinItem } from './news.ts';
import type { Directory } from './directory.ts';

/** Lines kept for whoever opens a feed. */
const FEED_KEPT = 30;

/** What a batch did, as far as badges and news go. */
export interface FeedBatch {
  /** Credits that came or went. */
  readonly touched: readonly Credit[];
  /** Whether settings may be other than before. */
  readonly settings: boolean;
  readonly wins: readonly WinItem[];
  /** Facts that counted and no longer do. */
  readonly gone: readonly string[];
}

/** One batch on its way: written with it, then told. */
export interface FeedPen {
  /** Writes what is new and what is no longer so, in the transaction of the batch. */
  write(tx: Tx): Promise<void>;
  /** What was written, in words, for whoever looks at feeds. Wins are told by the loop. */
  news(directory: Directory): LiveNews[];
}

/**
 * Badges and the internal news of one floor: what a batch earned or took back, written with the
 * batch itself, so that each is given, paid and told once.
 */
export class FeedDesk {
  readonly #sql: Sql;
  readonly #orgId: string;
  readonly #floor: Floor;
  readonly #keeper: BadgeKeeper;
  /** Up to here the badges are those that are stored: a log that is folded again changes none. */
  readonly #knownTo: number;
  #climbs: readonly FeedItem[] = [];

  private constructor(sql: Sql, orgId: string, floor: Floor, knownTo: number) {
    this.#sql = sql;
    this.#orgId = orgId;
    this.#floor = floor;
    this.#keeper = new BadgeKeeper(floor);
    this.#knownTo = knownTo;
    if (floor.seq >= knownTo) this.#keeper.settle();
  }

  static async open(sql: Sql, orgId: string, floor: Floor): Promise<FeedDesk> {
    const knownTo = await inOrg(sql, orgId, (tx) => readBadgeSeq(tx, orgId));
    return new FeedDesk(sql, orgId, floor, knownTo);
  }

  /** Looks at the badges that a batch touched, right after it was folded. */
  begin(batch: FeedBatch): FeedPen {
    const round = this.#round(batch);
    let fresh: readonly AwardRow[] = [];
    let gone: readonly string[] = [];
    return {
      write: async (tx) => {
        const at = new Date(this.#floor.clock);
        const changes = await syncAwards(tx, this.#orgId, round, { seq: this.#floor.seq, at });
        await this.#pay(tx, changes, at);
        fresh = changes.given.filter((award) => this.#isNews(award));
        const items = [...batch.wins.map(winRow), ...fresh.map(awardRow)];
        await addFeedItems(tx, this.#orgId, items);
        const lines = [...batch.gone, ...changes.gone.map((award) => awardId('badge', award))];
        gone = await withdrawFeedItems(tx, this.#orgId, lines, at);
      },
      news: (directory) => {
        const items = fresh.flatMap((award) => this.#badgeItem(award, directory) ?? []);
        return [
          ...(items.length > 0 ? [{ kind: 'feed' as const, items, whole: false }] : []),
          ...gone.map(goneNews),
        ];
      },
    };
  }

  #round({ touched, settings }: FeedBatch): BadgeRound {
    if (this.#floor.seq < this.#knownTo) return { verdicts: [], whole: [] };
    return this.#keeper.round(touched, settings);
  }

  /** Climbs are no rows: those of this run are remembered. */
  remember(climb: FeedItem): void {
    this.#climbs = [climb, ...this.#climbs].slice(0, FEED_KEPT);
  }

  /** The newest lines, for whoever begins to watch. */
  async latest(): Promise<FeedItem[]> {
    const rows = await readFeed(this.#sql, this.#orgId, { limit: FEED_KEPT });
    const all = [...rows.flatMap((row) => feedItemOf(row) ?? []), ...this.#climbs];
    return all.sort((a, b) => b.at - a.at).slice(0, FEED_KEPT);
  }

  async #pay(tx: Tx, { given, gone }: AwardChanges, at: Date): Promise<void> {
    const orgId = this.#orgId;
    const paid = given.filter(({ points }) => points > 0);
    const taken = gone.filter(({ points }) => points > 0);
    const people = [...paid, ...taken].map(({ person }) => person);
    await lockWallets(tx, orgId, people);
    for (const award of taken) {
      const entry = { person: award.person, points: award.points, reason: award.achievement, at };
      const cause = awardId('badge-back', award);
      await takeBackPoints(tx, orgId, { ...entry, kind: 'taken_back', cause });
    }
    await addWalletEntries(
      tx,
      orgId,
      paid.map((award) => ({
        person: award.person,
        points: award.points,
        kind: 'badge',
        cause: awardId('badge', award),
        reason: award.achievement,
        at,
      })),
    );
  }

  /** What was earned long ago is no news: a new badge looks back over all of history. */
  #isNews({ reachedAt }: AwardRow): boolean {
    return this.#floor.clock - reachedAt.getTime() <= CELEBRATED_WITHIN_MS;
  }

  #badgeItem(award: AwardRow, directory: Directory): FeedItem | undefined {
    const person = named(directory, award.person);
    const badge = named(directory, award.achievement);
    const icon = this.#floor.achievements.get(award.achievement)?.icon;
    if (!person || !badge || !icon) return undefined;
    const { level, points } = award;
    const at = award.givenAt.getTime();
    const id = awardId('badge', award);
    return { kind: 'badge', id, at, person, badge: { ...badge, icon }, level, points };
  }
}

/** Names one giving of one step of a badge. */
const awardId = (what: 'badge' | 'badge-back', award: AwardRow): string =>
  [what, award.achievement, award.person, award.level, award.window, award.times].join('/');

const goneNews = (id: string): LiveNews => ({
  kind: 'feed_change',
  change: { id, gone: true, comments: 0, reactions: {} },
});

const winRow = ({ id, at, person, account, amount }: WinItem): NewFeedItem => ({
  id,
  kind: 'win',
  at: new Date(at),
  person: person.id,
  data: { account, amount },
});

const awardRow = (award: AwardRow): NewFeedItem => ({
  id: awardId('badge', award),
  kind: 'badge',
  at: award.givenAt,
  person: award.person,
  data: { achievement: award.achievement, level: award.level, points: award.points },
});
