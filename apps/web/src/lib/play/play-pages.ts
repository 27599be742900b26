import type { WaitingAnswer } from '@ovation/protocol';
import type { IconName } from '$lib/desk/icons.ts';

/** What a rep has besides their own numbers. */
export const PLAY_PAGES = [
  { href: '/me/earnings', icon: 'coins', key: 'earnings' },
  { href: '/me/feed', icon: 'talk', key: 'feed' },
  { href: '/me/badges', icon: 'star', key: 'badges' },
  { href: '/me/wallet', icon: 'wallet', key: 'wallet', waits: 'wishes' },
  { href: '/me/duels', icon: 'duel', key: 'duels', waits: 'challenges' },
  { href: '/me/contests', icon: 'cup', key: 'contests' },
] as const satisfies readonly PlayPage[];

interface PlayPage {
  readonly href: string;
  readonly icon: IconName;
  readonly key: string;
  /** What of it may wait for somebody. */
  readonly waits?: keyof WaitingAnswer;
}
