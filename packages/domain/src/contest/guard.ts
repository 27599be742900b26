import type { EventKey, Instant, PersonId, Scaled } from '../types.ts';
import type { ContestDefinition, Guard } from './definition.ts';

/** What a guard looks at: one event as it counts for one person. */
export interface Guarded {
  readonly fact: EventKey;
  readonly person: PersonId;
  readonly value: Scaled;
  /** When it happened, and when it was told. */
  readonly at: Instant;
  readonly recordedAt: Instant;
}

export const GUARD_RULES = ['duplicate', 'burst', 'late', 'last_hour'] as const;
export type GuardRule = (typeof GUARD_RULES)[number];

/** An event that waits for a manager's word, by the first rule that held it up. */
export interface Flag {
  readonly fact: EventKey;
  readonly person: PersonId;
  readonly rule: GuardRule;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The stretch in which a burst is counted. */
const BURST_MS = 10 * MINUTE_MS;

type Contest = Pick<ContestDefinition, 'from' | 'to' | 'guard'>;

/**
 * The events that a contest's visible rules hold up, in the order in which they happened. Only what
 * lies in its window is looked at; the answer does not depend on the order of arrival.
 */
export function flagsOf(contest: Contest, events: readonly Guarded[]): Flag[] {
  const { guard, from, to } = contest;
  if (guard === undefined) return [];
  const inside = events.filter(({ at }) => at >= from && at < to).sort(byTime);
  const byPerson = new Map<PersonId, Guarded[]>();
  for (const one of inside) {
    const own = byPerson.get(one.person);
    if (own) own.push(one);
    else byPerson.set(one.person, [one]);
  }
  const held = new Map<EventKey, Flag>();
  const hold = (rule: GuardRule, some: readonly Guarded[]) => {
    for (const { fact, person } of some) {
      if (!held.has(fact)) held.set(fact, { fact, person, rule });
    }
  };
  for (const own of byPerson.values()) {
    hold('duplicate', duplicates(own, guard));
    hold('burst', bursts(own, guard));
    hold('late', tolds(own, guard, to));
    hold('last_hour', lastHour(own, guard, to));
  }
  return inside.flatMap(({ fact }) => {
    const flag = held.get(fact);
    held.delete(fact);
    return flag === undefined ? [] : [flag];
  });
}

const byTime = (a: Guarded, b: Guarded): number =>
  a.at - b.at || (a.fact < b.fact ? -1 : a.fact > b.fact ? 1 : 0);

/** The same number again soon after. */
function duplicates(own: readonly Guarded[], { duplicateMinutes }: Guard): Guarded[] {
  if (duplicateMinutes === undefined) return [];
  const last = new Map<Scaled, Instant>();
  return own.filter(({ value, at }) => {
    const before = last.get(value);
    last.set(value, at);
    return before !== undefined && at - before < duplicateMinutes * MINUTE_MS;
  });
}

/** What comes on top of so many events within ten minutes. */
function bursts(own: readonly Guarded[], { burst }: Guard): Guarded[] {
  if (burst === undefined) return [];
  return own.filter(({ at }, index) => {
    const first = own[index - burst];
    return first !== undefined && at - first.at < BURST_MS;
  });
}

/** Told at the very end, or after it, although it is said to have happened long before. */
function tolds(own: readonly Guarded[], { lateMinutes }: Guard, to: Instant): Guarded[] {
  if (lateMinutes === undefined) return [];
  const from = to - lateMinutes * MINUTE_MS;
  return own.filter(({ at, recordedAt }) => recordedAt >= from && recordedAt - at > HOUR_MS);
}

/** A last hour that brought more than its share. */
function lastHour(own: readonly Guarded[], { lastHourPercent }: Guard, to: Instant): Guarded[] {
  if (lastHourPercent === undefined) return [];
  const late = own.filter(({ at }) => at >= to - HOUR_MS);
  const sum = (some: readonly Guarded[]) => some.reduce((total, one) => total + one.value, 0n);
  return sum(late) * 100n > sum(own) * BigInt(lastHourPercent) && own.length > late.length
    ? late
    : [];
}
