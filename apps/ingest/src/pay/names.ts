import type { Named } from '@ovation/protocol';
import { inOrg, readNamesOf, readPeople, readPlans } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';

/** Names of today of people, plans and whoever did something. */
export interface PayNames {
  of(id: string): Named;
  /** `null` for the product itself. */
  by(id: string | null): Named | null;
}

export async function readPayNames(
  deps: IngestDeps,
  orgId: string,
  doers: readonly (string | null)[] = [],
): Promise<PayNames> {
  const people = await readPeople(deps.sql, orgId);
  const plans = await readPlans(deps.sql, orgId);
  const known = new Map<string, Named>(
    [...people, ...plans].map(({ id, name, names }) => [id, { id, name, names }]),
  );
  const ids = [...new Set(doers.filter((id) => id !== null))];
  const others = await inOrg(deps.sql, orgId, (tx) => readNamesOf(tx, orgId, ids));
  const of = (id: string): Named => known.get(id) ?? { id, name: others.get(id) ?? id };
  const by = (id: string | null) => (id === null || !others.has(id) ? null : of(id));
  return { of, by };
}
