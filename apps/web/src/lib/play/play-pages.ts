import type { IconName } from '$lib/desk/icons.ts';

/** What a rep has besides their own numbers. */
export const PLAY_PAGES = [
  { href: '/me/earnings', icon: 'coins', key: 'earnings' },
  { href: '/me/feed', icon: 'talk', key: 'feed' },
  { href: '/me/badges', icon: 'star', key: 'badges' },
  { href: '/me/wallet', icon: 'wallet', key: 'wallet' },
  { href: '/me/duels', icon: 'duel', key: 'duels' },
  { href: '/me/contests', icon: 'cup', key: 'contests' },
] as const satisfies readonly { href: string; icon: IconName; key: string }[];
