import type { Ratio } from '../contest/ratio.ts';
import type { PersonId } from '../types.ts';
import { leftOf, type Credit, type ReadyFact } from './credit.ts';
import { dayOf, holds, type Day, type Days } from './dates.ts';
import { PLAN_DEFAULTS } from './definition.ts';
import { ALL, compare, exact, isNone, least, minus, NONE, plus, times } from './exact.ts';
import type { FactCredit, IncentivePerson, PlanAssignment } from './input.ts';
import type { ReadyVersion } from './prepared.ts';
import { employment, spanOf } from './quota.ts';
import type { Convert, Converted } from './rates.ts';
import type { Windows } from './windows.ts';

/** Somebody on a plan, for as long as the assignment says. */
export interface Seat extends Days {
  readonly person: IncentivePerson;
  readonly assignment: PlanAssignment;
  readonly versions: readonly ReadyVersion[];
  /** Whether any version looks at what those below sell. */
  readonly team: boolean;
  /** In what the payee is paid. */
  readonly currency: string;
}

/** A payee's part of a fact before it is known what of the fact will be taken back. */
export interface CreditSource {
  readonly seat: Seat;
  readonly version: ReadyVersion;
  readonly fact: ReadyFact;
  readonly role: Credit['role'];
  readonly level: number;
  readonly share: Ratio;
  readonly quotaShare: Ratio;
  readonly day: Day;
  /** The period that it counts for, and the one in which it was known. */
  readonly origin: number;
  readonly known: number;
  readonly reversals: readonly Reversal[];
  readonly fx: Converted | null;
}
export interface Reversal {
  readonly fact: ReadyFact;
  readonly known: number;
}

/** Why a fact pays somebody nothing. */
export const EXCLUSIONS = [
  'unknown_person',
  'not_employed',
  'no_plan',
  'no_version',
  'no_anchor_date',
  'before_periods',
  'after_periods',
  'reversal_too_late',
] as const;
export interface Exclusion {
  readonly fact: string;
  readonly person: PersonId | null;
  readonly why: (typeof EXCLUSIONS)[number];
}

export interface CreditContext {
  readonly people: ReadonlyMap<PersonId, IncentivePerson>;
  readonly seats: ReadonlyMap<PersonId, readonly Seat[]>;
  readonly windows: Windows;
  readonly convert: Convert;
  readonly anyTeam: boolean;
}

export interface DealCredits {
  readonly sources: readonly CreditSource[];
  readonly excluded: readonly Exclusion[];
}

/** Everybody's parts of the facts of one deal. */
export function creditsOfDeal(facts: readonly ReadyFact[], context: CreditContext): DealCredits {
  const sources: CreditSource[] = [];
  const excluded: Exclusion[] = [];
  const usual = facts.find(({ fact }) => fact.credits !== undefined)?.fact.credits ?? [];
  for (const fact of facts) {
    if (fact.reverses !== null) continue;
    const reversals = facts.filter((one) => one.reverses === fact);
    const parts = partsOf(fact, fact.fact.credits ?? usual, context);
    for (const { person } of fact.fact.credits ?? usual) {
      if (!context.people.has(person)) {
        excluded.push({ fact: fact.key, person, why: 'unknown_person' });
      }
    }
    for (const part of parts) place(part, fact, reversals, context, sources, excluded);
  }
  return { sources, excluded };
}

interface Part {
  readonly person: IncentivePerson;
  readonly role: Credit['role'];
  readonly level: number;
  readonly share: Ratio;
  readonly quotaShare: Ratio;
}

/** Own shares, and what goes up the reporting lines of the day. */
function partsOf(
  { day }: ReadyFact,
  credits: readonly FactCredit[],
  { people, anyTeam }: CreditContext,
): Part[] {
  const parts: Part[] = [];
  for (const { person: id, share, quotaShare, role = 'direct' } of credits) {
    const person = people.get(id);
    if (!person) continue;
    const pay = exact(share);
    const quota = quotaShare === undefined ? pay : exact(quotaShare);
    parts.push({ person, role, level: 0, share: pay, quotaShare: quota });
  }
  if (!anyTeam) return parts;
  const up = new Map<IncentivePerson, Map<number, Ratio>>();
  for (const { person, quotaShare } of parts) {
    for (const [manager, level] of above(person, day, people)) {
      const levels = up.get(manager) ?? new Map<number, Ratio>();
      up.set(manager, levels);
      levels.set(level, plus(levels.get(level) ?? NONE, quotaShare));
    }
  }
  for (const [person, levels] of up) {
    for (const [level, share] of levels) {
      parts.push({ person, role: 'rollup', level, share, quotaShare: share });
    }
  }
  return parts;
}

/** Everybody above somebody on a day, nearest first. A ring ends where it began. */
function above(
  person: IncentivePerson,
  day: Day,
  people: ReadonlyMap<PersonId, IncentivePerson>,
): [IncentivePerson, number][] {
  const found: [IncentivePerson, number][] = [];
  const seen = new Set([person.id]);
  let at: IncentivePerson | undefined = person;
  while (at) {
    const edge: { person: PersonId } | undefined = at.reportsTo?.find((one) =>
      holds(spanOf(one), day),
    );
    at = edge && !seen.has(edge.person) ? people.get(edge.person) : undefined;
    if (!at) break;
    seen.add(at.id);
    found.push([at, found.length + 1]);
  }
  return found;
}

/** Puts a part on every plan that its payee is on, for the plan's own anchor date. */
function place(
  part: Part,
  fact: ReadyFact,
  facts: readonly ReadyFact[],
  context: CreditContext,
  sources: CreditSource[],
  excluded: Exclusion[],
): void {
  const { windows } = context;
  const seats = context.seats.get(part.person.id) ?? [];
  const leave = (why: Exclusion['why']) => {
    if (part.level === 0) excluded.push({ fact: fact.key, person: part.person.id, why });
  };
  if (seats.length === 0) return leave('no_plan');
  let reason: Exclusion['why'] | undefined = 'no_plan';
  for (const seat of seats) {
    if (part.level > 0 && !seat.team) continue;
    const day = anchorDay(fact, seat);
    if (day === undefined) {
      reason = 'no_anchor_date';
      continue;
    }
    if (!holds(seat, day)) continue;
    const version = seat.versions.find((one) => holds(one, day));
    if (!version) {
      reason = 'no_version';
      continue;
    }
    if (employment(part.person, { from: day, to: day + 1 }).length === 0) {
      reason = 'not_employed';
      continue;
    }
    const origin = windows.periodOf(day);
    if (origin >= windows.periods.length) {
      reason = 'after_periods';
      continue;
    }
    reason = origin < 0 ? 'before_periods' : undefined;
    const known = Math.max(origin, windows.periodOf(fact.knownOn));
    const reversals = inTime(facts, version, day, (reversal) =>
      excluded.push({ fact: reversal.key, person: part.person.id, why: 'reversal_too_late' }),
    ).map((one) => ({ fact: one, known: Math.max(known, windows.periodOf(one.knownOn)) }));
    const fx = converted(fact, version, day, context.convert);
    sources.push({ ...part, seat, version, fact, day, origin, known, reversals, fx });
  }
  if (reason !== undefined) leave(reason);
}

/** Reversals within the clawback window of a plan. */
function inTime(
  reversals: readonly ReadyFact[],
  { definition }: ReadyVersion,
  day: Day,
  late: (fact: ReadyFact) => void,
): ReadyFact[] {
  const most = definition.clawback?.window_days ?? Infinity;
  return reversals.filter((one) => {
    if (one.day - day <= most) return true;
    late(one);
    return false;
  });
}

function anchorDay(fact: ReadyFact, { versions }: Seat): Day | undefined {
  const first = versions[0]?.definition;
  if (first?.anchor !== 'custom') return fact.day;
  return dayOf(fact.fact.attributes?.[first.anchor_field ?? '']);
}

function converted(
  { fact }: ReadyFact,
  { definition }: ReadyVersion,
  day: Day,
  convert: Convert,
): Converted | null {
  if (fact.amount === undefined || fact.currency === undefined) return null;
  const policy = definition.fx?.credit ?? PLAN_DEFAULTS.fx.credit;
  const kind = policy === 'plan_year' ? 'plan' : 'spot';
  return convert(fact.currency, definition.currency, day, kind);
}

/** The credit as it stood in a period: what was known then, taken off or not yet. */
export function creditAt(source: CreditSource, period: number, recompute: boolean): Credit {
  const { fact, seat, fx, version: _, origin: __, known: ___, reversals, ...rest } = source;
  const taken = recompute
    ? reversals.filter(({ known }) => known <= period).map((one) => one.fact)
    : [];
  const left =
    taken.length === 0
      ? { amount: fact.amount, units: fact.units, stands: true, left: ALL }
      : leftOf(fact, taken);
  const plain = (amount: Ratio): Ratio =>
    fx && !isNone(amount) ? times(amount, fx.factor) : amount;
  const whole = { amount: plain(fact.amount), units: fact.units };
  return {
    ...rest,
    ...left,
    amount: left.amount === fact.amount ? whole.amount : plain(left.amount),
    fact,
    person: seat.person.id,
    whole,
    fx: fx && { pair: fx.pair, on: fx.on, rate: fx.rate },
  };
}

/**
 * Cuts what was rolled up to somebody to one credit for each order line: own shares count first,
 * then nearer levels before further ones.
 */
export function onceEach(sources: readonly CreditSource[]): CreditSource[] {
  const left = new Map<ReadyFact, Ratio>();
  const sorted = [...sources].sort((a, b) => a.level - b.level);
  const share = new Map<CreditSource, Ratio>();
  for (const one of sorted) {
    const room = left.get(one.fact) ?? ALL;
    const own = one.level === 0 ? one.share : least(one.share, room);
    share.set(one, own);
    const rest = minus(room, own);
    left.set(one.fact, compare(rest, NONE) > 0 ? rest : NONE);
  }
  return sources.flatMap((one) => {
    if (one.level === 0) return [one];
    const own = share.get(one)!;
    return isNone(own) ? [] : [{ ...one, share: own, quotaShare: own }];
  });
}
