import { inOrg, type Sql, type Tx } from './connect.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly email: string | null;
  readonly teamId: string | null;
  /** Whom they report to. */
  readonly managerId: string | null;
  /** ISO date. */
  readonly startedOn: string | null;
  readonly active: boolean;
}

export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly parentId: string | null;
  readonly stripe: number;
}

export async function readPeople(sql: Sql, orgId: string): Promise<PersonRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<PersonRow[]>`
      select person_id as id, name, names, email, team_id, manager_id,
        started_on::text as started_on, active
      from person where org_id = ${orgId}
      order by name, person_id`,
  );
}

export async function readPerson(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<PersonRow | undefined> {
  const [row] = await tx<PersonRow[]>`
    select person_id as id, name, names, email, team_id, manager_id,
      started_on::text as started_on, active
    from person where org_id = ${orgId} and person_id = ${id}`;
  return row;
}

export async function readTeam(tx: Tx, orgId: string, id: string): Promise<TeamRow | undefined> {
  const [row] = await tx<TeamRow[]>`
    select team_id as id, name, names, parent_id, stripe
    from team where org_id = ${orgId} and team_id = ${id}`;
  return row;
}

export async function readTeams(sql: Sql, orgId: string): Promise<TeamRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<TeamRow[]>`
      select team_id as id, name, names, parent_id, stripe
      from team where org_id = ${orgId}
      order by name, team_id`,
  );
}

/** Writes the person's current row. Call in the transaction that logs the change. */
export async function savePerson(tx: Tx, orgId: string, person: PersonRow): Promise<void> {
  await tx`
    insert into person
      (org_id, person_id, name, names, email, team_id, manager_id, started_on, active)
    values (${orgId}, ${person.id}, ${person.name}, ${tx.json(person.names as never)},
      ${person.email}, ${person.teamId}, ${person.managerId}, ${person.startedOn}::text::date,
      ${person.active})
    on conflict (org_id, person_id) do update set
      name = excluded.name, names = excluded.names, email = excluded.email,
      team_id = excluded.team_id, manager_id = excluded.manager_id,
      started_on = excluded.started_on, active = excluded.active`;
}

/** Writes the team's current row; a new team gets the next of six stripe colours. */
export async function saveTeam(
  tx: Tx,
  orgId: string,
  team: Omit<TeamRow, 'stripe'>,
): Promise<void> {
  await tx`
    insert into team (org_id, team_id, name, names, parent_id, stripe)
    values (${orgId}, ${team.id}, ${team.name}, ${tx.json(team.names as never)}, ${team.parentId},
      (select 1 + count(*) % 6 from team where org_id = ${orgId} and parent_id is not distinct from ${team.parentId}))
    on conflict (org_id, team_id) do update set
      name = excluded.name, names = excluded.names, parent_id = excluded.parent_id`;
}

/** Any source may call somebody by these: e-mail and name. */
export const ANY_SOURCE = '*';

/** Lets a source's word for somebody mean this person. */
export async function saveAlias(
  tx: Tx,
  orgId: string,
  sourceId: string,
  alias: string,
  personId: string,
): Promise<void> {
  await tx`
    insert into alias (org_id, source_id, alias, subject_id, matched)
    values (${orgId}, ${sourceId}, ${alias}, ${personId}, true)
    on conflict (org_id, source_id, alias) do nothing`;
}

/**
 * Who a source's words mean. A word nobody knows is kept as an unmatched subject under `newId()`,
 * so that what it did is in the log and can be credited when somebody is matched to it.
 */
export async function resolveAliases(
  sql: Sql,
  orgId: string,
  sourceId: string,
  aliases: readonly string[],
  newId: () => string,
): Promise<Map<string, string>> {
  if (aliases.length === 0) return new Map();
  return inOrg(sql, orgId, async (tx) => {
    const known = await readSubjects(tx, orgId, sourceId, aliases);
    const missing = aliases.filter((alias) => !known.has(alias));
    if (missing.length === 0) return known;
    await tx`
      insert into alias (org_id, source_id, alias, subject_id, matched)
      select ${orgId}, ${sourceId}, a.alias, a.subject_id, false
      from unnest(${missing}::text[], ${missing.map(newId)}::text[]) as a (alias, subject_id)
      on conflict (org_id, source_id, alias) do nothing`;
    return readSubjects(tx, orgId, sourceId, aliases);
  });
}

async function readSubjects(
  tx: Tx,
  orgId: string,
  sourceId: string,
  aliases: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx<{ alias: string; subjectId: string }[]>`
    select alias, subject_id
    from alias
    where org_id = ${orgId}
      and source_id = any (${[sourceId, ANY_SOURCE]}::text[])
      and alias = any (${aliases as string[]}::text[])
    order by source_id = ${ANY_SOURCE} desc`;
  // A source's own word comes last and so wins over the general one.
  return new Map(rows.map((row) => [row.alias, row.subjectId]));
}
