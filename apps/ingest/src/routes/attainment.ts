import { may, type TargetScope } from '@ovation/domain';
import { AttainmentQuery } from '@ovation/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Book } from '../figures/book.ts';
import { mustKnowMetric } from '../history/metrics.ts';
import type { Subject } from '../history/values.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { checkEntity, entitiesOf } from '../targets.ts';
import { attainment, mustBeAnyPeriod } from '../targets/attainment.ts';
import { mustBe } from './body.ts';
import { caughtUp, mustBeInstant } from './boards.ts';

/** Where somebody stands: for themselves, and for teams and the organisation for everybody. */
export function attainmentRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: AttainmentQuery }>(
    '/v1/attainment',
    {
      schema: {
        tags: ['attainment'],
        summary: 'Value, target, pace and projection of somebody in one window.',
        querystring: AttainmentQuery,
      },
    },
    async (request: FastifyRequest) => {
      const caller = await mayOrEnd(deps.sql, request, 'boards:read');
      const query = mustBe(AttainmentQuery, request.query);
      const subject = mustSee(caller, query);
      await caughtUp(deps.sql, caller.orgId);
      const known = await mustKnowMetric(deps, caller.orgId, query.metric ?? 'revenue');
      mustBeThere(known.book, subject);
      return attainment({
        known,
        ...subject,
        period: mustBeAnyPeriod(query.period ?? 'month'),
        at: query.at === undefined ? deps.clock.now() : mustBeInstant(query.at, 'at'),
        pace: query.pace ?? 'working_days',
        // Pay never goes to a wall.
        consequences: caller.role !== 'screen',
      });
    },
  );
}

/**
 * Whose figures are asked for. Somebody else's own are for those who may read people; a rep
 * without a subject means themselves.
 */
export function mustSee(
  caller: Caller,
  asked: { readonly scope?: TargetScope; readonly entity?: string },
): Subject {
  const own = asked.entity === undefined && asked.scope === 'person' ? caller.personId : null;
  const entity = asked.entity ?? own;
  const scope = asked.scope ?? (entity === null ? 'organisation' : 'person');
  if (scope === 'person' && entity !== caller.personId && !may(caller, 'people:read')) {
    throw new ProblemError(
      'forbidden',
      'These are somebody else\'s figures: this needs "people:read".',
    );
  }
  return { scope, entity };
}

/** The person or team is there, or the request ends. */
export function mustBeThere(book: Book, { scope, entity }: Subject): void {
  orRefuse(checkEntity(entitiesOf(book), scope, entity));
}
