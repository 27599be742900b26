import type {} from '@fastify/swagger';
import {
  ConsequencesQuery,
  PostTargetFile,
  PostTargetPlan,
  PutConsequence,
  PutTarget,
  PutTargetLines,
  PutTargets,
  TargetChangesQuery,
  TargetWindowQuery,
  type TargetChange,
  type TargetsAnswer,
} from '@ovation/protocol';
import { readConsequences, readTargetChanges, readTargets } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { describeBody } from '../api/check-request.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { addsUp, mustKnowMetric, textOf } from '../history/metrics.ts';
import { ProblemError } from '../problem.ts';
import { entitiesOf, mustBePeriod, setTarget, setTargets, windowOf } from '../targets.ts';
import { deleteConsequence, putConsequence } from '../targets/consequences.ts';
import { importTargets } from '../targets/file.ts';
import { planTargets } from '../targets/plan.ts';
import { rollUpOf } from '../targets/roll-up.ts';
import { mustBe } from './body.ts';
import { wholeNumber } from './boards.ts';

const CHANGES_MAX = 1_000;
const CHANGES = 200;

const about = (summary: string) => ({ tags: ['targets'], summary });

const SET_TARGET = {
  schema: { ...about('Sets one target; a value of null takes it away.'), body: PutTarget },
};
const SET_TARGETS = {
  // Each line has its own verdict.
  validatorCompiler: describeBody as never,
  schema: {
    ...about('Sets many targets of one window; the good ones are saved, the rest is told.'),
    body: PutTargets,
  },
};
const PLAN = {
  schema: {
    ...about('Works targets out: copied, spread, prorated or ramped; with apply sets them.'),
    body: PostTargetPlan,
  },
};
const IMPORT = {
  schema: {
    ...about('Sets targets from the text of a CSV file, or says what it would set.'),
    body: PostTargetFile,
  },
};
const PUT_CONSEQUENCE = {
  schema: {
    ...about('Says what happens at so many percent of a target, or changes it by its id.'),
    body: PutConsequence,
  },
};

export function targetRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  readRoutes(app, deps, door);
  writeRoutes(app, deps, door);
  consequenceRoutes(app, deps);
}

function readRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get<{ Querystring: TargetWindowQuery }>(
    '/v1/targets',
    { schema: { ...about('Targets of one window.'), querystring: TargetWindowQuery } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
      return answer(deps, door, orgId, request.query);
    },
  );

  app.get<{ Querystring: TargetChangesQuery }>(
    '/v1/targets/changes',
    { schema: { ...about('Changes, newest first.'), querystring: TargetChangesQuery } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
      return { changes: await changes(deps, door, orgId, request.query) };
    },
  );
}

function writeRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.put('/v1/targets', SET_TARGET, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PutTarget, request.body);
    return setTarget(deps, orgId, author, await door.settingsOf(orgId), input);
  });

  app.put('/v1/targets/bulk', SET_TARGETS, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PutTargetLines, request.body);
    return setTargets(deps, orgId, author, await door.settingsOf(orgId), input);
  });

  app.post('/v1/targets/plan', PLAN, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PostTargetPlan, request.body);
    return planTargets({ deps, orgId, author }, input);
  });

  app.post('/v1/targets/import', IMPORT, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PostTargetFile, request.body);
    return importTargets(deps, orgId, author, input);
  });
}

function consequenceRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: ConsequencesQuery }>(
    '/v1/consequences',
    { schema: { ...about('What reached targets bring.'), querystring: ConsequencesQuery } },
    async (request) => {
      const { orgId, role } = await mayOrEnd(deps.sql, request, 'boards:read');
      if (role === 'screen') throw new ProblemError('forbidden', 'A wall does not show pay.');
      const { metric, period } = request.query;
      const query = {
        ...(metric === undefined ? {} : { metric }),
        ...(period === undefined ? {} : { period: mustBePeriod(period) }),
      };
      return { consequences: await readConsequences(deps.sql, orgId, query) };
    },
  );

  app.put('/v1/consequences', PUT_CONSEQUENCE, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
    const input = mustBe(PutConsequence, request.body);
    return putConsequence(deps, orgId, author, input);
  });

  app.delete<{ Params: { id: string } }>(
    '/v1/consequences/:id',
    { schema: about('Takes a consequence away.') },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'targets:write');
      await deleteConsequence(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}

async function answer(
  deps: IngestDeps,
  door: Door,
  orgId: string,
  query: TargetWindowQuery,
): Promise<TargetsAnswer> {
  const settings = await door.settingsOf(orgId);
  const known = await mustKnowMetric(deps, orgId, query.metric ?? 'revenue');
  const period = mustBePeriod(query.period ?? 'month');
  const window = windowOf(deps, settings, period, query.start);
  const { metric, unit } = known;
  const rows = await readTargets(deps.sql, orgId, {
    metric: metric.id,
    period,
    periodKey: window.key,
  });
  return {
    metric: metric.id,
    period,
    start: window.key,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    unit,
    targets: rows.map((row) => ({
      scope: row.scope,
      entity: row.entityId === '' ? null : row.entityId,
      value: textOf(row.value, unit),
    })),
    rollUp: addsUp(metric) ? rollUpOf(rows, entitiesOf(known.book), unit) : [],
    consequences: await readConsequences(deps.sql, orgId, { metric: metric.id, period }),
  };
}

async function changes(
  deps: IngestDeps,
  door: Door,
  orgId: string,
  query: TargetChangesQuery,
): Promise<TargetChange[]> {
  const settings = await door.settingsOf(orgId);
  const { metric, unit } = await mustKnowMetric(deps, orgId, query.metric ?? 'revenue');
  const period = mustBePeriod(query.period ?? 'month');
  const { start, entity, scope } = mustBe(TargetChangesQuery, query);
  const rows = await readTargetChanges(deps.sql, orgId, {
    metric: metric.id,
    period,
    ...(start === undefined ? {} : { window: windowOf(deps, settings, period, start).key }),
    ...(scope === undefined ? {} : { scope }),
    ...(entity === undefined ? {} : { entity }),
    limit: Math.min(wholeNumber(query.limit, 'limit') ?? CHANGES, CHANGES_MAX),
  });
  const text = (value: string | null) => (value === null ? null : textOf(BigInt(value), unit));
  return rows.map((row) => ({
    at: row.recordedAt.toISOString(),
    by: row.byName,
    scope: row.scope,
    entity: row.entity,
    start: row.window,
    was: text(row.was),
    now: text(row.value),
  }));
}
