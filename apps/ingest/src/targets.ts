import {
  createCalendar,
  parsePeriod,
  parseScaled,
  PERIODS,
  refuse,
  type CalendarSettings,
  type EventBody,
  type OrganisationSettings,
  type PeriodKind,
  type Result,
  type Scaled,
  type TargetScope,
  type Unit,
  type Window,
} from '@ovation/domain';
import {
  TargetLine,
  type PutTarget,
  type PutTargetLines,
  type TargetSet,
  type TargetsSaved,
} from '@ovation/protocol';
import {
  inOrg,
  readTargetsAt,
  saveTargets,
  type PersonRow,
  type TargetPlace,
  type TeamRow,
  type Tx,
} from '@ovation/store';
import { Check, Errors } from 'typebox/value';
import type { IngestDeps } from './deps.ts';
import type { Book } from './figures/book.ts';
import { mustKnowMetric, textOf, type KnownMetric } from './history/metrics.ts';
import { orRefuse, ProblemError } from './problem.ts';
import { schemaFault } from './schema-fault.ts';
import { writeSettings, type Author } from './settings-writer.ts';

/** More does not fit where sums must stay within 64 bits. */
const TARGET_MAX = 10n ** 17n;

/** Whose targets they can be. */
export interface Entities {
  readonly people: ReadonlyMap<string, PersonRow>;
  readonly teams: ReadonlyMap<string, TeamRow>;
}

/** A target as it will stand; `null` takes it away. */
export interface TargetWrite {
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly period: PeriodKind;
  /** Key of the window. */
  readonly start: string;
  readonly value: Scaled | null;
}

/** Sets or takes away a target; the answer repeats it as it stands. */
export async function setTarget(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  settings: OrganisationSettings,
  input: PutTarget,
): Promise<TargetSet> {
  const { scope, entity } = input;
  const known = await mustKnowMetric(deps, orgId, input.metric);
  mustCount(known);
  const period = mustBePeriod(input.period);
  const window = windowOf(deps, settings, period, input.start);
  const value = orRefuse(checkLine(entitiesOf(known.book), known.unit, input));
  const write = { scope, entity, period, start: window.key, value };
  await writeTargets(deps, orgId, author, known.metric.id, [write]);
  const text = value === null ? null : textOf(value, known.unit);
  return { scope, entity, metric: known.metric.id, period, start: window.key, value: text };
}

/** Sets many targets of one window; those that are refused keep nobody else from being saved. */
export async function setTargets(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  settings: OrganisationSettings,
  input: PutTargetLines,
): Promise<TargetsSaved> {
  const known = await mustKnowMetric(deps, orgId, input.metric);
  mustCount(known);
  const period = mustBePeriod(input.period);
  const { key: start } = windowOf(deps, settings, period, input.start);
  const entities = entitiesOf(known.book);
  const writes = new Map<string, TargetWrite>();
  const refused: { index: number; code: string; detail: string }[] = [];
  for (const [index, line] of input.targets.entries()) {
    const checked = checkUnknown(entities, known.unit, line);
    const whose = checked.ok ? `${checked.value.scope} ${checked.value.entity ?? ''}` : '';
    if (!checked.ok) {
      refused.push({ index, code: checked.fault.code, detail: checked.fault.detail });
    } else if (writes.has(whose)) {
      refused.push({ index, code: 'twice', detail: 'This target is in the list already.' });
    } else {
      writes.set(whose, { ...checked.value, period, start });
    }
  }
  await writeTargets(deps, orgId, author, known.metric.id, [...writes.values()]);
  return { saved: writes.size, refused };
}

/**
 * Saves targets with their events in one transaction. What is as it was is left alone; answers how
 * many changed. Each place at most once.
 */
export async function writeTargets(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  metric: string,
  writes: readonly TargetWrite[],
): Promise<number> {
  if (writes.length === 0) return 0;
  return writeSettings(deps, orgId, author, async (tx) => {
    await oneWriter(tx, orgId);
    const places = writes.map((one) => ({ ...placeOf(metric, one), value: one.value }));
    const before = await readTargetsAt(tx, orgId, places);
    const changed = writes.flatMap((one, index) => {
      const was = before[index] ?? null;
      return one.value === was ? [] : [{ one, was, row: places[index]! }];
    });
    await saveTargets(
      tx,
      orgId,
      changed.map(({ row }) => row),
    );
    const events = changed.map(({ one, was }): EventBody & { was: string | null } => ({
      type: 'target.set',
      scope: one.scope,
      entity: one.entity,
      metric,
      period: one.period,
      window: one.start,
      value: logged(one.value),
      was: logged(was),
    }));
    return { value: changed.length, events };
  });
}

/** What stands now where these would be written, in the same order. */
export function targetsAt(
  deps: IngestDeps,
  orgId: string,
  metric: string,
  writes: readonly Omit<TargetWrite, 'value'>[],
): Promise<(Scaled | null)[]> {
  const places = writes.map((one) => placeOf(metric, one));
  return inOrg(deps.sql, orgId, (tx) => readTargetsAt(tx, orgId, places));
}

const logged = (value: Scaled | null): string | null => (value === null ? null : String(value));

const placeOf = (metric: string, one: Omit<TargetWrite, 'value'>): TargetPlace => ({
  scope: one.scope,
  entityId: one.entity ?? '',
  metric,
  period: one.period,
  periodKey: one.start,
});

/** Targets of an organisation are written one after another, so that `was` is what was. */
const oneWriter = (tx: Tx, orgId: string): Promise<unknown> =>
  tx`select pg_advisory_xact_lock(hashtextextended(${`targets ${orgId}`}, 0))`;

export const entitiesOf = ({ people, teams }: Book): Entities => ({
  people: new Map(people.map((one) => [one.id, one])),
  teams: new Map(teams.map((one) => [one.id, one])),
});

function checkUnknown(entities: Entities, unit: Unit, line: unknown): Result<CheckedLine> {
  if (!Check(TargetLine, line)) {
    return { ok: false, fault: schemaFault(Errors(TargetLine, line), line) };
  }
  const value = checkLine(entities, unit, line);
  if (!value.ok) return value;
  return { ok: true, value: { scope: line.scope, entity: line.entity, value: value.value } };
}

type CheckedLine = Pick<TargetWrite, 'scope' | 'entity' | 'value'>;

/** The value of a line in the metric's scale, once somebody is known to be meant. */
function checkLine(entities: Entities, unit: Unit, line: TargetLine): Result<Scaled | null> {
  const known = checkEntity(entities, line.scope, line.entity);
  if (!known.ok) return known;
  return line.value === null ? { ok: true, value: null } : checkValue(line.value, unit);
}

/** A target's value: more than 0 and within bounds. */
export function checkValue(text: string, unit: Unit): Result<Scaled> {
  const value = parseScaled(text, unit.scale);
  if (!value.ok) return { ok: false, fault: { ...value.fault, pointer: '/value' } };
  if (value.value > 0n && value.value <= TARGET_MAX) return value;
  return refuse('range', 'A target is more than 0; send null to take it away.', '/value');
}

export function checkEntity(
  { people, teams }: Entities,
  scope: TargetScope,
  entity: string | null,
): Result<null> {
  if (scope === 'organisation') {
    if (entity === null) return { ok: true, value: null };
    return refuse('unknown', 'Leave "entity" null for the organisation.', '/entity');
  }
  const known = (scope === 'person' ? people : teams).has(entity ?? '');
  return known
    ? { ok: true, value: null }
    : refuse('unknown', `There is no such ${scope}.`, '/entity');
}

/** A retired metric takes no more targets. */
export function mustCount({ metric }: KnownMetric): void {
  if (!metric.retired) return;
  const detail = 'This metric is retired. Bring it back before setting targets for it.';
  throw new ProblemError('refused', detail, [{ code: 'retired', detail, pointer: '/metric' }]);
}

/** A period that targets can be for: one whose first date does not move with every day. */
export function mustBePeriod(text: string, pointer = '/period'): PeriodKind {
  const period = parsePeriod(text);
  if (period !== undefined && !period.startsWith('last-')) return period;
  const detail =
    `Write "${pointer.slice(1)}" as one of ${PERIODS.join(', ')}, ` +
    'or as two dates such as 2026-11-01..2026-11-20.';
  throw new ProblemError('refused', detail, [{ code: 'bad_period', detail, pointer }]);
}

/** The window of a period that holds a date, or now. */
export function windowOf(
  deps: IngestDeps,
  settings: CalendarSettings,
  period: PeriodKind,
  start: string | undefined,
  pointer = '/start',
): Window {
  const calendar = createCalendar(settings);
  try {
    const at = start === undefined ? deps.clock.now() : calendar.startOf(start);
    return calendar.windowOf(period, at);
  } catch {
    const detail = `Write "${pointer.slice(1)}" as a real date, such as 2026-11-01.`;
    throw new ProblemError('refused', detail, [{ code: 'bad_date', detail, pointer }]);
  }
}
