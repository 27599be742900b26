import { creditsOfAsk, metricScale, type AchievementKind, type Amount, type Ask } from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Event = Extract<AchievementRules, { kind: 'event' }>;

/** One event of at least so much: the largest of the window speaks for it. */
export const event: AchievementKind<Event> = {
  window: ({ window }) => window,
  scale: metricScale,
  amount(ask: Ask<Event>, window) {
    let best: Amount | undefined;
    for (const { value, at } of creditsOfAsk(ask, window)) {
      if (value > (best?.amount ?? 0n)) best = { amount: value, at };
    }
    return best;
  },
};
