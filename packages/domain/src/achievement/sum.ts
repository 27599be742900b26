import { metricScale, type AchievementKind, type Ask } from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Sum = Extract<AchievementRules, { kind: 'sum' }>;

/** So much of a metric in a window. */
export const sum: AchievementKind<Sum> = {
  window: ({ window }) => window,
  scale: metricScale,
  amount({ metric, filter, person, reader }: Ask<Sum>, window) {
    const { value, reachedAt } = reader.value(metric, filter, person, window);
    return value === null || value <= 0n ? undefined : { amount: value, at: reachedAt };
  },
};
