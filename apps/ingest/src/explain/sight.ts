import { may, type Instant, type PersonId } from '@ovation/domain';
import type { FastifyRequest } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Book } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import type { Asked } from './asked.ts';

/** Whose number is asked for. */
export type Subject = Pick<Asked, 'of' | 'entity'>;

/**
 * Who may have numbers explained. Owners, managers and machines that may read boards and people
 * see every event. A rep sees what they have themselves, and of plain boards what their teams and
 * the organisation have together, of which only their own events are named. Screens ask nothing.
 */
export async function mayAsk(deps: IngestDeps, request: FastifyRequest): Promise<Caller> {
  const caller = await mayOrEnd(deps.sql, request, 'boards:read');
  if (caller.role === 'rep') return caller;
  if (may(caller, 'people:read')) return caller;
  throw new ProblemError('forbidden', 'This needs the right "people:read".');
}

/** Whose single events the caller may be told; `null` is everybody's. */
export const onlyOf = (caller: Caller): PersonId | null =>
  caller.role === 'rep' ? (caller.personId ?? '') : null;

/** Ends the request of a rep who asks about others. `shown`: the board shows them this row. */
export function mustSee(
  caller: Caller,
  book: Book,
  { of, entity }: Subject,
  { at, plain, shown }: { readonly at: Instant; readonly plain: boolean; readonly shown: boolean },
): void {
  if (caller.role !== 'rep') return;
  if (of === 'people') {
    if (entity === caller.personId) return;
    throw new ProblemError('forbidden', 'This is somebody else’s: it needs "people:read".');
  }
  if (plain && (of === 'everybody' || shown || belongsTo(book, caller.personId, entity, at)))
    return;
  const detail = plain
    ? 'This is another team’s: it needs "people:read".'
    : 'What a board with a filter adds up to needs "people:read".';
  throw new ProblemError('forbidden', detail);
}

function belongsTo(book: Book, personId: PersonId | null, team: string, at: Instant): boolean {
  const person = book.people.find((one) => one.id === personId);
  const own = person?.memberships.findLast((one) => one.from <= at)?.team ?? null;
  return book.lines.some(([below, above]) => below === own && above === team);
}
