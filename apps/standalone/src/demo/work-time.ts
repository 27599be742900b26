import { createCalendar, type Instant, type OrganisationSettings } from '@ovation/domain';
import type { Random } from './random.ts';

/** A day on which the floor works. */
export interface FloorDay {
  readonly from: Instant;
  readonly to: Instant;
  /** 1 a full day, 0.5 a half one. */
  readonly weight: number;
  /** Working days until the month ends: 0 on its last one. */
  readonly toMonthEnd: number;
  /** Working days since the month began. */
  readonly intoMonth: number;
}

/** The working days that overlap `[from, to)`, in order, in the organisation's own months. */
export function floorDays(from: Instant, to: Instant, settings: OrganisationSettings): FloorDay[] {
  const calendar = createCalendar(settings);
  const days: FloorDay[] = [];
  for (let at = from; at < to;) {
    const month = calendar.windowOf('month', at);
    const inMonth = calendar.workDays(month);
    for (const [index, day] of inMonth.entries()) {
      if (day.to <= from || day.from >= to) continue;
      days.push({ ...day, intoMonth: index, toMonthEnd: inMonth.length - 1 - index });
    }
    at = month.to;
  }
  return days;
}

/** The index of the first day that ends after the instant; the length where there is none. */
export function dayAtOrAfter(days: readonly FloorDay[], instant: Instant): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle]?.to ?? Infinity) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How busy the floor is at each tenth of the day: a slow start, a dip for lunch, a last push. */
const BUSY = [0.45, 0.85, 1, 0.95, 0.35, 0.4, 0.85, 1, 0.95, 0.6];

/** An instant of the day, likelier when the floor is busy. */
export function momentOf(random: Random, day: FloorDay): Instant {
  const tenth = random.weighted([...BUSY.keys()], (index) => BUSY[index] ?? 0);
  const share = (tenth + random.next()) / BUSY.length;
  // Whole seconds: no CRM knows better.
  return Math.round((day.from + share * (day.to - day.from)) / 1_000) * 1_000;
}

/** More is closed as the month runs out, and little on its first days. */
export function monthRush(day: FloorDay): number {
  if (day.toMonthEnd < 2) return 2;
  if (day.toMonthEnd < 5) return 1.35;
  return day.intoMonth < 3 ? 0.7 : 0.95;
}
