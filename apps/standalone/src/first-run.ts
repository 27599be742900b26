import { hashToken, newToken } from '@ovation/host';
import type { SetupRight } from '@ovation/ingest';
import { readHeads, readOrganisation, type Organisation } from '@ovation/store';
import type { House } from './house.ts';

/** The organisations that exist, as the overseer sees them. */
export async function organisations(house: House): Promise<Organisation[]> {
  const heads = await readHeads(house.overseer);
  const all = await Promise.all(heads.map(({ orgId }) => readOrganisation(house.sql, orgId)));
  return all.filter((one) => one !== undefined);
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
