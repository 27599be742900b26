import type { Instant } from '../types.ts';
import { weighed, type Counted, type Part } from './counted.ts';
import { MULTIPLIER_ONE, NEVER, type Multiplier, type Play, type Player } from './play.ts';
import { compareRatios, timesRatio, wholeRatio, type Ratio } from './ratio.ts';
import type { Span } from './spans.ts';

/** What an entrant has of what is counted. */
export interface Count {
  /** Before handicap and cap; `null` when there is nothing to make it of. */
  readonly raw: Ratio | null;
  readonly value: Ratio | null;
  /** How many credits are in it. */
  readonly credits: number;
  /** From when the value was at least what it is; 0 when nothing happened. */
  readonly reachedAt: Instant;
  /** From when the value was at least so much; only for what it did reach. */
  readonly timeOf: (goal: Ratio) => Instant;
  /** How it came there; nothing where it does not add up. Worked out when it is first asked. */
  readonly growth: () => Growth;
}

/** What something was from each instant on, oldest first. */
export interface Growth {
  readonly steps: readonly { readonly at: Instant; readonly value: Ratio }[];
  /** Whether nothing was ever taken off. */
  readonly rises: boolean;
}

export interface CountOptions {
  /** Left out, all the time that counts. */
  readonly spans?: readonly Span[];
  /** Left out, what the contest scores. */
  readonly counted?: Counted;
  /** Left out, the entrant's own. */
  readonly factor?: Ratio;
  readonly multiplier?: Multiplier;
  /** Whether the contest's cap holds; it does where nothing is said. */
  readonly capped?: boolean;
}

/**
 * Counts one entrant: what its members have together, times the handicap, cut to the cap. Refunds
 * and corrections count as they stand, so a goal is reached only if it still is.
 */
export function countOf(play: Play, player: Player, options: CountOptions = {}): Count {
  const { counted = play.counted, spans = play.spans, factor = player.factor } = options;
  const cap = options.capped === false || play.cap === null ? null : wholeRatio(play.cap);
  const made = (total: Ratio): Ratio => {
    const value = timesRatio(total, factor);
    return cap !== null && compareRatios(value, cap) > 0 ? cap : value;
  };
  if (!counted.addsUp) return valued(play, player, { counted, spans }, made);
  const how = { counted, spans, multiplier: options.multiplier };
  let found: Steps | undefined;
  const steps = () => (found ??= stepsOf(play, player, how));
  const growing = growthOf(play, player, how);
  const uncut = growing && timesRatio(wholeRatio(growing.value), factor);
  const same = uncut && factor.n > 0n && (cap === null || compareRatios(uncut, cap) <= 0);
  return followed(same ? growing : sumOf(steps(), made), steps, made);
}

/** How a total grew: what it was from each instant on, in `1 / per`. */
interface Steps {
  readonly ats: readonly Instant[];
  readonly totals: readonly bigint[];
  readonly per: bigint;
  readonly credits: number;
}

/** What all steps come to, in `1 / per`, and from when it was at least that. */
type Summed = Pick<Steps, 'per' | 'credits'> & {
  readonly value: bigint;
  readonly reachedAt: Instant;
};

/**
 * What one tally says at once: of the commonest contests, and most of the time. Nothing when it has
 * to be gone through: somebody plays with others, something was taken off, or not all of it counts.
 */
function growthOf(play: Play, player: Player, how: How): Summed | undefined {
  const { parts } = how.counted;
  const [part, person, span] = [parts[0], player.members[0], how.spans[0]];
  if (!part || !person || !span) return undefined;
  if (parts.length + player.members.length + how.spans.length > 3) return undefined;
  if (how.multiplier || play.facts.withheld.size > 0) return undefined;
  if (part.weight !== null || part.dayCap !== null) return undefined;
  const grown = play.reader.growth(part.metric, play.filter, person, span);
  return grown?.rises === true ? { ...grown, per: 1n } : undefined;
}

function sumOf(steps: Steps, made: (total: Ratio) => Ratio): Summed {
  const { totals, per, credits } = steps;
  const value = totals.at(-1) ?? 0n;
  return { value, per, credits, reachedAt: firstAt(steps, made({ n: value, d: per }), made) };
}

/** From when it was at least so much. */
function firstAt(steps: Steps, goal: Ratio, made: (total: Ratio) => Ratio): Instant {
  const { ats, totals, per } = steps;
  return ats[totals.findIndex((n) => compareRatios(made({ n, d: per }), goal) >= 0)] ?? NEVER;
}

function followed(sum: Summed, steps: () => Steps, made: (total: Ratio) => Ratio): Count {
  const { per, credits, reachedAt } = sum;
  const raw = { n: sum.value, d: per };
  let grown: Growth | undefined;
  const growth = (): Growth => (grown ??= grownBy(steps(), made));
  const timeOf = (goal: Ratio) => firstAt(steps(), goal, made);
  return { raw, value: made(raw), credits, reachedAt, timeOf, growth };
}

const grownBy = ({ ats, totals, per }: Steps, made: (total: Ratio) => Ratio): Growth => ({
  steps: totals.map((n, index) => ({ at: ats[index]!, value: made({ n, d: per }) })),
  rises: totals.every((n, index) => n >= (totals[index - 1] ?? 0n)),
});

interface How {
  readonly counted: Counted;
  readonly spans: readonly Span[];
  readonly multiplier: Multiplier | undefined;
}

function stepsOf(play: Play, player: Player, how: How): Steps {
  const { counted, spans, multiplier } = how;
  const per = multiplier ? MULTIPLIER_ONE : 1n;
  const gains = counted.parts.flatMap((part) => gainsOf(play, player, part, spans));
  if (counted.parts.length > 1 || player.members.length > 1) gains.sort((a, b) => a.at - b.at);
  const totals = new Map<Part, bigint>(counted.parts.map((part) => [part, 0n]));
  const ats: Instant[] = [];
  const sums: bigint[] = [];
  let sum = 0n;
  for (const { at, fact, part, gain } of gains) {
    const before = totals.get(part)!;
    const after = before + (multiplier ? gain * multiplier(fact) : gain);
    totals.set(part, after);
    sum += worthOf(part, after, per) - worthOf(part, before, per);
    // What happened in one instant happened at once.
    if (ats.at(-1) === at) sums[sums.length - 1] = sum;
    else {
      ats.push(at);
      sums.push(sum);
    }
  }
  return { ats, totals: sums, per: perOf(counted, per), credits: gains.length };
}

/** Points are whole millionths already. */
const perOf = ({ parts }: Counted, per: bigint): bigint =>
  parts.some((part) => part.weight !== null) ? 1n : per;

function worthOf(part: Part, total: bigint, per: bigint): bigint {
  if (part.weight === null) return total;
  const most = part.cap === null ? null : part.cap * per;
  return weighed(part, most !== null && total > most ? most : total, per);
}

interface Gain {
  readonly at: Instant;
  readonly fact: string;
  readonly part: Part;
  readonly gain: bigint;
}

/** What single events added, oldest first for each member, cut to the day's cap. */
function gainsOf(play: Play, player: Player, part: Part, spans: readonly Span[]): Gain[] {
  const { reader, filter, facts } = play;
  const gains: Gain[] = [];
  for (const person of player.members) {
    let [day, inDay] = ['', 0n];
    for (const span of spans) {
      for (const { at, fact, value } of reader.credits(part.metric, filter, person, span)) {
        if (facts.withheld.has(fact)) continue;
        let gain = value;
        if (part.dayCap !== null) {
          const date = String(reader.calendar.windowOf('day', at).from);
          if (date !== day) [day, inDay] = [date, 0n];
          gain = least(inDay + value, part.dayCap) - least(inDay, part.dayCap);
          inDay += value;
        }
        gains.push({ at, fact, part, gain });
      }
    }
  }
  return gains;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What does not add up from single events: a mean, a rate, a ratio, the most. */
function valued(
  play: Play,
  player: Player,
  { counted, spans }: { counted: Counted; spans: readonly Span[] },
  made: (total: Ratio) => Ratio,
): Count {
  const { reader, filter, facts } = play;
  const all = counted.parts.map((part) => ({
    part,
    ...reader.over(part.metric, filter, player.members, spans, facts.withheld),
  }));
  const [only] = all;
  const plain = only?.part.weight === null;
  const points = all.reduce((sum, { part, value }) => sum + worthOf(part, value ?? 0n, 1n), 0n);
  const total = plain ? only.value : points;
  const reachedAt = Math.max(NEVER, ...all.map((one) => one.reachedAt));
  const raw = total === null ? null : wholeRatio(total);
  return {
    raw,
    value: raw === null ? null : made(raw),
    credits: all.reduce((sum, { credits }) => sum + credits, 0),
    reachedAt,
    timeOf: () => reachedAt,
    growth: () => ({ steps: [], rises: true }),
  };
}
