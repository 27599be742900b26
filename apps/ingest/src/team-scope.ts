import type { PersonId } from '@ovation/domain';
import { readPeople, readTeams, type PersonRow, type TeamRow } from '@ovation/store';
import type { Caller } from './auth.ts';
import type { IngestDeps } from './deps.ts';
import { ProblemError } from './problem.ts';

/** Whom somebody looks after; `null`: everybody. */
export type Charge = ReadonlySet<PersonId> | null;

/**
 * Owners, keys, and managers who stand outside the teams look after everybody. A manager who
 * belongs to a team looks after its people, those of the teams below it, and whoever reports to
 * them.
 */
export function chargeOf(
  caller: Pick<Caller, 'role' | 'personId'>,
  { people, teams }: { people: readonly PersonRow[]; teams: readonly TeamRow[] },
): Charge {
  if (caller.role !== 'manager' || caller.personId === null) return null;
  const own = people.find((person) => person.id === caller.personId);
  if (!own || own.teamId === null) return null;
  const below = teamsBelow(own.teamId, teams);
  return new Set(
    people
      .filter((one) => below.has(one.teamId ?? '') || one.managerId === own.id)
      .map((one) => one.id),
  );
}

function teamsBelow(top: string, teams: readonly TeamRow[]): Set<string> {
  const found = new Set([top]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const team of teams) if (found.has(team.parentId ?? '')) found.add(team.id);
  }
  return found;
}

/** Whom a caller looks after, read from the rows of now. */
export async function readCharge(deps: IngestDeps, caller: Caller): Promise<Charge> {
  if (caller.role !== 'manager' || caller.personId === null) return null;
  const people = await readPeople(deps.sql, caller.orgId);
  const teams = await readTeams(deps.sql, caller.orgId);
  return chargeOf(caller, { people, teams });
}

export const isInCharge = (charge: Charge, person: PersonId): boolean =>
  charge === null || charge.has(person);

/** Ends the request about somebody of another manager's. */
export function mustBeInCharge(charge: Charge, person: PersonId): void {
  if (isInCharge(charge, person)) return;
  throw new ProblemError('forbidden', 'This person belongs to a team that you do not look after.');
}
