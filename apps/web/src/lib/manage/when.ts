import { clock, dateTime, longDate, type FormatLocale } from '$lib/format/index.ts';

/** Today only the time, else date and time. */
export function moment(iso: string, place: FormatLocale, now: number): string {
  const instant = Date.parse(iso);
  const today = longDate(instant, place) === longDate(now, place);
  return today ? clock(instant, place) : dateTime(instant, place);
}
