const DATE = /^(\d{4})[-/](\d{2})[-/](\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** Before it there was no CRM: such a year is a Jalali one, or a slip. */
const YEAR_MIN = 1900;

/** An ISO date (`2026-11-24`, slashes allowed) or an RFC 3339 instant; `undefined` for all else. */
export function readDate(text: string): string | undefined {
  if (INSTANT.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text;
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  if (Number(year) < YEAR_MIN) return undefined;
  const iso = `${year}-${month}-${day}`;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(instant)) return undefined;
  // 30 February parses in some engines: the date must come out as it went in.
  return new Date(instant).toISOString().startsWith(iso) ? iso : undefined;
}
