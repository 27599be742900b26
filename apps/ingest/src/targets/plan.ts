import {
  percentOfTarget,
  prorate,
  ramp,
  spreadBySeason,
  spreadByWorkDays,
  type Calendar,
  type FixedPeriod,
  type PeriodKind,
  type PlannedValue,
  type PlanReason,
  type Scaled,
  type Window,
} from '@ovation/domain';
import { TARGETS_MAX, type PostTargetPlan, type TargetsPlanned } from '@ovation/protocol';
import { readTargets } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { mustKnowMetric, textOf, type KnownMetric } from '../history/metrics.ts';
import { valuesOf } from '../history/values.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import type { Author } from '../settings-writer.ts';
import {
  checkEntity,
  checkValue,
  entitiesOf,
  mustBePeriod,
  mustCount,
  targetsAt,
  windowOf,
  writeTargets,
  type TargetWrite,
} from '../targets.ts';

/** Periods whose course a seasonal spread looks back on. */
const SEASONS = 3;

type Planned = TargetWrite & { readonly value: Scaled; readonly because: string };
type Kind<K> = Extract<PostTargetPlan, { kind: K }>;

/** Whose plan it is and who makes it. */
export interface Planner {
  readonly deps: IngestDeps;
  readonly orgId: string;
  readonly author: Author;
}

interface Plan extends Planner {
  readonly known: KnownMetric;
  readonly period: PeriodKind;
  readonly calendar: Calendar;
}

/** Works targets out; with `apply` they are set as well. */
export async function planTargets(
  planner: Planner,
  input: PostTargetPlan,
): Promise<TargetsPlanned> {
  const { deps, orgId, author } = planner;
  const known = await mustKnowMetric(deps, orgId, input.metric);
  mustCount(known);
  const period = mustBePeriod(input.period);
  const plan = { ...planner, known, period, calendar: known.book.calendar };
  const planned = (await work(plan, input)).filter((one) => one.value > 0n);
  if (planned.length > TARGETS_MAX) {
    throw new ProblemError('too_large', `A plan has at most ${TARGETS_MAX} targets.`);
  }
  const metric = known.metric.id;
  const before = await targetsAt(deps, orgId, metric, planned);
  if (input.apply === true) await writeTargets(deps, orgId, author, metric, planned);
  return {
    applied: input.apply === true,
    targets: planned.map(({ value, because, ...one }, index) => ({
      ...one,
      value: textOf(value, known.unit),
      was: textOf(before[index] ?? null, known.unit),
      because,
    })),
  };
}

function work(plan: Plan, input: PostTargetPlan): Promise<Planned[]> {
  switch (input.kind) {
    case 'copy':
      return copy(plan, input);
    case 'spread':
      return spread(plan, input);
    case 'prorate':
      return prorated(plan, input);
    case 'ramp':
      return ramped(plan, input);
  }
}

async function copy(plan: Plan, input: Kind<'copy'>): Promise<Planned[]> {
  const { deps, orgId, known, period } = plan;
  const from = windowOf(deps, known.book.settings, period, input.start);
  const to = windowOf(deps, known.book.settings, period, input.to, '/to');
  const query = { metric: known.metric.id, period, periodKey: from.key };
  const rows = await readTargets(deps.sql, orgId, query);
  if (rows.length === 0) throw noTarget(`There are no targets in the ${period} of ${from.key}.`);
  const percent = input.percent === undefined ? 100 : Number(input.percent);
  const because = percent === 100 ? `as in ${from.key}` : `${percent}% of ${from.key}`;
  return rows.map((row) => ({
    scope: row.scope,
    entity: row.entityId === '' ? null : row.entityId,
    period,
    start: to.key,
    value: percentOfTarget(row.value, percent),
    because,
  }));
}

async function spread(plan: Plan, input: Kind<'spread'>): Promise<Planned[]> {
  const { deps, known, period, calendar } = plan;
  const { scope, entity } = input;
  orRefuse(checkEntity(entitiesOf(known.book), scope, entity));
  const window = windowOf(deps, known.book.settings, period, input.start);
  const into = mustBePeriod(input.into, '/into') as FixedPeriod;
  const windows = within(calendar, window, into);
  const value = await standing(plan, { scope, entity, period, start: window.key });
  const days = windows.map((one) => calendar.workDays(one));
  const earlier: (readonly (Scaled | null)[])[] = [];
  if (input.by === 'seasonality') {
    let before = window;
    for (let back = 0; back < SEASONS; back += 1) {
      before = sameLastYear(calendar, before);
      const then = within(calendar, before, into);
      if (then.length !== windows.length) continue;
      const now = deps.clock.now();
      const values = await valuesOf(known, { scope, entity }, { windows: then, at: now });
      const totals = values.map((one) => one.value);
      if (totals.some((one) => one !== null && one !== 0n)) earlier.push(totals);
    }
  }
  const parts = planOrRefuse(() =>
    input.by === 'seasonality'
      ? spreadBySeason(value, days, earlier)
      : spreadByWorkDays(value, days),
  );
  return parts.map((part, index) => ({
    scope,
    entity,
    period: into,
    start: windows[index]!.key,
    value: part.value,
    because: sentence(part.because),
  }));
}

/** The windows of a shorter kind that make up one, which must fit it to the day. */
function within(calendar: Calendar, window: Window, into: FixedPeriod): Window[] {
  let windows: Window[] = [];
  try {
    windows = calendar.windowsIn(window, into);
  } catch {
    // Too many of them, or a kind that has no windows of its own.
  }
  const fits = windows[0]?.from === window.from && windows.at(-1)?.to === window.to;
  if (fits && windows.length > 1) return windows;
  const detail =
    `A ${window.kind} is not made of whole ${into}s. ` +
    'Spread a year into quarters or months, a quarter into months, anything into days.';
  throw new ProblemError('refused', detail, [{ code: 'does_not_fit', detail, pointer: '/into' }]);
}

/** The window of the same kind at the same place of the year before. */
function sameLastYear(calendar: Calendar, window: Window): Window {
  if (window.kind === 'year' || window.kind === 'all') return calendar.previous(window);
  const year = calendar.windowOf('year', window.from);
  const before = calendar.previous(year);
  const place = window.from - year.from;
  // The middle of the window is safe from leap days and clock changes.
  const middle = before.from + place + (window.to - window.from) / 2;
  return calendar.windowOf(window.kind, middle);
}

async function prorated(plan: Plan, input: Kind<'prorate'>): Promise<Planned[]> {
  const { deps, known, period, calendar } = plan;
  const { person, from, until } = input;
  mustBePerson(plan, person);
  if (from === undefined && until === undefined) {
    const detail = 'Say with "from" or "until" which part of the window they are here.';
    throw new ProblemError('refused', detail, [{ code: 'missing', detail, pointer: '/from' }]);
  }
  const window = windowOf(deps, known.book.settings, period, input.start ?? from ?? until);
  const place = { scope: 'person', entity: person, period, start: window.key } as const;
  const whole =
    input.value === undefined
      ? await standing(plan, place)
      : orRefuse(checkValue(input.value, known.unit));
  const first = from === undefined ? undefined : startOf(plan, from, '/from');
  // The last day is worked.
  const end = until === undefined ? undefined : startOf(plan, until, '/until').to;
  const days = calendar.workDays(window);
  const part = planOrRefuse(() => prorate(whole, days, first?.from, end));
  return [{ ...place, value: part.value, because: sentence(part.because) }];
}

async function ramped(plan: Plan, input: Kind<'ramp'>): Promise<Planned[]> {
  const { deps, known, period, calendar } = plan;
  mustBePerson(plan, input.person);
  const value = orRefuse(checkValue(input.value, known.unit));
  let window = windowOf(deps, known.book.settings, period, input.start);
  return ramp(value, input.percents).map((part) => {
    const { key } = window;
    window = calendar.next(window);
    return {
      scope: 'person',
      entity: input.person,
      period,
      start: key,
      value: part.value,
      because: sentence(part.because),
    };
  });
}

/** The target that is to be parted. */
async function standing(plan: Plan, place: Omit<TargetWrite, 'value'>): Promise<Scaled> {
  const [value] = await targetsAt(plan.deps, plan.orgId, plan.known.metric.id, [place]);
  if (typeof value === 'bigint') return value;
  throw noTarget(`There is no target in the ${place.period} of ${place.start} yet. Set it first.`);
}

const noTarget = (detail: string) =>
  new ProblemError('refused', detail, [{ code: 'no_target', detail, pointer: '/start' }]);

function mustBePerson({ known }: Plan, person: string): void {
  const found = checkEntity(entitiesOf(known.book), 'person', person);
  orRefuse(found.ok ? found : { ok: false, fault: { ...found.fault, pointer: '/person' } });
}

const startOf = ({ deps, known }: Plan, date: string, pointer: string): Window =>
  windowOf(deps, known.book.settings, 'day', date, pointer);

function planOrRefuse<T extends PlannedValue | PlannedValue[]>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const detail = 'There are no working days in it. Look at the working calendar in settings.';
    throw new ProblemError('refused', detail, [{ code: 'no_working_days', detail }]);
  }
}

function sentence(reason: PlanReason): string {
  switch (reason.by) {
    case 'working_days':
      return `${reason.workDays} of ${reason.of} working days`;
    case 'seasonality':
      return `${(reason.share * 100).toFixed(1)}% in ${reason.periods} earlier years`;
    case 'ramp':
      return `${reason.percent}%, step ${reason.step} of ${reason.of}`;
  }
}
