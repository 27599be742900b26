import { DEFAULT_SETTINGS, type OrganisationSettings, ACTIONS } from '@ovation/domain';
import { hashToken, newId, newToken } from '@ovation/host';
import {
  createOrganisation,
  createSource,
  readHeads,
  readOrganisation,
  saveApiKey,
  type Organisation,
} from '@ovation/store';
import { writeSettings, type IngestDeps, type SetupRight } from '@ovation/ingest';
import type { House } from './house.ts';

/** The organisations that exist, as the overseer sees them. */
export async function organisations(house: House): Promise<Organisation[]> {
  const heads = await readHeads(house.overseer);
  const all = await Promise.all(heads.map(({ orgId }) => readOrganisation(house.sql, orgId)));
  return all.filter((one) => one !== undefined);
}

/** Creates an organisation whose first API key is `key`, with every scope. */
export async function bootstrap(
  deps: IngestDeps,
  options: { name: string; key: string; demo: boolean; settings?: OrganisationSettings },
): Promise<{ orgId: string; sourceId: string }> {
  const orgId = newId('org');
  const sourceId = newId('src');
  const { name, key, demo, settings = DEFAULT_SETTINGS } = options;
  await writeSettings(deps, orgId, { kind: 'system', id: 'bootstrap' }, async (tx) => {
    await createOrganisation(tx, { id: orgId, name, settings, demo });
    await createSource(tx, orgId, { id: sourceId, name: 'First key', kind: 'key' });
    await saveApiKey(tx, {
      orgId,
      sourceId,
      keyId: newId('key'),
      scopes: [...ACTIONS],
      prefix: key.slice(0, 8),
      keyHash: hashToken(key),
      name: 'First key',
    });
    return { value: undefined, events: [{ type: 'organisation.changed', settings }] };
  });
  return { orgId, sourceId };
}

export const newApiKey = (): string => newToken('ovk');

/** The right behind a one-time link; only its hash is kept. */
export function setupRight(token: string): SetupRight {
  let hash: string | undefined = hashToken(token);
  return {
    valid: (given) => hash !== undefined && hashToken(given) === hash,
    use: () => {
      hash = undefined;
    },
  };
}
