import type { Clock, Lifecycle } from '@ovation/host';
import type { DataFolder } from './data-folder.ts';
import type { House } from './house.ts';
import { bootstrap } from './first-run.ts';

export interface DemoFloor {
  readonly key: string;
  readonly password: string;
  readonly accounts: readonly { role: string; email: string }[];
}

export async function createDemo(
  house: House,
  folder: DataFolder,
  key: string,
  clock: Clock,
  lifecycle: Lifecycle,
): Promise<DemoFloor> {
  const { orgId } = await bootstrap(house.deps, { name: 'Ovation Demo', key, demo: true });
  return continueDemo(house, folder, orgId, clock, lifecycle);
}

export async function continueDemo(
  _house: House,
  folder: DataFolder,
  _orgId: string,
  _clock: Clock,
  _lifecycle: Lifecycle,
): Promise<DemoFloor> {
  return { key: (await folder.read('api-key'))!, password: '', accounts: [] };
}
