import {
  BOARD_BETWEEN_MS,
  CELEBRATED_WITHIN_MS,
  currencyExponent,
  formatScaled,
  loudnessOf,
  targetKey,
  TAKEOVER_MS,
  workingTime,
  type Floor,
  type LogEvent,
  type Loudness,
  type TargetScope,
} from '@ovation/domain';
import type { Celebration, FeedItem, Named } from '@ovation/protocol';
import { entrantNamed } from './contest-cards.ts';
import type { Directory } from './directory.ts';

export type WinItem = Extract<FeedItem, { kind: 'win' }>;
type Win = Extract<LogEvent, { type: 'deal.won' }>;
type Closed = Extract<LogEvent, { type: 'contest.closed' }>;
type Applause = Extract<LogEvent, { type: 'celebration.asked' }>;
type Goal = NonNullable<Celebration['goal']>;

/** Decides what a win is worth, right after it was folded. Keeps when the stage is free again. */
export class Newsroom {
  readonly #floor: Floor;
  stageFreeAt: number;

  constructor(floor: Floor, stageFreeAt: number) {
    this.#floor = floor;
    this.stageFreeAt = stageFreeAt;
  }

  /** The celebration of an event, if it deserves one. */
  celebrate(event: LogEvent, directory: Directory): Celebration | undefined {
    const loudness = loudnessOf(event, this.#floor.settings, this.stageFreeAt);
    if (loudness === undefined) return undefined;
    if (event.type === 'celebration.asked') return this.#applause(event, loudness, directory);
    if (event.type === 'contest.closed') return this.#victory(event, loudness, directory);
    if (event.type !== 'deal.won') return undefined;
    const hero = heroOf(event);
    const person = hero === undefined ? undefined : named(directory, hero);
    if (hero === undefined || person === undefined) return undefined;
    if (loudness.tier === 'takeover') {
      this.stageFreeAt = loudness.startAt + TAKEOVER_MS + BOARD_BETWEEN_MS;
    }
    const team = this.#floor.teamAt(hero, event.occurredAt);
    return {
      id: event.key,
      ...loudness,
      at: event.recordedAt,
      person,
      team: team === null ? null : (named(directory, team) ?? null),
      account: event.attributes?.['account'] ?? null,
      amount: amountOf(event),
      quota: this.#progress('person', hero, event, hero),
      goal: this.#goal(event, team, hero, directory),
    };
  }

  /** A contest has one winner, and its rules want that to be seen. */
  #victory(event: Closed, loudness: Loudness, directory: Directory): Celebration | undefined {
    const definition = this.#floor.contests.get(event.contest)?.definition;
    const contest = named(directory, event.contest);
    const winners = event.result.lines.filter((line) => line.rank === 1);
    const how = definition?.show?.winner ?? 'takeover';
    if (!definition || !contest || winners.length !== 1 || how === 'quiet') return undefined;
    const full = how === 'takeover' && loudness.tier === 'takeover';
    if (full) this.stageFreeAt = loudness.startAt + TAKEOVER_MS + BOARD_BETWEEN_MS;
    return {
      id: event.key,
      ...loudness,
      tier: full ? 'takeover' : 'banner',
      at: event.recordedAt,
      person: entrantNamed(definition, winners[0]!.entrant, directory),
      team: null,
      contest,
      account: null,
      amount: null,
      quota: null,
      goal: null,
    };
  }

  /** A manager has somebody celebrated: nothing was won, so there is no amount and no bar. */
  #applause(event: Applause, loudness: Loudness, directory: Directory): Celebration | undefined {
    const person = named(directory, event.person);
    if (person === undefined) return undefined;
    if (loudness.tier === 'takeover') {
      this.stageFreeAt = loudness.startAt + TAKEOVER_MS + BOARD_BETWEEN_MS;
    }
    const team = this.#floor.teamAt(event.person, event.occurredAt);
    return {
      id: event.key,
      ...loudness,
      at: event.recordedAt,
      person,
      team: team === null ? null : (named(directory, team) ?? null),
      account: null,
      occasion: event.occasion,
      amount: null,
      quota: null,
      goal: null,
    };
  }

  #goal(win: Win, team: string | null, hero: string, directory: Directory): Goal | null {
    const own = team === null ? null : this.#progress('team', team, win, hero);
    if (team !== null && own !== null) return { of: named(directory, team) ?? null, ...own };
    const all = this.#progress('organisation', null, win, hero);
    return all === null ? null : { of: null, ...all };
  }

  /** Share of the month's revenue target before and after the win. */
  #progress(scope: TargetScope, entity: string | null, win: Win, hero: string) {
    const { calendar, targets } = this.#floor;
    const window = calendar.windowOf('month', this.#floor.clock);
    if (win.occurredAt < window.from || win.occurredAt >= window.to) return null;
    const target = targets.get(targetKey(scope, entity, 'revenue', 'month', window.key));
    if (target === undefined || target <= 0n) return null;
    const revenue = this.#floor.metrics.get('revenue')!;
    const after = this.#floor.valueOf(revenue, null, entity ?? '*', window).value ?? 0n;
    const gained = scope === 'person' ? partOf(win, hero) : BigInt(win.amount?.minor ?? '0');
    const share = (value: bigint) => Number((value * 1_000_000n) / target) / 1_000_000;
    const { elapsed, total } = workingTime(calendar.workDays(window), this.#floor.clock);
    const pace = total === 0 ? 0 : elapsed / total;
    return { before: share(after - gained), after: share(after), pace };
  }
}

/** The news line of a win that is fresh enough to be news. */
export function winItem(event: LogEvent, directory: Directory): WinItem | undefined {
  if (event.type !== 'deal.won') return undefined;
  if (event.recordedAt - event.occurredAt > CELEBRATED_WITHIN_MS) return undefined;
  const hero = heroOf(event);
  const person = hero === undefined ? undefined : named(directory, hero);
  if (person === undefined) return undefined;
  const account = event.attributes?.['account'] ?? null;
  return {
    kind: 'win',
    id: event.key,
    at: event.occurredAt,
    person,
    account,
    amount: amountOf(event),
  };
}

/** A climb worth a line in the news. */
const CLIMB_PLACES = 2;
export const CLIMB_BOARD = 'revenue-month';

/** The news line of somebody who rose on the month's board with the batch that ended so. */
export function climbItem(
  { id, from, to }: { readonly id: string; readonly from: number; readonly to: number },
  last: LogEvent,
  directory: Directory,
): FeedItem | undefined {
  const person = named(directory, id);
  if (from - to < CLIMB_PLACES || person === undefined) return undefined;
  return {
    kind: 'rank_up',
    id: `climb/${last.seq}/${id}`,
    at: last.recordedAt,
    person,
    board: CLIMB_BOARD,
    places: from - to,
    rank: to,
  };
}

/** Whose picture is shown: the largest share, the first of equals. */
export function heroOf(win: Win): string | undefined {
  let best: Win['credits'][number] | undefined;
  for (const credit of win.credits) {
    if (best === undefined || shareNumber(credit.share) > shareNumber(best.share)) best = credit;
  }
  return best?.person;
}

/** For choosing a picture only; pay and boards use exact shares. */
function shareNumber(text: string): number {
  const [n, d = '1'] = text.split('/');
  return Number(n) / Number(d);
}

function partOf(win: Win, person: string): bigint {
  const share = win.credits.find((credit) => credit.person === person)?.share ?? '1';
  return BigInt(Math.round(Number(win.amount?.minor ?? '0') * shareNumber(share)));
}

function amountOf(win: Win): { value: string; currency: string } | null {
  if (win.amount === undefined) return null;
  const scale = currencyExponent(win.amount.currency) ?? 2;
  return {
    value: formatScaled(BigInt(win.amount.minor), scale, scale),
    currency: win.amount.currency,
  };
}

export function named(directory: Directory, id: string): Named | undefined {
  const face = directory.get(id);
  if (face === undefined) return undefined;
  const names = Object.keys(face.names).length > 0 ? { names: face.names } : {};
  return { id, name: face.name, ...names };
}
