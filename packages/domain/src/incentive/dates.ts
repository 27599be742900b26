/** Dates are counted in days since 1970-01-01, so that stretches are plain subtractions. */
export type Day = number;

/** A half-open stretch of days `[from, to)`. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** Before and after everything that is reckoned with. */
export const FIRST_DAY: Day = -1_000_000;
export const LAST_DAY: Day = 4_000_000;

const FORM = /^(\d{4})-(\d\d)-(\d\d)$/;
const known = new Map<string, Day>();
const KNOWN_MAX = 20_000;

/** The day of an ISO 8601 date; `undefined` for anything else, 30 February included. */
export function dayOf(text: unknown): Day | undefined {
  if (typeof text !== 'string') return undefined;
  const had = known.get(text);
  if (had !== undefined) return had;
  const found = FORM.exec(text);
  if (!found) return undefined;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || date < 1) return undefined;
  const day = daysBefore(year, month) + date - 1;
  const next = month === 12 ? daysBefore(year + 1, 1) : daysBefore(year, month + 1);
  if (day >= next) return undefined;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(text, day);
  return day;
}

/** Days from 1970-01-01 to the first of a month (proleptic Gregorian). */
function daysBefore(year: number, month: number): Day {
  // March is the first month of the reckoning, so that the leap day is the last of a year.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  const days = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
  return era * 146_097 + days - 719_468;
}

/** The ISO 8601 date of a day. */
export function dateText(day: Day): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = years + era * 400 + (month <= 2 ? 1 : 0);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** The days that two stretches share. */
export const shared = (a: Days, b: Days): Days => {
  const from = Math.max(a.from, b.from);
  return { from, to: Math.max(from, Math.min(a.to, b.to)) };
};

export const lengthOf = ({ from, to }: Days): number => to - from;

export const holds = ({ from, to }: Days, day: Day): boolean => day >= from && day < to;

/** How many months begin in a stretch. */
export function monthsBegun({ from, to }: Days): number {
  const ordinal = (day: Day): number => {
    const [year, month, date] = dateText(day).split('-').map(Number) as [number, number, number];
    return year * 12 + month - 1 + (date > 1 ? 1 : 0);
  };
  return from >= to ? 0 : ordinal(to) - ordinal(from);
}
