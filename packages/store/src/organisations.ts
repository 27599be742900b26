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
