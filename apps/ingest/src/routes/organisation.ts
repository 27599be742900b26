import { PatchOrganisation, type OrganisationAnswer } from '@ovation/protocol';
import { hasFigures, inOrg, readOrganisation } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { changeOrganisation } from '../organisation.ts';
import { mustBe } from './body.ts';

/** An organisation's own rules. */
export function organisationRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  const answer = async (orgId: string): Promise<OrganisationAnswer> => {
    const found = (await readOrganisation(deps.sql, orgId))!;
    const fixed = await inOrg(deps.sql, orgId, (tx) => hasFigures(tx, orgId));
    const { id, name, settings } = found;
    return { id, name, settings, currencyOpen: !fixed };
  };

  app.get(
    '/v1/organisation',
    { schema: { tags: ['settings'], summary: "The organisation's own rules." } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'settings:write');
      return answer(orgId);
    },
  );

  app.patch(
    '/v1/organisation',
    {
      schema: {
        tags: ['settings'],
        summary: 'Changes the rules that are named; the others stay as they are.',
        body: PatchOrganisation,
      },
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'settings:write');
      await changeOrganisation(deps, orgId, author, mustBe(PatchOrganisation, request.body));
      door.rules.forget(orgId);
      return answer(orgId);
    },
  );
}
