import {
  COUNT_SCALE,
  createCalendar,
  currencyExponent,
  formatScaled,
  parseScaled,
  type MetricId,
  type OrganisationSettings,
  type PeriodKind,
} from '@ovation/domain';
import type { PutTarget } from '@ovation/protocol';
import { readPeople, readTeams, saveTarget } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { orRefuse, ProblemError } from './problem.ts';
import { writeSettings, type Author } from './settings-writer.ts';

/** More does not fit where sums must stay within 64 bits. */
const TARGET_MAX = 10n ** 17n;

export const scaleOf = (metric: MetricId, currency: string): number =>
  metric === 'revenue' ? (currencyExponent(currency) ?? 2) : COUNT_SCALE;

/** Sets or takes away a target; the answer repeats it as it stands. */
export async function setTarget(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  settings: OrganisationSettings,
  input: PutTarget,
): Promise<object> {
  const { scope, entity, metric, period } = input;
  const window = windowOf(deps, settings, period, input.start);
  const scale = scaleOf(metric, settings.currency);
  const value = input.value === null ? null : orRefuse(parseScaled(input.value, scale), '/value');
  if (value !== null && (value <= 0n || value > TARGET_MAX)) {
    const detail = 'A target is more than 0; send null to take it away.';
    throw new ProblemError('refused', detail, [{ code: 'range', detail, pointer: '/value' }]);
  }
  await mustKnow(deps, orgId, scope, entity);
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = { scope, entityId: entity ?? '', metric, period, periodKey: window.key, value };
    await saveTarget(tx, orgId, row);
    const logged = value === null ? null : String(value);
    const target = { scope, entity, metric, period, window: window.key, value: logged };
    return { value: undefined, events: [{ type: 'target.set', ...target }] };
  });
  const places = metric === 'revenue' ? scale : undefined;
  const text = value === null ? null : formatScaled(value, scale, places);
  return { scope, entity, metric, period, from: window.key, value: text };
}

/** The window of a period that holds a date, or now. */
export function windowOf(
  deps: IngestDeps,
  settings: Parameters<typeof createCalendar>[0],
  period: PeriodKind,
  start: string | undefined,
) {
  const calendar = createCalendar(settings);
  try {
    const at = start === undefined ? deps.clock.now() : calendar.startOf(start);
    return calendar.windowOf(period, at);
  } catch {
    const detail = 'Write "start" as a real date, such as 2026-11-01.';
    throw new ProblemError('refused', detail, [{ code: 'bad_date', detail, pointer: '/start' }]);
  }
}

async function mustKnow(
  deps: IngestDeps,
  orgId: string,
  scope: 'person' | 'team' | 'organisation',
  entity: string | null,
): Promise<void> {
  if (scope === 'organisation' && entity === null) return;
  const all = scope === 'person' ? readPeople : readTeams;
  const known =
    scope !== 'organisation' && (await all(deps.sql, orgId)).some((one) => one.id === entity);
  if (known) return;
  const detail = scope === 'organisation' ? 'Leave "entity" null.' : `There is no such ${scope}.`;
  throw new ProblemError('refused', detail, [{ code: 'unknown', detail, pointer: '/entity' }]);
}
