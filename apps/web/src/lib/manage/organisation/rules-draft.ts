import {
  currencyExponent,
  formatScaled,
  moneyUnitOf,
  type ApprovalPolicy,
  type ClosingPolicy,
  type MoneyUnit,
  type OrganisationSettings,
} from '@ovation/domain';
import { typedNumber } from '../../desk/typed-number.ts';

export type Closing = 'never' | ClosingPolicy['period'];

/** The rules as a form holds them; what is typed stays text until it is saved. */
export interface RulesDraft {
  name: string;
  currency: string;
  /** In which unit money is shown; empty: in the currency itself. */
  moneyUnit: MoneyUnit | '';
  language: 'en' | 'fa';
  /** Decimal in the organisation's currency. */
  takeoverFrom: string;
  timeZone: string;
  calendar: 'gregorian' | 'jalali';
  weekStart: string;
  fiscalStart: string;
  workdays: number[];
  opens: string;
  closes: string;
  holidays: string[];
  closing: Closing;
  graceDays: string;
  late: ClosingPolicy['late'];
  approval: ApprovalPolicy['needs'];
  /** Decimal in the organisation's currency; empty: every deal waits. */
  approvalAbove: string;
}

const HOUR_MIN = 60;
const DAY_MIN = 1_440;
const GRACE_DAYS_MAX = 366;

export function draftOf(name: string, rules: OrganisationSettings): RulesDraft {
  const exponent = currencyExponent(rules.currency) ?? 2;
  const above = rules.approval?.above ?? null;
  return {
    name,
    currency: rules.currency,
    moneyUnit: rules.moneyUnit ?? '',
    language: rules.language,
    takeoverFrom: amountOf(rules.takeoverFrom, exponent),
    timeZone: rules.timeZone,
    calendar: rules.calendar,
    weekStart: String(rules.weekStart),
    fiscalStart: String(rules.fiscalStart),
    workdays: [...rules.workdays],
    opens: clockOf(rules.workHours[0]),
    closes: clockOf(rules.workHours[1]),
    holidays: [...rules.holidays],
    closing: rules.closing?.period ?? 'never',
    graceDays: String(rules.closing?.graceDays ?? 0),
    late: rules.closing?.late ?? 'open_period',
    approval: rules.approval?.needs ?? 'none',
    approvalAbove: above === null ? '' : amountOf(above, exponent),
  };
}

/** Minor units as somebody would type them: no more decimals than there are. */
function amountOf(minor: string, exponent: number): string {
  const text = formatScaled(BigInt(minor), exponent, exponent);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `09:30` for 570 minutes after midnight. */
export function clockOf(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / HOUR_MIN))}:${two(minutes % HOUR_MIN)}`;
}

/** Minutes after midnight of `9:30` or `24:00`; `null` for what is no time. */
export function minutesOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  const at = hours * HOUR_MIN + minutes;
  return minutes < HOUR_MIN && at <= DAY_MIN ? at : null;
}

/** What `PATCH /v1/organisation` is sent: the rules that are not what they were. */
export function changesOf(was: RulesDraft, now: RulesDraft): Record<string, unknown> {
  const [before, after] = [bodyOf(was), bodyOf(now)];
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
    ),
  );
}

function bodyOf(draft: RulesDraft): Record<string, unknown> {
  const { opens, closes, closing, graceDays, late, weekStart, fiscalStart, ...rest } = draft;
  const { approval, approvalAbove, ...plain } = rest;
  const above = approvalAbove.trim();
  const unit = plain.moneyUnit === '' ? undefined : plain.moneyUnit;
  return {
    ...plain,
    // A unit of another currency goes away with its currency.
    moneyUnit: moneyUnitOf(plain.currency, unit) ? unit : null,
    name: plain.name.trim(),
    // What cannot be read goes as it is: the refusal says what to write.
    takeoverFrom: typedNumber(plain.takeoverFrom) ?? plain.takeoverFrom,
    holidays: [...plain.holidays].sort(),
    weekStart: Number(weekStart),
    fiscalStart: Number(fiscalStart),
    workHours: [minutesOf(opens), minutesOf(closes)],
    closing: closing === 'never' ? null : { period: closing, graceDays: Number(graceDays), late },
    approval: { needs: approval, above: above === '' ? null : (typedNumber(above) ?? above) },
  };
}

/** Whole days of grace as typed; `null` for what is no such number. */
export function graceOf(text: string): number | null {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) <= GRACE_DAYS_MAX ? Number(text) : null;
}

/** Whether everything that is typed can be read. */
export function isWhole(draft: RulesDraft): boolean {
  const [opens, closes] = [minutesOf(draft.opens), minutesOf(draft.closes)];
  const hours = opens !== null && closes !== null && opens < closes;
  const grace = draft.closing === 'never' || graceOf(draft.graceDays) !== null;
  return draft.name.trim() !== '' && hours && grace;
}
