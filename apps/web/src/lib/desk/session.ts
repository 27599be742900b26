import type { Viewer } from '@ovation/protocol';
import { ask } from './api.ts';
import { homeOf } from './home.ts';

/** A new session is a new page: nothing of the last reader stays in memory. */
export const enter = (viewer: Viewer): void => location.assign(homeOf(viewer));

export async function signOut(): Promise<void> {
  await ask('DELETE', '/v1/sessions/current');
  location.assign('/sign-in');
}
