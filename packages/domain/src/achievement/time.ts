import type { Calendar } from '../calendar.ts';
import { COUNT_SCALE } from '../metric.ts';
import { ONE } from '../measure.ts';
import type { Instant } from '../types.ts';
import { creditsOfAsk, type AchievementKind, type Ask } from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Time = Extract<AchievementRules, { kind: 'time' }>;

const MINUTE_MS = 60_000;

/** So many events at a time of day: before nine, after six. */
export const time: AchievementKind<Time> = {
  window: ({ window }) => window,
  scale: () => COUNT_SCALE,
  amount(ask: Ask<Time>, window) {
    const { rules, reader } = ask;
    let count = 0n;
    let at = 0;
    for (const credit of creditsOfAsk(ask, window)) {
      const minute = minuteOf(reader.calendar, credit.at);
      if (minute < rules.hours.from || minute >= rules.hours.to) continue;
      count += ONE;
      at = Math.max(at, credit.at);
    }
    return count === 0n ? undefined : { amount: count, at };
  },
};

/** Minutes since the day began; on the two days a year when clocks change, as it is lived. */
const minuteOf = (calendar: Calendar, at: Instant): number =>
  (at - calendar.windowOf('day', at).from) / MINUTE_MS;
