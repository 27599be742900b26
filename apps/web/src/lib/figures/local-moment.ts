import type { Calendar, Instant } from '@ovation/domain';

const MINUTE_MS = 60_000;

/** `2026-11-24T10:30` on the clock of a zone. */
export function toLocal(instant: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/**
 * The instant at which the clock of a zone shows `2026-11-24T10:30`. Of an hour that comes twice
 * it is the first; of one that does not come, what the clock shows instead.
 */
export function fromLocal(
  text: string,
  timeZone: string,
  calendar: Pick<Calendar, 'startOf'>,
): Instant | undefined {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  const guess = calendar.startOf(found[1]!) + minutes * MINUTE_MS;
  const shown = toLocal(guess, timeZone);
  // A day that changes its clocks is an hour off after the change.
  const off = Date.parse(`${text.slice(0, 16)}Z`) - Date.parse(`${shown}Z`);
  return guess + off;
}
