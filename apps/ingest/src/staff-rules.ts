import { refuse } from '@ovation/domain';
import { isAbove, readPerson, readTeam, reportsTo, type Tx } from '@ovation/store';
import { orRefuse } from './problem.ts';

/** Ends the request unless there is such a team. */
export async function mustKnowTeam(
  tx: Tx,
  orgId: string,
  id: string | null,
  pointer = '/team',
): Promise<void> {
  if (id === null || (await readTeam(tx, orgId, id))) return;
  orRefuse(refuse('unknown_team', 'There is no team with this id.', pointer));
}

/** Ends the request unless there is such a person who does not report to `person` at that time. */
export async function mustBeManager(
  tx: Tx,
  orgId: string,
  { manager, person, at }: { manager: string | null; person: string; at: Date },
): Promise<void> {
  if (manager === null) return;
  if (!(await readPerson(tx, orgId, manager))) {
    orRefuse(refuse('unknown_person', 'There is no person with this id.', '/manager'));
  }
  if (!(await reportsTo(tx, orgId, { manager, person, at }))) return;
  const detail =
    manager === person ? 'Nobody reports to themselves.' : 'This manager reports to them already.';
  orRefuse(refuse('reporting_circle', detail, '/manager'));
}

/** Ends the request if `team` would be below itself. */
export async function mustNotBeAbove(
  tx: Tx,
  orgId: string,
  { parent, team }: { parent: string | null; team: string },
): Promise<void> {
  if (parent === null || !(await isAbove(tx, orgId, { parent, team }))) return;
  orRefuse(refuse('team_circle', 'A team cannot be below itself.', '/parent'));
}
