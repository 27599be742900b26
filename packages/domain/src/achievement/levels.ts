/** Points that each further level takes more than the one before. */
const STEP = 100;

/** A personal level, and how far it is to the next. */
export interface PersonalLevel {
  /** 1, 2, 3, … */
  readonly level: number;
  /** Points at which it begins, and at which the next one does. */
  readonly from: number;
  readonly next: number;
}

/**
 * The level of somebody who earned so many points in all, spent or not: level 2 begins at 100
 * points, 3 at 300, 4 at 600, 5 at 1,000; each takes 100 more than the one before.
 */
export function levelOf(points: number): PersonalLevel {
  let level = 1;
  let from = 0;
  while (points >= from + STEP * level) {
    from += STEP * level;
    level += 1;
  }
  return { level, from, next: from + STEP * level };
}
