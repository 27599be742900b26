import { parseInstant } from '@ovation/domain';
import { PatchMembership, type MembershipAnswer } from '@ovation/protocol';
import { inOrg, readMemberships, readPerson, type MembershipRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { dropMembership, mendMembership, sinceOf } from '../memberships.ts';
import { isDate } from '../organisation.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';

interface ByPerson {
  Params: { id: string };
}
interface BySince {
  Params: { id: string; since: string };
}

/** In addresses, where somebody belongs "since ever". */
const EVER = 'ever';

/** To which teams somebody belonged and to whom they reported, and since when. */
export function membershipRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const tags = ['people'];

  app.get<ByPerson>(
    '/v1/people/:id/memberships',
    { schema: { tags, summary: 'Teams and managers of a person, oldest first.' } },
    async (request): Promise<{ memberships: MembershipAnswer[] }> => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
      const rows = await inOrg(deps.sql, orgId, async (tx) => {
        const person = await readPerson(tx, orgId, request.params.id);
        if (!person) throw new ProblemError('not_found', 'Nobody has this id.');
        return readMemberships(tx, orgId, person.id);
      });
      return { memberships: rows.map(shown) };
    },
  );

  app.patch<BySince>(
    '/v1/people/:id/memberships/:since',
    {
      schema: {
        tags,
        summary: 'Mends what was so from a moment on (`ever`, a date or the instant listed).',
        body: PatchMembership,
      },
    },
    async (request): Promise<{ memberships: MembershipAnswer[] }> => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
      const patch = mustBe(PatchMembership, request.body);
      const since = await momentOf(deps, orgId, request.params.since);
      const of = { person: request.params.id, since };
      const rows = await mendMembership(deps, orgId, author, of, patch);
      return { memberships: rows.map(shown) };
    },
  );

  app.delete<BySince>(
    '/v1/people/:id/memberships/:since',
    { schema: { tags, summary: 'Takes a change out of the history: the one before it goes on.' } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
      const since = await momentOf(deps, orgId, request.params.since);
      await dropMembership(deps, orgId, author, { person: request.params.id, since });
      return reply.code(204).send();
    },
  );
}

async function momentOf(deps: IngestDeps, orgId: string, text: string): Promise<Date | null> {
  if (text === EVER) return null;
  if (isDate(text)) return sinceOf(deps, orgId, text);
  const at = parseInstant(text);
  if (at !== undefined) return new Date(at);
  const detail = 'Say since when: "ever", a date, or the instant as it is listed.';
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer: '' }]);
}

const shown = ({ since, teamId, managerId }: MembershipRow): MembershipAnswer => ({
  since: since?.toISOString() ?? null,
  team: teamId,
  manager: managerId,
});
