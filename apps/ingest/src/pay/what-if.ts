import {
  calculate,
  checkPlan,
  currencyExponent,
  formatScaled,
  type IncentiveFact,
  type IncentiveInput,
  type IncentiveQuota,
  type IncentiveResult,
  type PlanDefinition,
} from '@ovation/domain';
import type { PlanCliff, PlanWhatIfAnswer, PostPlanWhatIf, WhatIfPerson } from '@ovation/protocol';
import { readPlanVersions } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { inputUntil, mustCalculate } from './calculate.ts';
import { mustBeSoundPlan } from './check.ts';
import type { PaidGroups } from './groups.ts';
import { openPayBook, type PayBook } from './input.ts';
import { refusalAnswer } from './me.ts';
import { readPayNames, type PayNames } from './names.ts';
import { noVersion } from './plans.ts';
import { fault, moneyText } from './wire.ts';

const PERIODS = 3;
const PERCENTS = [80, 100, 120] as const;

/** Past pay periods by other rules, for the people on a plan. The engine that pays says so. */
export async function planWhatIf(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  plan: string,
  asked: PostPlanWhatIf,
): Promise<PlanWhatIfAnswer> {
  const book = await openPayBook(deps, groups, orgId);
  const definition = await triedRules(deps, orgId, plan, asked, book.currency);
  const begun = book.periods.filter((one) => one.from.getTime() <= deps.clock.now());
  const periods = replayed(begun, deps.clock.now(), asked.periods ?? PERIODS);
  // What was learned since about the replayed periods counts: it is a look back from today.
  const last = begun.at(-1)!.key;
  const assigned = book.assignments.filter((row) => row.planId === plan);
  const people = new Set(asked.people ?? assigned.map((row) => row.personId));
  const now = inputUntil(onlyPlan(book.input, plan, people), last);
  const next = tried(now, plan, definition);
  const results = { now: mustCalculate(now), next: mustCalculate(next) };
  const names = await readPayNames(deps, orgId);
  const sums = new Sums(results, periods, book.currency);
  return {
    ...{ currency: book.currency, periods, ...sums.totals() },
    ...peopleOf(sums, [...people], names),
    byPeriod: periods.map((period) => ({
      period,
      now: sums.text(sums.of('now', (one) => one.period === period)),
      next: sums.text(sums.of('next', (one) => one.period === period)),
    })),
    byComponent: definition.components.flatMap(({ id }) => {
      const minor = sums.of('next', (one) => one.component === id);
      return minor === 0n ? [] : [{ component: id, next: sums.text(minor) }];
    }),
    cliffs: cliffsOf(definition),
    totals: PERCENTS.map((percent) => {
      const at = (input: IncentiveInput) => totalAt(input, percent, periods, book.currency);
      return { percent, now: at(now), next: at(next) };
    }),
    refusals: results.next.people
      .flatMap((payee) => payee.refusals)
      .filter((one) => periods.includes(one.period))
      .map((one) => refusalAnswer(one, names)),
  };
}

async function triedRules(
  deps: IngestDeps,
  orgId: string,
  plan: string,
  asked: PostPlanWhatIf,
  currency: string,
): Promise<PlanDefinition> {
  if (asked.definition !== undefined) return mustBeSoundPlan(asked.definition, currency);
  const versions = await readPlanVersions(deps.sql, orgId, plan);
  const version =
    asked.version === undefined
      ? versions.at(-1)
      : versions.find((one) => one.number === asked.version);
  if (!version) throw noVersion();
  return mustBeSoundPlan(version.definition, currency);
}

/** The last periods that are over; the one that runs where none is. */
function replayed(begun: PayBook['periods'], now: number, count: number): string[] {
  const over = begun.filter((one) => one.to.getTime() <= now);
  const found = (over.length > 0 ? over : begun).slice(-count).map((one) => one.key);
  if (found.length > 0) return found;
  throw fault('no_period', 'No pay period has begun: open one first.', '/periods');
}

/** What of an input concerns one plan and some people, who are on it from when they were. */
function onlyPlan(
  input: IncentiveInput,
  plan: string,
  people: ReadonlySet<string>,
): IncentiveInput {
  return {
    ...input,
    plans: input.plans.filter((one) => one.id === plan),
    assignments: input.assignments.filter((one) => one.plan === plan && people.has(one.person)),
  };
}

const BEFORE_ALL = '1900-01-01';

/** The same with one version for all time. */
const tried = (
  input: IncentiveInput,
  plan: string,
  definition: PlanDefinition,
): IncentiveInput => ({
  ...input,
  plans: [{ id: plan, versions: [{ number: 1, from: BEFORE_ALL, definition }] }],
});

type Which = 'now' | 'next';
interface Earned {
  readonly person: string;
  readonly period: string;
  readonly component: string;
  readonly minor: bigint;
  readonly caps: readonly string[];
}

/** What both rules come to, in the replayed periods. */
class Sums {
  readonly #earned: Readonly<Record<Which, readonly Earned[]>>;
  readonly #currency: string;

  constructor(
    results: Readonly<Record<Which, IncentiveResult>>,
    periods: readonly string[],
    currency: string,
  ) {
    this.#currency = currency;
    const of = (which: Which) => earnedIn(results[which], periods);
    this.#earned = { now: of('now'), next: of('next') };
  }

  of(which: Which, wanted: (one: Earned) => boolean): bigint {
    return this.#earned[which].filter(wanted).reduce((sum, { minor }) => sum + minor, 0n);
  }

  text = (minor: bigint): string => moneyText(minor, this.#currency);

  totals() {
    const all = () => true;
    const [now, next] = [this.of('now', all), this.of('next', all)];
    return { now: this.text(now), next: this.text(next), difference: this.text(next - now) };
  }

  capsOf(person: string): string[] {
    const own = this.#earned.next.filter((one) => one.person === person);
    return [...new Set(own.flatMap((one) => one.caps))];
  }
}

function earnedIn({ people }: IncentiveResult, periods: readonly string[]): Earned[] {
  return people.flatMap((payee) =>
    payee.periods
      .filter((one) => periods.includes(one.period))
      .flatMap(({ period, figures }) =>
        figures.map(({ component, minor, shapes }) => ({
          ...{ person: payee.person, period, component, minor },
          caps: shapes.flatMap(({ by: node, trace }) =>
            trace.kind === 'cap' && trace.hit ? [node] : [],
          ),
        })),
      ),
  );
}

function peopleOf(sums: Sums, people: readonly string[], names: PayNames) {
  const lines = people.map((id) => {
    const own = (one: Earned) => one.person === id;
    const [now, next] = [sums.of('now', own), sums.of('next', own)];
    return { id, now, next, change: next - now, caps: sums.capsOf(id) };
  });
  const size = (minor: bigint) => (minor < 0n ? -minor : minor);
  lines.sort((a, b) => Number(size(b.change) - size(a.change)) || (a.id < b.id ? -1 : 1));
  return {
    gain: lines.filter(({ change }) => change > 0n).length,
    lose: lines.filter(({ change }) => change < 0n).length,
    same: lines.filter(({ change }) => change === 0n).length,
    capped: lines.filter(({ caps }) => caps.length > 0).length,
    people: lines.map(({ id, now, next, change, caps }): WhatIfPerson => ({
      ...{ person: names.of(id), now: sums.text(now), next: sums.text(next), caps },
      difference: sums.text(change),
    })),
  };
}

/** Where pay jumps at an edge. */
const cliffsOf = (definition: PlanDefinition): PlanCliff[] =>
  checkPlan(definition)
    .warnings.filter(({ code }) => code === 'cliff')
    .map(({ detail, values = {} }) => ({
      ...{ detail, component: String(values['component'] ?? ''), at: String(values['at'] ?? '') },
    }));

/** What rules cost if everybody sold so many percent of their target in each replayed period. */
function totalAt(
  input: IncentiveInput,
  percent: number,
  periods: readonly string[],
  currency: string,
): string | null {
  const facts = input.plans.flatMap(({ versions }) =>
    versions.slice(-1).flatMap(({ definition }) => factsAt(input, definition, percent, currency)),
  );
  if (facts.length === 0) return null;
  const result = calculate({ ...input, facts, trace: false });
  if (!result.ok) return null;
  const sum = earnedIn(result.value, periods).reduce((all, { minor }) => all + minor, 0n);
  return moneyText(sum, currency);
}

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
