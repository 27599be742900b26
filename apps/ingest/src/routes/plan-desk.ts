import {
  PatchAssignment,
  PatchPlan,
  PlanDiffQuery,
  PostAssignment,
  PostPlan,
  PostPlanVersion,
  PostPlanWhatIf,
  PutPlanVersion,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { assign, changeAssignment, removeAssignment } from '../pay/assignments.ts';
import { checkVersion } from '../pay/check.ts';
import type { PaidGroups } from '../pay/groups.ts';
import { assignmentAnswers, planAnswers, planById, versionDiff } from '../pay/plan-answers.ts';
import {
  addPlan,
  addVersion,
  approveVersion,
  changePlan,
  changeVersion,
  noVersion,
  removePlan,
  removeVersion,
} from '../pay/plans.ts';
import { planWhatIf } from '../pay/what-if.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
interface ByNumber {
  Params: { id: string; number: string };
}
const about = (summary: string) => ({ tags: ['plans'], summary });

const ACCOUNT_EXECUTIVES = {
  name: 'Account executives',
  names: { fa: 'کارشناسان فروش' },
  from: '2026-01-01',
  definition: {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'sold', sum: 'amount', window: 'quarter', quota: 'revenue' }],
    components: [
      {
        id: 'base',
        kind: 'tiers',
        measure: 'sold',
        position: 'attainment',
        mode: 'marginal',
        bands: [
          { from: '0', rate: '0.06' },
          { from: '1', rate: '0.09' },
        ],
      },
    ],
  },
};

const placeOf = ({ id, number }: { id: string; number: string }) => {
  if (!/^\d{1,6}$/.test(number)) throw noVersion();
  return { plan: id, number: Number(number) };
};

/** Incentive plans: their versions, who is on them, and what other rules would have paid. */
export function planDeskRoutes(app: FastifyInstance, deps: IngestDeps, groups: PaidGroups): void {
  wordRoutes(app, deps);
  versionRoutes(app, deps);
  lifeRoutes(app, deps);
  assignmentRoutes(app, deps);

  app.post<ById>(
    '/v1/plans/:id/what-if',
    {
      schema: {
        ...about('Replays past pay periods by other rules; writes nothing.'),
        body: PostPlanWhatIf,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      const asked = mustBe(PostPlanWhatIf, request.body ?? {});
      return planWhatIf(deps, groups, caller, request.params.id, asked);
    },
  );
}

function wordRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/plans',
    { schema: about('Incentive plans with their versions.') },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'plans:write');
      return { plans: await planAnswers(deps, orgId) };
    },
  );

  app.get<ById>('/v1/plans/:id', { schema: about('One incentive plan.') }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'plans:write');
    return planById(deps, orgId, request.params.id);
  });

  app.post(
    '/v1/plans',
    {
      schema: { ...about('Begins a plan with a first draft.'), body: PostPlan },
      config: { examples: { tiers: { summary: 'Tiers', body: ACCOUNT_EXECUTIVES, status: 201 } } },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      const id = await addPlan(deps, orgId, author, mustBe(PostPlan, request.body));
      return reply.code(201).send(await planById(deps, orgId, id));
    },
  );

  app.patch<ById>(
    '/v1/plans/:id',
    { schema: { ...about('Gives a plan other words.'), body: PatchPlan } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      const { id } = request.params;
      await changePlan(deps, orgId, author, id, mustBe(PatchPlan, request.body));
      return planById(deps, orgId, id);
    },
  );

  app.delete<ById>(
    '/v1/plans/:id',
    { schema: about('Throws a plan away of which nothing was approved.') },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      await removePlan(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}

/** Drafts of rules. */
function versionRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post<ById>(
    '/v1/plans/:id/versions',
    { schema: { ...about('Begins a further version as a copy.'), body: PostPlanVersion } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      const { id } = request.params;
      await addVersion(deps, orgId, author, id, mustBe(PostPlanVersion, request.body ?? {}));
      return reply.code(201).send(await planById(deps, orgId, id));
    },
  );

  app.put<ByNumber>(
    '/v1/plans/:id/versions/:number',
    { schema: { ...about('Saves a draft; approved rules never change.'), body: PutPlanVersion } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      const place = placeOf(request.params);
      await changeVersion(deps, orgId, author, place, mustBe(PutPlanVersion, request.body));
      return planById(deps, orgId, place.plan);
    },
  );

  app.delete<ByNumber>(
    '/v1/plans/:id/versions/:number',
    { schema: about('Throws a draft away.') },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      await removeVersion(deps, orgId, author, placeOf(request.params));
      return reply.code(204).send();
    },
  );
}

/** What to think about before rules are approved, and the approval. */
function lifeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post<ByNumber>(
    '/v1/plans/:id/versions/:number/check',
    { schema: about('What is wrong with rules, and what to think about; writes nothing.') },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'plans:write');
      return checkVersion(deps, orgId, placeOf(request.params));
    },
  );

  app.get<ByNumber & { Querystring: PlanDiffQuery }>(
    '/v1/plans/:id/versions/:number/diff',
    { schema: { ...about('What a version changes.'), querystring: PlanDiffQuery } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'plans:write');
      const { against } = mustBe(PlanDiffQuery, request.query);
      const number = against === undefined ? undefined : Number(against);
      return versionDiff(deps, orgId, placeOf(request.params), number);
    },
  );

  app.post<ByNumber>(
    '/v1/plans/:id/versions/:number/approve',
    { schema: about('Publishes a draft: it pays from its date on, and never changes again.') },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'plans:write');
      const place = placeOf(request.params);
      await approveVersion(deps, orgId, author, place);
      return planById(deps, orgId, place.plan);
    },
  );
}

interface ByAssignment {
  Params: { id: string; assignment: string };
}

/** Whom somebody looks after may be put on a plan by them, and taken from it. */
function assignmentRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<ById>(
    '/v1/plans/:id/assignments',
    { schema: about('Who is on a plan, from when until when.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      return { assignments: await assignmentAnswers(deps, caller, request.params.id) };
    },
  );

  app.post<ById>(
    '/v1/plans/:id/assignments',
    { schema: { ...about('Puts somebody on a plan.'), body: PostAssignment } },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      const { id } = request.params;
      const body = mustBe(PostAssignment, request.body);
      mustBeInCharge(await readCharge(deps, caller), body.person);
      const made = await assign(deps, caller.orgId, caller.author, id, body);
      const all = await assignmentAnswers(deps, caller, id);
      return reply.code(201).send(all.find((one) => one.id === made));
    },
  );

  app.patch<ByAssignment>(
    '/v1/plans/:id/assignments/:assignment',
    { schema: { ...about('Other dates of an assignment.'), body: PatchAssignment } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      const place = await placeIn(caller, request.params);
      const change = mustBe(PatchAssignment, request.body);
      await changeAssignment(deps, caller.orgId, caller.author, place, change);
      const all = await assignmentAnswers(deps, caller, place.plan);
      return all.find((one) => one.id === place.id);
    },
  );

  app.delete<ByAssignment>(
    '/v1/plans/:id/assignments/:assignment',
    { schema: about('Takes an assignment back that nobody was paid by.') },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      const place = await placeIn(caller, request.params);
      await removeAssignment(deps, caller.orgId, caller.author, place);
      return reply.code(204).send();
    },
  );

  const placeIn = async (caller: Caller, { id: plan, assignment: id }: ByAssignment['Params']) => ({
    ...{ plan, id },
    charge: await readCharge(deps, caller),
  });
}
