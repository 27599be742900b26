import { localNow } from '$lib/live/local-time.ts';
import { isTurnId } from '$lib/tv/slide-id.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
  const pinned = url.searchParams.get('slide');
  return { renderedAt: localNow(), pinned: isTurnId(pinned) ? pinned : null };
};
