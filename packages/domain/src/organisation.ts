import type { CalendarSettings } from './calendar.ts';
import type { ApprovalPolicy } from './approval.ts';
import type { ClosingPolicy } from './closing.ts';
import type { MoneyUnit } from './money-unit.ts';

/** An organisation's own rules: its money, its time, its walls. */
export interface OrganisationSettings extends CalendarSettings {
  /** ISO 4217 code in which everything is counted. */
  readonly currency: string;
  /** In which unit its money is shown; absent: in the currency itself. */
  readonly moneyUnit?: MoneyUnit;
  /** Language of its walls until a screen says otherwise. */
  readonly language: 'en' | 'fa';
  /** Wins of at least this many minor units take over the wall; smaller ones get a banner. */
  readonly takeoverFrom: string;
  /** When a period is closed and what becomes of its late facts; absent: never. */
  readonly closing?: ClosingPolicy;
  /** Which entries by hand wait for a manager's word; absent: none. */
  readonly approval?: ApprovalPolicy;
}

export const DEFAULT_SETTINGS: OrganisationSettings = {
  currency: 'USD',
  timeZone: 'UTC',
  calendar: 'gregorian',
  weekStart: 1,
  fiscalStart: 1,
  workdays: [1, 1, 1, 1, 1, 0, 0],
  workHours: [9 * 60, 18 * 60],
  holidays: [],
  language: 'en',
  takeoverFrom: '0',
};
