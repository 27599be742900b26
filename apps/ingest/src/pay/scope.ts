import { may } from '@ovation/domain';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { readCharge, type Charge } from '../team-scope.ts';
import { fault } from './wire.ts';

/**
 * Whose pay a caller may see: reps their own, managers that of their people and their own, owners
 * and keys everybody's.
 */
export async function payCharge(deps: IngestDeps, caller: Caller): Promise<Charge> {
  if (caller.role === 'rep') return new Set(caller.personId === null ? [] : [caller.personId]);
  const charge = await readCharge(deps, caller);
  if (charge === null || caller.personId === null) return charge;
  return new Set([...charge, caller.personId]);
}

/** Payouts hold everybody's pay: only who looks after everybody deals with them. */
export async function mustAnswerFor(deps: IngestDeps, caller: Caller): Promise<void> {
  if (!may(caller, 'pay:approve') || (await readCharge(deps, caller)) !== null) {
    throw new ProblemError('forbidden', 'Only who looks after everybody pays out.');
  }
}

/** Ends the request of whoever would decide about their own pay. */
export function mustNotBeOwn({ personId }: Pick<Caller, 'personId'>, person: string): void {
  if (personId !== person) return;
  throw fault('own_pay', 'Nobody decides about their own pay: somebody else has to.', '');
}
