import type { Tx } from './connect.ts';

/** From when somebody belongs to a team and reports to whom; `since` null: since ever. */
export interface MembershipRow {
  readonly since: Date | null;
  readonly teamId: string | null;
  readonly managerId: string | null;
}

/** Keeps others from changing people and teams of an organisation until the transaction ends. */
export async function lockStaff(tx: Tx, orgId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`staff/${orgId}`}, 0))`;
}

/** Oldest first. */
export function readMemberships(tx: Tx, orgId: string, personId: string): Promise<MembershipRow[]> {
  return tx<MembershipRow[]>`
    select nullif(since, '-infinity') as since, team_id, manager_id
    from membership
    where org_id = ${orgId} and person_id = ${personId}
    order by membership.since`;
}

export async function saveMembership(
  tx: Tx,
  orgId: string,
  personId: string,
  { since, teamId, managerId }: MembershipRow,
): Promise<void> {
  await tx`
    insert into membership (org_id, person_id, since, team_id, manager_id)
    values (${orgId}, ${personId}, coalesce(${since}::timestamptz, '-infinity'), ${teamId},
      ${managerId})
    on conflict (org_id, person_id, since) do update set
      team_id = excluded.team_id, manager_id = excluded.manager_id`;
}

export async function removeMembership(
  tx: Tx,
  orgId: string,
  personId: string,
  since: Date | null,
): Promise<void> {
  await tx`
    delete from membership
    where org_id = ${orgId} and person_id = ${personId}
      and since = coalesce(${since}::timestamptz, '-infinity')`;
}

/** Whether `person` is among those whom `manager` reports to at an instant, or is `manager`. */
export async function reportsTo(
  tx: Tx,
  orgId: string,
  { manager, person, at }: { manager: string; person: string; at: Date },
): Promise<boolean> {
  const [row] = await tx<{ found: boolean }[]>`
    with recursive line as (
      select ${manager}::text as id, array[]::text[] as seen
      union all
      select (
        select m.manager_id from membership m
        where m.org_id = ${orgId} and m.person_id = line.id and m.since <= ${at}
        order by m.since desc limit 1
      ), line.seen || line.id
      from line
      where line.id is not null and line.id <> all (line.seen)
    )
    select exists (select 1 from line where id = ${person}) as found`;
  return row?.found ?? false;
}

/** Whether `team` is among those above `parent`, or is `parent`. */
export async function isAbove(
  tx: Tx,
  orgId: string,
  { parent, team }: { parent: string; team: string },
): Promise<boolean> {
  const [row] = await tx<{ found: boolean }[]>`
    with recursive line as (
      select ${parent}::text as id, array[]::text[] as seen
      union all
      select (select t.parent_id from team t where t.org_id = ${orgId} and t.team_id = line.id),
        line.seen || line.id
      from line
      where line.id is not null and line.id <> all (line.seen)
    )
    select exists (select 1 from line where id = ${team}) as found`;
  return row?.found ?? false;
}
