import { may } from '@ovation/domain';
import {
  PostContestAmendment,
  PostContestDecision,
  PostContestEntry,
  PostContestExtension,
  PostContestPublish,
  PostContestReason,
  PostContestReview,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import { contestById } from '../contests/answers.ts';
import { decideContest } from '../contests/close.ts';
import {
  amendContest,
  cancelContest,
  enterContest,
  extendContest,
  pauseContest,
  publishContest,
  reviewEvent,
} from '../contests/life.ts';
import { instantAt } from '../contests/wire.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';

interface ById {
  Params: { id: string };
}
const tags = ['contests'];

/** Steps of a contest's life, each with what it takes and does. */
type Because = { reason: string };
interface Step {
  readonly name: string;
  readonly summary: string;
  readonly body?: Parameters<typeof mustBe>[0];
  readonly examples?: Readonly<Record<string, { summary: string; body: object; status: number }>>;
  readonly act: (
    deps: IngestDeps,
    caller: Pick<Caller, 'orgId' | 'author'>,
    id: string,
    sent: never,
  ) => Promise<void>;
}

const pausing = (paused: boolean): Step['act'] => {
  return (deps, { orgId, author }, id, { reason }: Because) =>
    pauseContest(deps, orgId, author, id, { paused, reason });
};

const STEPS: readonly Step[] = [
  {
    name: 'publish',
    summary: 'Lets a draft begin its life.',
    body: PostContestPublish,
    examples: { go: { summary: 'Publishes it', body: {}, status: 200 } },
    act: (deps, { orgId, author }, id) => publishContest(deps, orgId, author, id),
  },
  {
    name: 'amend',
    summary: 'Other rules, announced with their reason.',
    body: PostContestAmendment,
    act: (deps, { orgId, author }, id, change: Parameters<typeof amendContest>[4]) =>
      amendContest(deps, orgId, author, id, change),
  },
  {
    name: 'extend',
    summary: 'Another end, announced with its reason.',
    body: PostContestExtension,
    act: (deps, { orgId, author }, id, { to, reason }: Because & { to: string }) =>
      extendContest(deps, orgId, author, id, { to: instantAt(to, '/to'), reason }),
  },
  {
    name: 'pause',
    summary: 'Time that does not count begins.',
    body: PostContestReason,
    act: pausing(true),
  },
  { name: 'resume', summary: 'It counts again.', body: PostContestReason, act: pausing(false) },
  {
    name: 'cancel',
    summary: 'Ends it without a result.',
    body: PostContestReason,
    act: (deps, { orgId, author }, id, { reason }: Because) =>
      cancelContest(deps, orgId, author, id, reason),
  },
  {
    name: 'reviews',
    summary: 'A word on one event: it counts, or it does not.',
    body: PostContestReview,
    act: (deps, { orgId, author }, id, review: Parameters<typeof reviewEvent>[4]) =>
      reviewEvent(deps, orgId, author, id, review),
  },
  {
    name: 'decision',
    summary: 'Whether a final result stays although something changed.',
    body: PostContestDecision,
    act: (deps, { orgId, author }, id, decision: Parameters<typeof decideContest>[4]) =>
      decideContest(deps, orgId, author, id, decision),
  },
];

/** Each step answers with the contest as it is then. */
export function contestLifeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  for (const { name, summary, body, examples, act } of STEPS) {
    app.post<ById>(
      `/v1/contests/:id/${name}`,
      {
        schema: { tags, summary, ...(body === undefined ? {} : { body }) },
        ...(examples === undefined ? {} : { config: { examples } }),
      },
      async (request) => {
        const caller = await mayOrEnd(sql, request, 'contests:write');
        const { id } = request.params;
        await act(deps, caller, id, (body ? mustBe(body, request.body ?? {}) : {}) as never);
        await caughtUp(sql, caller.orgId);
        return contestById(deps, caller.orgId, caller, id);
      },
    );
  }
  entryRoute(app, deps);
}

/** People leave and come in themselves, where the rules let them; managers for anybody. */
function entryRoute(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.post<ById>(
    '/v1/contests/:id/entry',
    { schema: { tags, summary: 'Leaves a contest, or comes in.', body: PostContestEntry } },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      const { person = caller.personId, in: comesIn } = mustBe(PostContestEntry, request.body);
      const byManager = may(caller, 'contests:write');
      if (person === null) {
        const detail = 'Say which person.';
        throw new ProblemError('refused', detail, [
          { code: 'missing', detail, pointer: '/person' },
        ]);
      }
      if (person !== caller.personId && !byManager) {
        throw new ProblemError('forbidden', 'Only managers enter others.');
      }
      const { id } = request.params;
      const change = { person, in: comesIn, byManager };
      await enterContest(deps, caller.orgId, caller.author, id, change);
      await caughtUp(sql, caller.orgId);
      return contestById(deps, caller.orgId, caller, id);
    },
  );
}
