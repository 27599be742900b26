import type { BadgeIcon, BadgeLevel } from '@ovation/domain';
import type { Reaction } from '@ovation/protocol';
import type { IconName } from '$lib/desk/icons.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';

/** How badges, categories and rewards are drawn. */
export const BADGE_PICTURES: Readonly<Record<BadgeIcon, IconName>> = {
  star: 'star',
  trophy: 'cup',
  flame: 'flame',
  bolt: 'bolt',
  rocket: 'rocket',
  target: 'target',
  phone: 'phone',
  handshake: 'handshake',
  sunrise: 'sunrise',
  crown: 'crown',
  people: 'people',
  gem: 'gem',
};

const LEVELS = { bronze: 'levelBronze', silver: 'levelSilver', gold: 'levelGold' } as const;

/** The word for a step; a badge without steps has none. */
export const levelWord = (level: BadgeLevel, tr: DeskTranslator): string | null =>
  level === 'plain' ? null : tr.t(LEVELS[level]);

/** How reactions are drawn and called. */
export const REACTION_LOOKS = {
  like: { icon: 'like', key: 'reactLike' },
  heart: { icon: 'heart', key: 'reactHeart' },
  fire: { icon: 'flame', key: 'reactFire' },
  star: { icon: 'star', key: 'reactStar' },
  wow: { icon: 'wow', key: 'reactWow' },
  laugh: { icon: 'laugh', key: 'reactLaugh' },
} as const satisfies Readonly<Record<Reaction, { icon: IconName; key: string }>>;
