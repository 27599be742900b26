import { FloorQuery, PostCelebration, type CelebrationAskedAnswer } from '@ovation/protocol';
import { readHead, readLatestEvents, readPeople } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { Floors } from '../floor/floors.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';

/** Somebody is celebrated by hand once in this time: more often it would mean nothing. */
const CELEBRATED_AGAIN_MS = 10 * 60_000;
/** Celebrations by hand that are looked at for it. */
const CELEBRATIONS_READ = 100;

const tags = ['floor'];

/** How everybody does now, and the applause of a manager. */
export function floorRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const floors = new Floors(deps);

  app.get(
    '/v1/floor',
    {
      schema: {
        tags,
        summary: 'Everybody in your charge: values, pace, mix, last event, and who needs a word.',
        querystring: FloorQuery,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'people:read');
      const { period = 'month' } = mustBe(FloorQuery, request.query);
      return floors.of(caller.orgId, period, await readCharge(deps, caller));
    },
  );

  app.post(
    '/v1/celebrations',
    {
      schema: {
        tags,
        summary: 'Has walls celebrate somebody; when and how loud is decided with the wins.',
        body: PostCelebration,
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'announcements:write');
      const { person, occasion } = mustBe(PostCelebration, request.body);
      const { orgId, author } = caller;
      const found = (await readPeople(deps.sql, orgId)).find((one) => one.id === person);
      if (!found) throw new ProblemError('not_found', 'There is no such person.');
      mustBeInCharge(await readCharge(deps, caller), person);
      await mustNotBeAgain(deps, orgId, person);
      await writeSettings(deps, orgId, author, () =>
        Promise.resolve({
          value: undefined,
          events: [{ type: 'celebration.asked', person, occasion } as const],
        }),
      );
      const seq = await readHead(deps.sql, orgId);
      const { id, name, names } = found;
      const answer: CelebrationAskedAnswer = { person: { id, name, names }, seq };
      return reply.code(201).send(answer);
    },
  );
}

async function mustNotBeAgain(deps: IngestDeps, orgId: string, person: string): Promise<void> {
  const since = deps.clock.now() - CELEBRATED_AGAIN_MS;
  const asked = await readLatestEvents(deps.sql, orgId, 'celebration.asked', CELEBRATIONS_READ);
  const again = asked.some(
    (event) =>
      event.type === 'celebration.asked' && event.person === person && event.recordedAt > since,
  );
  if (!again) return;
  const detail = 'This person was celebrated by hand within the last ten minutes.';
  throw new ProblemError('refused', detail, [
    { code: 'celebrated_lately', detail, pointer: '/person' },
  ]);
}
