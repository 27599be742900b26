import { metricScale, type AchievementKind, type Ask, type Earned, type Evidence } from './kind.ts';
import type { AchievementRules } from './definition.ts';
import { sum } from './sum.ts';

type Record = Extract<AchievementRules, { kind: 'record' }>;

/** More than in any window before. The first windows of somebody only set the mark. */
export const record: AchievementKind<Record> = {
  window: ({ window }) => window,
  scale: metricScale,
  amount: (ask: Ask<Record>, window) =>
    sum.amount({ ...ask, rules: { ...ask.rules, kind: 'sum' } }, window),
  earned({ definition, rules }, evidence) {
    const [step] = definition.steps;
    if (!step) return [];
    const { level, points } = step;
    return recordsIn(evidence, rules.after).map(({ window, at }): Earned => ({
      level,
      points,
      window: window.key,
      at,
    }));
  },
};

/** The windows that beat all before them. */
function recordsIn(evidence: readonly Evidence[], after: number): Evidence[] {
  let best: bigint | undefined;
  return evidence.filter(({ amount }, index) => {
    const beaten = best !== undefined && amount > best && index >= Math.max(1, after);
    if (best === undefined || amount > best) best = amount;
    return beaten;
  });
}
