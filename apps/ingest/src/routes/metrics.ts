import type { MetricDefinition } from '@ovation/domain';
import {
  PatchMetric,
  PostMetric,
  PostMetricPreview,
  PostMetricRetired,
  PostMetricVersion,
} from '@ovation/protocol';
import { readFields } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { previewMetric } from '../figures/preview.ts';
import {
  addMetric,
  addVersion,
  metricAnswer,
  metricAnswers,
  renameMetric,
  retireMetric,
} from '../metrics.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';

interface ById {
  Params: { id: string };
}
const tags = ['metrics'];

const DEMOS_HELD = {
  name: 'Demos held',
  names: { fa: 'دموهای برگزارشده' },
  unit: 'count',
  class: 'deal-making',
  definition: {
    kind: 'count',
    events: ['activity.logged'],
    where: [{ field: 'activity', is: ['demo'] }],
  },
};

/** KPI definitions: what is counted and how, with every version of it. */
export function metricRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;

  app.get('/v1/metrics', { schema: { tags, summary: 'Every metric.' } }, async (request) => {
    const { orgId } = await mayOrEnd(sql, request, 'boards:read');
    await caughtUp(sql, orgId);
    return { metrics: await metricAnswers(await openBook(sql, orgId)) };
  });

  app.get<ById>(
    '/v1/metrics/:id',
    { schema: { tags, summary: 'A metric with all its versions.' } },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'boards:read');
      await caughtUp(sql, orgId);
      return metricAnswer(await openBook(sql, orgId), request.params.id);
    },
  );

  app.post(
    '/v1/metrics',
    {
      schema: { tags, summary: 'Defines a metric.', body: PostMetric },
      config: { examples: { demos: { summary: 'A count', body: DEMOS_HELD, status: 201 } } },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(sql, request, 'metrics:write');
      const draft = mustBe(PostMetric, request.body);
      return reply.code(201).send(await addMetric(deps, orgId, author, draft));
    },
  );

  changeRoutes(app, deps);
  previewRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.patch<ById>(
    '/v1/metrics/:id',
    { schema: { tags, summary: 'Names or describes a metric.', body: PatchMetric } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(sql, request, 'metrics:write');
      const change = mustBe(PatchMetric, request.body);
      return renameMetric(deps, orgId, author, request.params.id, change as never);
    },
  );

  app.post<ById>(
    '/v1/metrics/:id/versions',
    {
      schema: {
        tags,
        summary: 'Publishes another way of counting, from a date on.',
        body: PostMetricVersion,
      },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(sql, request, 'metrics:write');
      const { from, definition } = mustBe(PostMetricVersion, request.body);
      const change = { definition: definition as MetricDefinition, ...(from ? { from } : {}) };
      const answer = await addVersion(deps, orgId, author, request.params.id, change);
      return reply.code(201).send(answer);
    },
  );

  app.post<ById>(
    '/v1/metrics/:id/retire',
    {
      schema: {
        tags,
        summary: 'Takes a metric out of the lists, or brings it back.',
        body: PostMetricRetired,
      },
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(sql, request, 'metrics:write');
      const { retired } = mustBe(PostMetricRetired, request.body);
      return retireMetric(deps, orgId, author, request.params.id, retired);
    },
  );
}

function previewRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.post(
    '/v1/metrics/preview',
    {
      schema: {
        tags,
        summary: 'Counts by a draft on real data and writes nothing.',
        body: PostMetricPreview,
      },
    },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'metrics:write');
      const draft = mustBe(PostMetricPreview, request.body);
      await caughtUp(sql, orgId);
      return previewMetric(deps, await openBook(sql, orgId), draft);
    },
  );

  app.get(
    '/v1/fields',
    { schema: { tags, summary: 'What conditions can ask for, with the values most seen.' } },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'metrics:write');
      return { fields: await readFields(sql, orgId) };
    },
  );
}
