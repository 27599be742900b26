import { COUNT_SCALE } from '../metric.ts';
import { ONE } from '../measure.ts';
import type { AchievementKind, Ask } from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Target = Extract<AchievementRules, { kind: 'target' }>;

/** So many percent of the own target, rounded down: 99.9 % is not reached. */
export const target: AchievementKind<Target> = {
  window: ({ window }) => window,
  scale: () => COUNT_SCALE,
  amount({ rules, metric, filter, person, reader }: Ask<Target>, window) {
    const asked = reader.target(person, metric.id, rules.window, window.key);
    if (asked === undefined || asked <= 0n) return undefined;
    const { value, reachedAt } = reader.value(metric, filter, person, window);
    if (value === null || value <= 0n) return undefined;
    return { amount: (value * 100n * ONE) / asked, at: reachedAt };
  },
};
