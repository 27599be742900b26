import {
  createCalendar,
  currencyExponent,
  formatScaled,
  unitOf,
  type Calendar,
  type IncentiveFact,
  type IncentiveInput,
  type IncentivePerson,
  type IncentivePlan,
  type IncentiveQuota,
  type FixedPeriod,
  type OrganisationSettings,
  type PlanDefinition,
} from '@ovation/domain';
import {
  inOrg,
  readAssignments,
  readDealHolds,
  readMatches,
  readPayPeriods,
  readPersonTargets,
  readPlanVersions,
  readRates,
  readReporting,
  type AssignmentRow,
  type PayPeriodRow,
  type PersonTargetRow,
  type PlanVersionRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { caughtUp } from '../routes/boards.ts';
import { dealHolds } from './deal-holds.ts';
import type { FactReader } from './facts.ts';
import type { PaidDeals, PaidGroups } from './groups.ts';
import { linesFor } from './quotas.ts';
import { moneyText } from './wire.ts';

/** What pay follows from, read at one moment: rows, and what was folded up to `seq`. */
export interface PayBook {
  readonly book: Book;
  readonly settings: OrganisationSettings;
  readonly calendar: Calendar;
  readonly currency: string;
  readonly seq: number;
  readonly periods: readonly PayPeriodRow[];
  readonly versions: readonly PlanVersionRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly input: IncentiveInput;
  /** The facts of the input by what they were read of; the same list while that is as it was. */
  readonly read: ReadonlyMap<string, readonly IncentiveFact[]>;
}

/**
 * Reads everything, without what the ledger has: the engine answers what should be there. Rules
 * that are tried may go by other targets than those that are approved: they are read too.
 */
export async function openPayBook(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  tried: readonly PlanDefinition[] = [],
): Promise<PayBook> {
  const { sql } = deps;
  const seq = await caughtUp(sql, orgId);
  const [book, deals, matches, reporting] = await Promise.all([
    openBook(sql, orgId),
    groups.at(orgId, seq),
    readMatches(sql, orgId),
    readReporting(sql, orgId),
  ]);
  const rows = await inOrg(sql, orgId, async (tx) => ({
    periods: await readPayPeriods(tx, orgId),
    versions: (await readPlanVersions(tx, orgId)).filter((one) => one.status === 'approved'),
    assignments: await readAssignments(tx, orgId),
    rates: await readRates(tx, orgId),
    holds: await readDealHolds(tx, orgId),
  }));
  const { settings } = book;
  const { currency } = settings;
  const calendar = createCalendar(settings);
  const exponent = currencyExponent(currency) ?? 2;
  const personOf = (subject: string) => matches.get(subject) ?? subject;
  const reader = { calendar, currency, exponent, personOf, dealOf: deals.dealOf };
  const began = yearOf(calendar, rows.periods);
  deals.read.begin(JSON.stringify([settings, [...matches], began]));
  const read = factsRead(deals, reader, began);
  const plans = plansOf(rows.versions);
  const input: IncentiveInput = {
    plans,
    assignments: rows.assignments.map((row) => assignmentOf(row, currency)),
    people: peopleOf(book, reporting, calendar, currency),
    quotas: await quotasOf(book, rulesOf(plans, tried), calendar),
    facts: [...read.values()].flat(),
    rates: rows.rates.map(({ currency: from, from: validOn, rate }) => ({
      ...{ from, to: currency, validOn, rate },
    })),
    holds: dealHolds(rows.holds),
    periods: rows.periods.map((row) => ({
      id: row.key,
      from: row.key,
      to: calendar.dateOf(row.to.getTime()),
      closed: row.state === 'closed',
    })),
    calendar: { calendar: settings.calendar, fiscalStart: settings.fiscalStart },
  };
  return { book, settings, calendar, currency, seq, ...rows, input, read };
}

/** The first day of the year in which pay began: nothing before it moves a figure. */
function yearOf(calendar: Calendar, [first]: readonly PayPeriodRow[]): string | null {
  if (!first) return null;
  return calendar.dateOf(calendar.windowOf('year', first.from.getTime()).from);
}

function factsRead(
  { groups, read }: PaidDeals,
  reader: FactReader,
  began: string | null,
): Map<string, readonly IncentiveFact[]> {
  const all = new Map<string, readonly IncentiveFact[]>();
  if (began === null) return all;
  for (const [key, group] of groups) all.set(key, read.of(reader, key, group, began));
  return all;
}

function plansOf(versions: readonly PlanVersionRow[]): IncentivePlan[] {
  const plans = new Map<string, PlanVersionRow[]>();
  for (const row of versions) plans.set(row.planId, [...(plans.get(row.planId) ?? []), row]);
  return [...plans].map(([id, rows]) => ({
    id,
    versions: rows.map(({ number, from, to, definition }) => ({
      ...{ number, from, definition: definition as PlanDefinition },
      ...(to === null ? {} : { to }),
    })),
  }));
}

const assignmentOf = (row: AssignmentRow, currency: string): IncentiveInput['assignments'][0] => ({
  person: row.personId,
  plan: row.planId,
  from: row.from,
  ...(row.to === null ? {} : { to: row.to }),
  ...(row.targetIncentive === null
    ? {}
    : { targetIncentive: moneyText(row.targetIncentive, currency) }),
});

/** People with whom they reported to when; a line ends where the next begins. */
function peopleOf(
  { people }: Book,
  reporting: Awaited<ReturnType<typeof readReporting>>,
  calendar: Calendar,
  currency: string,
): IncentivePerson[] {
  const byPerson = new Map<string, (typeof reporting)[number][]>();
  for (const row of reporting) {
    byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row]);
  }
  const dateOf = (at: Date) => calendar.dateOf(at.getTime());
  return people.map(({ id, startedOn }) => {
    const lines = byPerson.get(id) ?? [];
    const reportsTo = lines.flatMap(({ since, managerId }, index) => {
      const next = lines[index + 1]?.since ?? null;
      const [from, to] = [since && dateOf(since), next && dateOf(next)];
      if (managerId === null || (from !== null && from === to)) return [];
      return [{ person: managerId, ...(from && { from }), ...(to && { to }) }];
    });
    return {
      ...{ id, currency },
      ...(startedOn === null ? {} : { employed: [{ from: startedOn }] }),
      ...(reportsTo.length === 0 ? {} : { reportsTo }),
    };
  });
}

const rulesOf = (plans: readonly IncentivePlan[], tried: readonly PlanDefinition[]) => [
  ...plans.flatMap(({ versions }) => versions.map(({ definition }) => definition)),
  ...tried,
];

/**
 * Quotas are targets of people. A quota is named after its metric (`revenue`) or that and the kind
 * of window (`revenue/quarter`); targets were ramped and prorated when they were set.
 */
async function quotasOf(
  book: Book,
  rules: readonly PlanDefinition[],
  calendar: Calendar,
): Promise<IncentiveQuota[]> {
  const wanted = new Map<string, FixedPeriod | null>();
  for (const measure of rules.flatMap(({ measures }) => measures)) {
    const window = measure.window === 'period' ? undefined : measure.window;
    const name = measure.quota ?? measure.id;
    if (!wanted.get(name)) wanted.set(name, window ?? null);
  }
  const metricOf = (name: string) => name.split('/')[0]!;
  const rows = await readPersonTargets(book.sql, book.orgId, [...wanted.keys()].map(metricOf));
  return [...wanted].flatMap(([name, window]) => {
    const metric = book.byId.get(metricOf(name));
    if (!metric) return [];
    const { scale, kind } = unitOf(metric, book.settings.currency);
    const own = rows.filter((row) => row.metric === metric.id);
    const only = name.split('/')[1];
    return byPersonOf(own).flatMap((targets) =>
      linesFor(targets, { only, first: window }, calendar).map(({ row, from, to }) => ({
        ...{ person: row.personId, quota: name, from, to, prorate: 'none' as const },
        amount: formatScaled(row.value, scale, kind === 'money' ? scale : undefined),
      })),
    );
  });
}

function byPersonOf(rows: readonly PersonTargetRow[]): PersonTargetRow[][] {
  const people = new Map<string, PersonTargetRow[]>();
  for (const row of rows) people.set(row.personId, [...(people.get(row.personId) ?? []), row]);
  return [...people.values()];
}
