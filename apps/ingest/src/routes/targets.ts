import {
  COUNT_SCALE,
  createCalendar,
  currencyExponent,
  formatScaled,
  METRICS,
  parseScaled,
  PERIODS,
  type MetricId,
  type PeriodKind,
} from '@ovation/domain';
import { PutTarget } from '@ovation/protocol';
import { readPeople, readTargets, readTeams, saveTarget } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBe } from './body.ts';

const scaleOf = (metric: MetricId, currency: string): number =>
  metric === 'revenue' ? (currencyExponent(currency) ?? 2) : COUNT_SCALE;

export function targetRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get<{ Querystring: { metric?: string; period?: string; start?: string } }>(
    '/v1/targets',
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
      const metric = METRICS.find((one) => one === (request.query.metric ?? 'revenue'));
      const period = PERIODS.find((one) => one === (request.query.period ?? 'month'));
      if (!metric || !period) throw new ProblemError('refused', 'Unknown metric or period.');
      const settings = await door.settingsOf(orgId);
      const window = windowOf(deps, settings, period, request.query.start);
      const query = { metric, period, periodKey: window.key };
      const scale = scaleOf(metric, settings.currency);
      const rows = await readTargets(deps.sql, orgId, query);
      return {
        period,
        from: window.key,
        to: new Date(window.to).toISOString(),
        targets: rows.map((row) => ({
          scope: row.scope,
          entity: row.entityId === '' ? null : row.entityId,
          metric,
          period,
          from: window.key,
          value: formatScaled(row.value, scale, metric === 'revenue' ? scale : undefined),
        })),
      };
    },
  );

  app.put('/v1/targets', async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PutTarget, request.body);
    const { scope, entity, metric, period } = input;
    const settings = await door.settingsOf(orgId);
    const window = windowOf(deps, settings, period, input.start);
    const scale = scaleOf(metric, settings.currency);
    const value = input.value === null ? null : orRefuse(parseScaled(input.value, scale), '/value');
    if (value !== null && (value <= 0n || value > 10n ** 17n)) {
      const detail = 'A target is more than 0; send null to take it away.';
      throw new ProblemError('refused', detail, [{ code: 'range', detail, pointer: '/value' }]);
    }
    await mustKnow(deps, orgId, scope, entity);
    await writeSettings(deps, orgId, author, async (tx) => {
      const entityId = entity ?? '';
      await saveTarget(tx, orgId, {
        scope,
        entityId,
        metric,
        period,
        periodKey: window.key,
        value,
      });
      const event = {
        type: 'target.set',
        scope,
        entity,
        metric,
        period,
        window: window.key,
        value: value === null ? null : String(value),
      } as const;
      return { value: undefined, events: [event] };
    });
    const text =
      value === null ? null : formatScaled(value, scale, metric === 'revenue' ? scale : undefined);
    return { scope, entity, metric, period, from: window.key, value: text };
  });
}

function windowOf(
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
