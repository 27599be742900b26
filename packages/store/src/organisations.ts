import type { OrganisationSettings } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly settings: OrganisationSettings;
  readonly demo: boolean;
}

/** Creates an organisation with its log and its own entries' source. Call inside `inOrg`. */
export async function createOrganisation(tx: Tx, organisation: Organisation): Promise<void> {
  const { id, name, settings, demo } = organisation;
  await tx`
    insert into organisation (org_id, name, settings, demo)
    values (${id}, ${name}, ${tx.json(settings as never)}, ${demo})`;
  await tx`insert into log_head (org_id) values (${id})`;
  await createSource(tx, id, { id: SETTINGS_SOURCE, name: 'Ovation', kind: 'settings' });
}

/** Where settings and manual entries come from. */
export const SETTINGS_SOURCE = 'src_ovation';

export async function createSource(
  tx: Tx,
  orgId: string,
  source: { id: string; name: string; kind: string },
): Promise<void> {
  await tx`
    insert into source (org_id, source_id, name, kind)
    values (${orgId}, ${source.id}, ${source.name}, ${source.kind})
    on conflict do nothing`;
}

export async function readOrganisation(sql: Sql, orgId: string): Promise<Organisation | undefined> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ orgId: string; name: string; settings: OrganisationSettings; demo: boolean }[]>`
      select org_id, name, settings, demo from organisation where org_id = ${orgId}`,
  );
  return row && { id: row.orgId, name: row.name, settings: row.settings, demo: row.demo };
}

/** The organisation, kept from change by others until the transaction ends. */
export async function lockOrganisation(tx: Tx, orgId: string): Promise<Organisation> {
  const [row] = await tx<(Omit<Organisation, 'id'> & { orgId: string })[]>`
    select org_id, name, settings, demo from organisation where org_id = ${orgId} for update`;
  if (!row) throw new Error(`unknown organisation: ${orgId}`);
  const { name, settings, demo } = row;
  return { id: row.orgId, name, settings, demo };
}

export async function saveOrganisation(
  tx: Tx,
  { id, name, settings }: Omit<Organisation, 'demo'>,
): Promise<void> {
  await tx`
    update organisation set name = ${name}, settings = ${tx.json(settings as never)}
    where org_id = ${id}`;
}

/** Whether something is counted in the organisation's currency: facts, targets or rates. */
export async function hasFigures(tx: Tx, orgId: string): Promise<boolean> {
  const [row] = await tx<{ found: boolean }[]>`
    select
      exists (select 1 from event where org_id = ${orgId} and source_id <> ${SETTINGS_SOURCE})
      or exists (select 1 from target where org_id = ${orgId})
      or exists (select 1 from currency_rate where org_id = ${orgId}) as found`;
  return row?.found ?? false;
}
