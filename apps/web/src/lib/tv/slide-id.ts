/** The slides of a wall, in the order of their turns. */
export const SLIDE_IDS = ['leaderboard', 'goal', 'teams', 'contest'] as const;
export type SlideId = (typeof SLIDE_IDS)[number];

/** A slide, or one of the things that it shows: `goal`, `contest:con_…`. */
export const isTurnId = (text: string | null): text is string =>
  SLIDE_IDS.some((id) => text === id || text?.startsWith(`${id}:`));
