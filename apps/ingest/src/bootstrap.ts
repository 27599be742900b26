import { ACTIONS, DEFAULT_SETTINGS, type OrganisationSettings } from '@ovation/domain';
import { hashToken, newId } from '@ovation/host';
import { createOrganisation, createSource, saveApiKey } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { writeSettings } from './settings-writer.ts';

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
