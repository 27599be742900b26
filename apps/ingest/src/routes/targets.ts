import { formatScaled, METRICS, PERIODS } from '@ovation/domain';
import { PutTarget, TargetsQuery } from '@ovation/protocol';
import { readTargets } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { ProblemError } from '../problem.ts';
import { scaleOf, setTarget, windowOf } from '../targets.ts';
import { mustBe } from './body.ts';

const TARGETS = {
  tags: ['targets'],
  summary: 'Targets of the window that holds a date; of the present one without it.',
  querystring: TargetsQuery,
};
const SET_TARGET = {
  schema: {
    tags: ['targets'],
    summary: 'Sets a target; a value of null takes it away.',
    body: PutTarget,
  },
  config: {
    examples: {
      organisation: {
        summary: "Everybody's revenue this month",
        body: {
          scope: 'organisation',
          entity: null,
          metric: 'revenue',
          period: 'month',
          value: '120000.00',
        },
      },
    },
  },
};

export function targetRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get<{ Querystring: { metric?: string; period?: string; start?: string } }>(
    '/v1/targets',
    { schema: TARGETS },
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

  app.put('/v1/targets', SET_TARGET, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PutTarget, request.body);
    return setTarget(deps, orgId, author, await door.settingsOf(orgId), input);
  });
}
