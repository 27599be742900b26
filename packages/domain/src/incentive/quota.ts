import type { Ratio } from '../contest/ratio.ts';
import { dayOf, FIRST_DAY, LAST_DAY, lengthOf, monthsBegun, shared, type Days } from './dates.ts';
import { exact, NONE, over, plus, times } from './exact.ts';
import type { IncentivePerson, IncentiveQuota } from './input.ts';

type DayCount = 'calendar_days' | 'whole_months' | 'none';

/** Why a quota is what it is, for the trace. */
export interface QuotaPart {
  readonly amount: string;
  readonly ramp: Ratio;
  /** The part of the quota's stretch that counts here. */
  readonly days: Ratio;
}

export interface QuotaMade {
  /** As it was written: whole units. `null`: no line is about this window. */
  readonly amount: Ratio | null;
  readonly parts: readonly QuotaPart[];
}

/** Quotas of everybody, ready to be asked for any window. */
export class QuotaBook {
  readonly #own = new Map<string, IncentiveQuota[]>();

  constructor(quotas: readonly IncentiveQuota[]) {
    for (const quota of quotas) {
      const key = `${quota.person ?? ''}\n${quota.quota}`;
      const list = this.#own.get(key) ?? [];
      this.#own.set(key, list);
      list.push(quota);
    }
  }

  /**
   * What somebody should reach in a window: every line that overlaps it with its part of the days,
   * times the ramp, while they are employed. Multiplied before it is divided. Lines that name
   * somebody come before those for everybody.
   */
  of(person: IncentivePerson, name: string, window: Days, dayCount: DayCount): QuotaMade {
    const lines = this.#own.get(`${person.id}\n${name}`) ?? this.#own.get(`\n${name}`) ?? [];
    const parts: QuotaPart[] = [];
    let amount: Ratio | null = null;
    for (const line of lines) {
      const whole = { from: dayOf(line.from)!, to: dayOf(line.to)! };
      const here = shared(whole, window);
      if (lengthOf(here) === 0) continue;
      const count = counter(line.prorate ?? dayCount);
      const employed = line.prorate === 'none' ? [here] : employment(person, here);
      const lineRamp = exact(line.ramp ?? '1');
      const ramped = employed.reduce(
        (sum, days) => plus(sum, rampedDays(person, days, count)),
        NONE,
      );
      const days = over(ramped, { n: BigInt(count(whole) || 1), d: 1n });
      parts.push({ amount: line.amount, ramp: lineRamp, days });
      amount = plus(amount ?? NONE, times(times(exact(line.amount), lineRamp), days));
    }
    return { amount, parts };
  }
}

const counter =
  (how: DayCount) =>
  (days: Days): number =>
    how === 'whole_months' ? monthsBegun(days) : lengthOf(days);

/** The stretches of a window in which somebody is employed. */
export function employment({ employed }: IncentivePerson, window: Days): Days[] {
  if (employed === undefined) return [window];
  return employed
    .map(({ from, to }) => shared(window, { from: dayOf(from)!, to: endOf(to) }))
    .filter((days) => lengthOf(days) > 0);
}

const endOf = (to: string | undefined): number => (to === undefined ? LAST_DAY : dayOf(to)!);

/** Days of a stretch, each with the ramp of its day. */
function rampedDays(
  { ramp = [] }: IncentivePerson,
  days: Days,
  count: (days: Days) => number,
): Ratio {
  const cuts = new Set([days.from, days.to]);
  for (const { from, to } of ramp) {
    for (const at of [dayOf(from)!, dayOf(to)!]) if (at > days.from && at < days.to) cuts.add(at);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  let sum = NONE;
  sorted.slice(1).forEach((to, index) => {
    const part = { from: sorted[index]!, to };
    const step = ramp.find((one) => lengthOf(shared(part, spanOf(one))) > 0);
    const counted = { n: BigInt(count(part)), d: 1n };
    sum = plus(sum, step ? times(counted, exact(step.factor)) : counted);
  });
  return sum;
}

const spanOf = ({ from, to }: { from?: string; to?: string }): Days => ({
  from: from === undefined ? FIRST_DAY : dayOf(from)!,
  to: endOf(to),
});
export { spanOf };
