import {
  currencyExponent,
  isTimeZone,
  MONEY_UNITS,
  moneyUnitOf,
  parseScaled,
  refuse,
  ok,
  type MoneyUnit,
  type OrganisationSettings,
  type Result,
} from '@ovation/domain';
import type { PatchOrganisation } from '@ovation/protocol';
import { hasFigures, lockOrganisation, saveOrganisation, type Organisation } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { orRefuse } from './problem.ts';
import { writeSettings, type Author } from './settings-writer.ts';

/** Changes an organisation's own rules; what is not named stays as it is. */
export async function changeOrganisation(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  patch: PatchOrganisation,
): Promise<Organisation> {
  return writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockOrganisation(tx, orgId);
    const settings = orRefuse(merged(was.settings, patch));
    if (settings.currency !== was.settings.currency && (await hasFigures(tx, orgId))) {
      orRefuse(CURRENCY_FIXED);
    }
    const name = patch.name?.trim() ?? was.name;
    await saveOrganisation(tx, { id: orgId, name, settings });
    const before = { name: was.name, settings: was.settings };
    return {
      value: { ...was, name, settings },
      events: [{ type: 'organisation.changed', name, settings, was: before }],
    };
  });
}

const CURRENCY_FIXED = refuse(
  'currency_fixed',
  'Events, targets or rates are kept in the currency already: it can no longer change.',
  '/currency',
);

function merged(was: OrganisationSettings, patch: PatchOrganisation): Result<OrganisationSettings> {
  const { name: _name, closing, approval, takeoverFrom, workHours, moneyUnit, ...plain } = patch;
  const { closing: policy, moneyUnit: unit, ...rest } = was;
  const kept = closing === undefined ? policy : (closing ?? undefined);
  const shown = moneyUnit === undefined ? unit : (moneyUnit ?? undefined);
  const settings = {
    ...rest,
    ...(plain as Partial<OrganisationSettings>),
    ...(workHours === undefined ? {} : { workHours: workHours as [number, number] }),
    ...(kept === undefined ? {} : { closing: kept }),
    ...(shown === undefined ? {} : { moneyUnit: shown }),
  };
  const exponent = currencyExponent(settings.currency);
  if (exponent === undefined) {
    return refuse('unknown_currency', 'This is no ISO 4217 currency code.', '/currency');
  }
  if (shown !== undefined && moneyUnitOf(settings.currency, shown) === undefined) {
    return otherUnit(shown);
  }
  if (!isTimeZone(settings.timeZone)) {
    return refuse('unknown_zone', 'This is no IANA time zone.', '/timeZone');
  }
  if (settings.workHours[0] >= settings.workHours[1]) {
    return refuse('bad_hours', 'Work ends after it begins.', '/workHours');
  }
  const wrong = settings.holidays.findIndex((date) => !isDate(date));
  if (wrong >= 0) return refuse('bad_date', 'There is no such date.', `/holidays/${wrong}`);
  const holidays = [...new Set(settings.holidays)].sort();
  const waits = approval && minorOf(approval.above, exponent, '/approval/above');
  if (waits && !waits.ok) return waits;
  const takeover = minorOf(takeoverFrom, exponent, '/takeoverFrom');
  if (!takeover.ok) return takeover;
  return ok({
    ...settings,
    holidays,
    ...(waits ? { approval: { needs: approval.needs, above: waits.value ?? null } } : {}),
    ...(takeover.value === undefined ? {} : { takeoverFrom: takeover.value }),
  });
}

function otherUnit(unit: MoneyUnit): Result<never> {
  const { currency } = MONEY_UNITS[unit];
  const detail = `Money is shown in ${unit} only where it is counted in ${currency}.`;
  return refuse('unit_of_other_currency', detail, '/moneyUnit');
}

/** An amount in whole minor units; `undefined` where there is none. */
function minorOf(
  amount: string | null | undefined,
  exponent: number,
  pointer: string,
): Result<string | undefined> {
  if (amount === undefined || amount === null) return ok(undefined);
  const minor = parseScaled(amount, exponent);
  if (!minor.ok) return refuse(minor.fault.code, minor.fault.detail, pointer);
  if (minor.value < 0n) return refuse('range', 'At least 0.', pointer);
  return ok(String(minor.value));
}

/** Whether an ISO date (`2026-02-28`) is in the calendar. */
export function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
