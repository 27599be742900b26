import { COUNT_SCALE } from '../metric.ts';
import { ONE } from '../measure.ts';
import { EVERYBODY } from '../floor.ts';
import type { AchievementKind, Ask, Earned } from './kind.ts';
import type { AchievementRules } from './definition.ts';

type First = Extract<AchievementRules, { kind: 'first' }>;

/** The very first event of one's own, or the first of everybody in a window. */
export const first: AchievementKind<First> = {
  shared: true,
  window: ({ of, window }) => (of === 'own' ? 'all' : window),
  scale: () => COUNT_SCALE,
  amount({ rules, metric, filter, person, reader }: Ask<First>, window) {
    const whose = rules.of === 'own' ? person : EVERYBODY;
    let leader: { person: string; at: number } | undefined;
    for (const part of reader.parts(metric, filter, whose, window)) {
      for (const credit of part) {
        if (leader === undefined || credit.at < leader.at) leader = credit;
        break;
      }
    }
    return leader?.person === person ? { amount: ONE, at: leader.at } : undefined;
  },
  earned: ({ definition: { steps } }, evidence) =>
    steps
      .slice(0, 1)
      .flatMap(({ level, points }) =>
        evidence.map(({ window, at }): Earned => ({ level, points, window: window.key, at })),
      ),
};
