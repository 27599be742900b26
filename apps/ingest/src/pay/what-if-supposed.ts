import {
  calculate,
  currencyExponent,
  formatScaled,
  type IncentiveFact,
  type IncentiveInput,
  type IncentiveQuota,
  type IncentiveResult,
  type PlanDefinition,
} from '@ovation/domain';
import { moneyText } from './wire.ts';

/** What rules cost if everybody sold so many percent of their target in each replayed period. */
export function totalAt(
  input: IncentiveInput,
  percent: number,
  shown: Shown,
  currency: string,
): string | null {
  const facts = input.plans.flatMap(({ versions }) =>
    versions.slice(-1).flatMap(({ definition }) => factsAt(input, definition, percent, currency)),
  );
  if (facts.length === 0) return null;
  const result = calculate({ ...input, facts, trace: false });
  if (!result.ok) return null;
  return moneyText(earnedAll(result.value, shown), currency);
}

/** What is told of a result: some periods of some people. */
export interface Shown {
  readonly periods: readonly string[];
  readonly people: ReadonlySet<string>;
}

/** What people earn in periods, in all: minor units. */
export const earnedAll = ({ people }: IncentiveResult, { periods, people: ids }: Shown): bigint =>
  people
    .filter(({ person }) => ids.has(person))
    .flatMap((payee) => payee.periods.filter((one) => periods.includes(one.period)))
    .reduce((sum, { earnedMinor }) => sum + earnedMinor, 0n);

/** One deal a person and period, of so many percent of the target for it. */
function factsAt(
  { quotas, periods, assignments }: IncentiveInput,
  { measures }: PlanDefinition,
  percent: number,
  currency: string,
): IncentiveFact[] {
  const measure = measures.find(
    ({ id, sum, quota = id }) => sum === 'amount' && quotas.some((one) => one.quota === quota),
  );
  if (!measure) return [];
  const exponent = currencyExponent(currency) ?? 2;
  const where = measure.where ?? {};
  const attributes = Object.fromEntries(
    Object.entries(where).flatMap(([field, [first]]) =>
      field === 'kind' || first === undefined ? [] : [[field, first]],
    ),
  );
  const own = quotas.filter((one) => one.quota === (measure.quota ?? measure.id));
  return [...new Set(assignments.map((one) => one.person))].flatMap((person) =>
    periods.flatMap(({ id, from, to }) => {
      const target = own
        .filter((quota) => quota.person === person)
        .reduce((sum, quota) => sum + partOf(quota, { from, to }, exponent), 0n);
      if (target === 0n) return [];
      const amount = formatScaled((target * BigInt(percent)) / 100n, exponent, exponent);
      const place = { source: 'supposed', sourceId: `${person}/${id}`, deal: `${person}/${id}` };
      const kind = (where['kind']?.[0] ?? 'booked') as IncentiveFact['kind'];
      const credits = [{ person, share: '1' }];
      return [{ ...place, kind, effectiveOn: from, currency, amount, attributes, credits }];
    }),
  );
}

const DAY_MS = 86_400_000;
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** What of a target lies in a stretch, by days: minor units. */
function partOf(
  { amount, from, to }: IncentiveQuota,
  stretch: { readonly from: string; readonly to: string },
  exponent: number,
): bigint {
  const begin = Math.max(dayOf(from), dayOf(stretch.from));
  const days = Math.min(dayOf(to), dayOf(stretch.to)) - begin;
  if (days <= 0) return 0n;
  const [whole = '0', part = ''] = amount.split('.');
  const minor = BigInt(`${whole}${part.slice(0, exponent).padEnd(exponent, '0')}`);
  return (minor * BigInt(days)) / BigInt(dayOf(to) - dayOf(from));
}

/**
 * Deals as people would go on winning them until a period ends: as many more for each as the days
 * that are left hold at their pace, drawn evenly from those they won. Nothing of a deal that was
 * lost again.
 */
export function paceFacts(
  { facts, periods }: IncentiveInput,
  period: string,
  today: string,
): IncentiveFact[] {
  const own = periods.find(({ id }) => id === period);
  if (!own) return [];
  const past = dayOf(today) + 1 - dayOf(own.from);
  const left = dayOf(own.to) - dayOf(today) - 1;
  if (past <= 0 || left <= 0) return [];
  const lost = new Set(facts.flatMap(({ kind, deal }) => (kind === 'cancelled' ? [deal] : [])));
  const byPerson = new Map<string, IncentiveFact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'booked' || lost.has(fact.deal)) continue;
    if (fact.effectiveOn < own.from || fact.effectiveOn > today) continue;
    const person = fact.credits?.[0]?.person ?? '';
    byPerson.set(person, [...(byPerson.get(person) ?? []), fact]);
  }
  const upTo = (count: number) => Math.floor((2 * count * left + past) / (2 * past));
  return [...byPerson.values()].flatMap((won) =>
    won.flatMap((fact, index) =>
      Array.from({ length: upTo(index + 1) - upTo(index) }, (_, n) => ({
        ...fact,
        sourceId: `${fact.sourceId}#pace-${n}`,
        deal: `${fact.deal}#pace-${n}`,
        effectiveOn: today,
      })),
    ),
  );
}
