import fc from 'fast-check';
import type { PlanBand, PlanComponent, TierMode } from './definition.ts';
import { dateText, dayOf } from './dates.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import { deal, inputOf, months, planOf } from './incentive.fixture.ts';
import type { PayeeResult } from './result.ts';

/** How often each law is tried. */
export const RUNS = { numRuns: 60 };

export const cents = (value: number): string => {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  return `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
};

const first = dayOf('2026-01-01')!;
export const onDay = (day: number): string => dateText(first + day);

/** Rates that rise, in hundredths of a percent, above edges that rise in whole units. */
export const risingBands = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([edges, steps]): PlanBand[] => {
    let rate = 0;
    return [0, ...edges.sort((a, b) => a - b)].map((from, index) => {
      rate += steps[index]!;
      return { from: String(from), rate: `0.${String(rate).padStart(4, '0')}` };
    });
  });

export const modes = fc.constantFrom<TierMode>('marginal', 'whole', 'start_band', 'interpolated');

export const tiersOf = (
  bands: readonly PlanBand[],
  mode: TierMode,
  position: 'amount' | 'attainment' = 'amount',
): PlanComponent => ({ id: 'base', kind: 'tiers', measure: 'arr', position, mode, bands });

export interface Sale {
  readonly day: number;
  readonly cents: number;
  readonly later: number;
}
const sale = (min: number, days: number) =>
  fc.record({
    day: fc.integer({ min: 0, max: days - 1 }),
    cents: fc.integer({ min, max: 3_000_000 }),
    later: fc.integer({ min: 0, max: 40 }),
  });
export const sales = (days = 31, min = 1) => fc.array(sale(min, days), { maxLength: 8 });

export const dealsOf = (list: readonly Sale[], prefix = 'd'): IncentiveFact[] =>
  list.map(({ day, cents: size }, index) => deal(`${prefix}${index}`, onDay(day), cents(size)));

/** Deals of which each third is taken back, in part or whole, some days later. */
export function withReversals(list: readonly Sale[]): IncentiveFact[] {
  return list.flatMap((one, index) => {
    const [fact] = dealsOf([one], `r${index}-`) as [IncentiveFact];
    if (index % 3 !== 0) return [fact];
    const back: IncentiveFact = {
      ...fact,
      sourceId: `${fact.sourceId}-back`,
      kind: index % 2 ? 'credited' : 'cancelled',
      effectiveOn: onDay(one.day + one.later),
      amount: cents(-(index % 2 ? Math.ceil(one.cents / 2) : one.cents)),
      reverses: fact.sourceId,
    };
    return [fact, back];
  });
}

export const quarter = (components: readonly PlanComponent[], facts: readonly IncentiveFact[]) =>
  inputOf(planOf(components), facts, { periods: months(6) });

export const quotaOf = (amount: string): Partial<IncentiveInput> => ({
  quotas: [{ quota: 'arr', from: '2026-01-01', to: '2026-02-01', amount }],
});

/** A result as text, to compare wholes: fractions in it are what they are. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));

/** What stands in the ledger for an origin period, after everything that was posted. */
export const postedFor = ({ periods }: PayeeResult, origin: string): bigint =>
  periods
    .flatMap(({ entries }) => entries)
    .filter(({ originPeriod }) => originPeriod === origin)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
