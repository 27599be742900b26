/** The slides of a wall, in the order of their turns. */
export const SLIDE_IDS = ['leaderboard', 'goal', 'teams', 'contest'] as const;
export type SlideId = (typeof SLIDE_IDS)[number];

export const isSlideId = (text: unknown): text is SlideId => SLIDE_IDS.some((id) => id === text);
