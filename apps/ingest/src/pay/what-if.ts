import {
  checkPlan,
  type IncentiveInput,
  type IncentiveResult,
  type PlanDefinition,
} from '@ovation/domain';
import type { PlanCliff, PlanWhatIfAnswer, PostPlanWhatIf, WhatIfPerson } from '@ovation/protocol';
import { readOrganisation, readPlanVersions } from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { isInCharge } from '../team-scope.ts';
import { inputUntil, mustCalculate } from './calculate.ts';
import { mustBeSoundPlan } from './check.ts';
import type { PaidGroups } from './groups.ts';
import { openPayBook, type PayBook } from './input.ts';
import { refusalAnswer } from './me.ts';
import { readPayNames, type PayNames } from './names.ts';
import { noVersion } from './plans.ts';
import { payCharge } from './scope.ts';
import { earnedAll, paceFacts, totalAt, type Shown } from './what-if-supposed.ts';
import { fault, moneyText } from './wire.ts';

const PERIODS = 3;
const PERCENTS = [80, 100, 120] as const;

/**
 * Past pay periods by other rules, for the people on a plan whose pay the caller may see. The
 * engine that pays says so, for everybody on the plan: shares of a pool depend on all of them.
 */
export async function planWhatIf(
  deps: IngestDeps,
  groups: PaidGroups,
  caller: Caller,
  plan: string,
  asked: PostPlanWhatIf,
): Promise<PlanWhatIfAnswer> {
  const { orgId } = caller;
  const definition = await triedRules(deps, orgId, plan, asked);
  const book = await openPayBook(deps, groups, orgId, [definition]);
  const begun = book.periods.filter((one) => one.from.getTime() <= deps.clock.now());
  const periods = replayed(begun, deps.clock.now(), asked);
  // What was learned since about the replayed periods counts: it is a look back from today.
  const last = begun.at(-1)!.key;
  const assigned = book.assignments.filter((row) => row.planId === plan);
  const charge = await payCharge(deps, caller);
  const people = new Set(
    assigned
      .map((row) => row.personId)
      .filter((id) => isInCharge(charge, id) && (asked.people?.includes(id) ?? true)),
  );
  const all = inputUntil(onlyPlan(book.input, plan), last);
  const next = tried(all, plan, definition);
  // A plan of which nothing was approved yet pays nobody.
  const now = all.plans.length > 0 ? all : { ...all, assignments: [] };
  const results = { now: mustCalculate(now), next: mustCalculate(next) };
  const names = await readPayNames(deps, orgId);
  const shown = { periods, people };
  const sums = new Sums(results, shown, book.currency);
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
      const at = (input: IncentiveInput) => totalAt(input, percent, shown, book.currency);
      return { percent, now: at(now), next: at(next) };
    }),
    forecast: forecastOf({ now, next }, results, { ...book, people }, deps.clock.now()),
    refusals: results.next.people
      .filter(({ person }) => people.has(person))
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
): Promise<PlanDefinition> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const { currency } = organisation!.settings;
  if (asked.definition !== undefined) return mustBeSoundPlan(asked.definition, currency);
  const versions = await readPlanVersions(deps.sql, orgId, plan);
  const version =
    asked.version === undefined
      ? versions.at(-1)
      : versions.find((one) => one.number === asked.version);
  if (!version) throw noVersion();
  return mustBeSoundPlan(version.definition, currency);
}

/** The periods that are named, else the last that are over; the one that runs where none is. */
function replayed(begun: PayBook['periods'], now: number, asked: PostPlanWhatIf): string[] {
  const { keys, periods: count = PERIODS } = asked;
  const known = begun.map((one) => one.key);
  if (keys?.some((key) => !known.includes(key))) {
    throw fault('no_period', 'There is no such pay period.', '/keys');
  }
  if (keys) return known.filter((key) => keys.includes(key));
  const over = begun.filter((one) => one.to.getTime() <= now);
  const found = (over.length > 0 ? over : begun).slice(-count).map((one) => one.key);
  if (found.length > 0) return found;
  throw fault('no_period', 'No pay period has begun: open one first.', '/periods');
}

/** What of an input concerns one plan; people are on it from when they were. */
function onlyPlan(input: IncentiveInput, plan: string): IncentiveInput {
  return {
    ...input,
    plans: input.plans.filter((one) => one.id === plan),
    assignments: input.assignments.filter((one) => one.plan === plan),
    trace: false,
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

/**
 * What the period that runs comes to: by what is known today, and where everybody goes on at their
 * pace until it ends. `null` where none runs.
 */
function forecastOf(
  inputs: Readonly<Record<Which, IncentiveInput>>,
  results: Readonly<Record<Which, IncentiveResult>>,
  { periods, calendar, currency, people }: PayBook & Pick<Shown, 'people'>,
  at: number,
): PlanWhatIfAnswer['forecast'] {
  const running = periods.find((one) => one.from.getTime() <= at && at < one.to.getTime());
  if (!running) return null;
  const { key } = running;
  const more = paceFacts(inputs.next, key, calendar.dateOf(at));
  const text = (result: IncentiveResult) =>
    moneyText(earnedAll(result, { periods: [key], people }), currency);
  const atPace = (input: IncentiveInput) =>
    text(mustCalculate({ ...input, facts: [...input.facts, ...more] }));
  return {
    period: key,
    soFar: { now: text(results.now), next: text(results.next) },
    atPace: { now: atPace(inputs.now), next: atPace(inputs.next) },
  };
}

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

  constructor(results: Readonly<Record<Which, IncentiveResult>>, shown: Shown, currency: string) {
    this.#currency = currency;
    const of = (which: Which) => earnedIn(results[which], shown);
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

function earnedIn({ people }: IncentiveResult, { periods, people: ids }: Shown): Earned[] {
  const own = people.filter(({ person }) => ids.has(person));
  return own.flatMap((payee) =>
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
