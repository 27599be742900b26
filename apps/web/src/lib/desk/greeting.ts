import type { Instant } from '@ovation/domain';

const NOON = 12;
const EVENING = 17;
/** Before this hour the day that ended is not over yet. */
const DAWN = 4;

/** How one greets at this hour of the organisation's day. */
export function greetingKey(now: Instant, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  const hour = Number(format.format(now));
  if (hour >= EVENING || hour < DAWN) return 'evening';
  return hour < NOON ? 'morning' : 'afternoon';
}
