import type { Membership } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';
import type { PersonRow, TeamRow } from './directory.ts';

/** Somebody with every team they belonged to, oldest first. */
export interface StaffMember extends PersonRow {
  readonly memberships: readonly Membership[];
}

export interface StaffRows {
  readonly people: readonly StaffMember[];
  readonly teams: readonly TeamRow[];
}

/** Everybody and every team, with dated membership. */
export function readStaff(sql: Sql, orgId: string): Promise<StaffRows> {
  return inOrg(sql, orgId, async (tx) => {
    const people = await tx<PersonRow[]>`
      select person_id as id, name, names, email, team_id, manager_id,
        started_on::text as started_on, active
      from person where org_id = ${orgId} order by name, person_id`;
    const teams = await tx<TeamRow[]>`
      select team_id as id, name, names, parent_id, stripe
      from team where org_id = ${orgId} order by name, team_id`;
    const rows = await tx<{ personId: string; since: Date | null; teamId: string | null }[]>`
      select person_id, nullif(since, '-infinity') as since, team_id
      from membership where org_id = ${orgId} order by person_id, membership.since`;
    const memberships = new Map<string, Membership[]>();
    for (const { personId, since, teamId } of rows) {
      const from = since?.getTime() ?? Number.MIN_SAFE_INTEGER;
      const known = memberships.get(personId);
      if (known) known.push({ from, team: teamId });
      else memberships.set(personId, [{ from, team: teamId }]);
    }
    const since = (person: PersonRow): readonly Membership[] =>
      memberships.get(person.id) ?? [{ from: Number.MIN_SAFE_INTEGER, team: person.teamId }];
    return { people: people.map((one) => ({ ...one, memberships: since(one) })), teams };
  });
}
