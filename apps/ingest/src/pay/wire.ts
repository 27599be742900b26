import {
  createCalendar,
  currencyExponent,
  formatScaled,
  parseInstant,
  parseScaled,
} from '@ovation/domain';
import { readOrganisation } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';

/** A refusal with its code and where it lies. */
export const fault = (code: string, detail: string, pointer: string): ProblemError =>
  new ProblemError('refused', detail, [{ code, detail, pointer }]);

/** An ISO date that is in the calendar, or the request ends. */
export function mustBeDate(text: string, pointer: string): string {
  if (parseInstant(`${text}T00:00:00Z`) !== undefined) return text;
  throw fault('bad_date', `Write a date such as 2026-11-01, not "${text}".`, pointer);
}

/** Today in the organisation's zone. */
export async function todayOf(deps: IngestDeps, orgId: string): Promise<string> {
  const organisation = await readOrganisation(deps.sql, orgId);
  if (!organisation) throw new Error(`unknown organisation: ${orgId}`);
  return createCalendar(organisation.settings).dateOf(deps.clock.now());
}

/** Minor units of what was sent, or the request ends. */
export function minorFrom(text: string, currency: string, pointer: string): bigint {
  const minor = parseScaled(text, currencyExponent(currency) ?? 2);
  if (minor.ok) return minor.value;
  throw fault(minor.fault.code, minor.fault.detail, pointer);
}

/** A decimal of minor units, as many places as the currency has. */
export function moneyText(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency) ?? 2;
  return formatScaled(minor, exponent, exponent);
}
