import { PatchTeam, PostTeam, TeamShown } from '@ovation/protocol';
import { readTeams } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { addTeam, changeTeam } from '../teams.ts';
import { mustBe } from './body.ts';

const TEAMS = { tags: ['teams'], summary: 'All teams.' };
const ADD_TEAM = {
  schema: {
    tags: ['teams'],
    summary: 'Adds a team.',
    body: PostTeam,
    response: { 201: TeamShown },
  },
  config: {
    examples: { team: { summary: 'A team at the top', body: { name: 'Central' } } },
  },
};
const CHANGE_TEAM = {
  schema: {
    tags: ['teams'],
    summary: 'Renames a team or hangs it below another.',
    body: PatchTeam,
    response: { 200: TeamShown },
  },
};

export function teamRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get('/v1/teams', { schema: TEAMS }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
    const teams = await readTeams(deps.sql, orgId);
    return {
      teams: teams.map(({ id, name, names, parentId, stripe }) => ({
        id,
        name,
        names,
        parent: parentId,
        stripe,
      })),
    };
  });

  app.post('/v1/teams', ADD_TEAM, async (request, reply) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
    const team = await addTeam(deps, orgId, author, mustBe(PostTeam, request.body));
    door.rules.forget(orgId);
    const { id, name, names, parentId } = team;
    return reply.code(201).send({ id, name, names, parent: parentId });
  });

  app.patch<{ Params: { id: string } }>('/v1/teams/:id', CHANGE_TEAM, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
    const input = mustBe(PatchTeam, request.body);
    const team = await changeTeam(deps, orgId, author, request.params.id, input);
    door.rules.forget(orgId);
    const { id, name, names, parentId } = team;
    return { id, name, names, parent: parentId };
  });
}
