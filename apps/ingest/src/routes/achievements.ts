import { ACHIEVEMENT_TEMPLATES, may } from '@ovation/domain';
import { PostAchievement, PostAchievementPreview } from '@ovation/protocol';
import { inOrg, readPerson } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { badgesOfPerson } from '../achievements/person.ts';
import { previewAchievement } from '../achievements/preview.ts';
import {
  achievementAnswers,
  addAchievement,
  changeAchievement,
  removeAchievement,
} from '../achievements/settings.ts';
import { bodyFrom } from '../achievements/wire.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['achievements'], summary });

const CLOSER = {
  name: 'Closer of the month',
  names: { fa: 'فروشندهٔ پرکار ماه' },
  description: 'Many deals won in one month.',
  definition: {
    icon: 'trophy',
    rules: { kind: 'sum', metric: 'deals', window: 'month' },
    steps: [
      { level: 'bronze', at: '5', points: 20 },
      { level: 'silver', at: '10', points: 40 },
    ],
    repeat: 'window',
  },
};
const examples = (status: number) => ({
  examples: { closer: { summary: 'Deals of a month', body: CLOSER, status } },
});

/** Badges as data: what there is, who would have it, and who has what. */
export function achievementRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.get('/v1/achievements', { schema: about('The badges there are.') }, async (request) => {
    const { orgId } = await mayOrEnd(sql, request, 'boards:read');
    return { achievements: await achievementAnswers(deps, orgId) };
  });

  app.get(
    '/v1/achievements/templates',
    { schema: about('Badges to begin with.') },
    async (request) => {
      await mayOrEnd(sql, request, 'achievements:write');
      const templates = ACHIEVEMENT_TEMPLATES.map(({ definition, ...words }) => ({
        ...words,
        definition: bodyFrom(definition),
      }));
      return { templates };
    },
  );

  app.get<ById>(
    '/v1/people/:id/badges',
    { schema: about('Somebody’s badges, level, records and rows of days.') },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      const { id } = request.params;
      if (id !== caller.personId && !may(caller, 'people:read')) {
        const detail = 'These are somebody else\'s figures: this needs "people:read".';
        throw new ProblemError('forbidden', detail);
      }
      await caughtUp(sql, caller.orgId);
      const person = await inOrg(sql, caller.orgId, (tx) => readPerson(tx, caller.orgId, id));
      if (!person) throw new ProblemError('not_found', 'There is no person with this id.');
      const { name, names } = person;
      return badgesOfPerson(deps, caller.orgId, { id, name, names });
    },
  );
  writeRoutes(app, deps);
}

function writeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post(
    '/v1/achievements',
    {
      schema: { ...about('Defines a badge; who has earned it gets it.'), body: PostAchievement },
      config: examples(201),
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'achievements:write');
      const draft = mustBe(PostAchievement, request.body);
      return reply.code(201).send(await addAchievement(deps, orgId, author, draft));
    },
  );

  app.post(
    '/v1/achievements/preview',
    {
      schema: { ...about('Who would have a badge by these rules.'), body: PostAchievementPreview },
      config: {
        examples: { closer: { summary: 'A draft', body: { definition: CLOSER.definition } } },
      },
    },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'achievements:write');
      const draft = mustBe(PostAchievementPreview, request.body);
      await caughtUp(deps.sql, orgId);
      return previewAchievement(deps, orgId, draft);
    },
  );

  app.put<ById>(
    '/v1/achievements/:id',
    {
      schema: {
        ...about('Changes a badge; what was earned follows the new rules.'),
        body: PostAchievement,
      },
      config: examples(200),
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'achievements:write');
      const draft = mustBe(PostAchievement, request.body);
      return changeAchievement(deps, orgId, author, request.params.id, draft);
    },
  );

  app.delete<ById>(
    '/v1/achievements/:id',
    { schema: about('Takes a badge away, and its points from whoever has it.') },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'achievements:write');
      await removeAchievement(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}
