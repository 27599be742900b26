import { currencyExponent, formatScaled, parseScaled } from '@ovation/domain';
import { readDate } from './date.ts';
import type { Findings, Place } from './findings.ts';
import type { Lookups } from './lookups.ts';
import type { Columns, Preset, StageMeaning } from './presets/preset.ts';
import { DEAL_COLUMNS_OPTIONAL, DEAL_COLUMNS_REQUIRED } from './presets/preset.ts';

/** A row of the pipeline after checks and repairs. */
export interface DealRow {
  readonly deal: string;
  readonly person: string;
  readonly stage: string;
  readonly meaning: StageMeaning;
  readonly prospecting: boolean;
  /** ISO date or RFC 3339 instant, as in the file. */
  readonly openedOn?: string;
  readonly closedOn?: string;
  /** Minor units of the organisation's currency; 0 unless won. */
  readonly amountMinor: bigint;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DealContext {
  readonly columns: Columns;
  readonly preset: Preset;
  readonly lookups: Lookups;
  readonly findings: Findings;
  readonly currency: string;
  /** The ids of the deals of this import so far. */
  readonly seen: Set<string>;
}

const OWN_COLUMNS: ReadonlySet<string> = new Set([
  ...DEAL_COLUMNS_REQUIRED,
  ...DEAL_COLUMNS_OPTIONAL,
]);

/** Checks and repairs a row; `undefined` for a refused one, whose reason is then in the findings. */
export function readDealRow(
  fields: Readonly<Record<string, string>>,
  place: Place,
  context: DealContext,
): DealRow | undefined {
  const { columns, preset, findings } = context;
  const cell = (name: string): string => cellOf(fields, columns, name);
  const refuse = (code: string, detail: string, value: string): undefined => {
    findings.note('refused', code, detail, place, value);
  };
  const deal = cell('deal');
  const person = cell('person');
  if (deal === '') return refuse('missing_deal', 'The row names no deal.', person);
  if (person === '') return refuse('missing_person', 'The row names no person.', deal);
  const stage = cell('stage');
  const meaning = Object.hasOwn(preset.stages, stage) ? preset.stages[stage] : undefined;
  if (!meaning) return refuse('unknown_stage', 'The stage is not in the mapping.', stage);
  const dates = readDates(cell('openedOn'), cell('closedOn'), meaning, deal, refuse);
  if (!dates) return undefined;
  const amountMinor = readAmount(cell('amount'), meaning, deal, context, refuse);
  if (amountMinor === undefined) return undefined;
  if (context.seen.has(deal)) {
    return refuse('duplicate_deal', 'The deal was in an earlier row; the first one counts.', deal);
  }
  context.seen.add(deal);

  const row = { deal, person, stage, meaning, ...dates, amountMinor };
  const prospecting = preset.prospecting.includes(stage);
  notePeculiarities({ ...row, prospecting }, place, context);
  return { ...row, prospecting, attributes: readAttributes(fields, person, place, context) };
}

/** The text under our name of a column; empty where the file has no such heading. */
export function cellOf(
  fields: Readonly<Record<string, string>>,
  columns: Columns,
  name: string,
): string {
  const heading = Object.hasOwn(columns, name) ? columns[name] : undefined;
  return heading !== undefined && Object.hasOwn(fields, heading) ? (fields[heading] ?? '') : '';
}

type Refuse = (code: string, detail: string, value: string) => undefined;

function readDates(
  opened: string,
  closed: string,
  meaning: StageMeaning,
  deal: string,
  refuse: Refuse,
): { openedOn?: string; closedOn?: string } | undefined {
  const openedOn = readDate(opened);
  const closedOn = readDate(closed);
  for (const [text, date] of [
    [opened, openedOn],
    [closed, closedOn],
  ] as const) {
    if (text === '' || date !== undefined) continue;
    return refuse(
      'bad_date',
      'Write dates as 2026-11-24 (Gregorian) or 2026-11-24T09:30:00Z.',
      `${deal}: ${text}`,
    );
  }
  if (meaning !== 'opened' && closedOn === undefined) {
    return refuse('missing_close_date', 'A won or lost deal needs the date it closed.', deal);
  }
  return { ...(openedOn && { openedOn }), ...(closedOn && { closedOn }) };
}

function readAmount(
  text: string,
  meaning: StageMeaning,
  deal: string,
  { currency }: DealContext,
  refuse: Refuse,
): bigint | undefined {
  if (text === '' && meaning !== 'won') return 0n;
  const parsed = parseScaled(text, currencyExponent(currency) ?? 2);
  if (!parsed.ok || parsed.value < 0n) {
    const detail = `An amount is a plain decimal of ${currency} such as 1054 or 1054.50, not below 0.`;
    return refuse('bad_amount', detail, `${deal}: ${text}`);
  }
  return meaning === 'won' ? parsed.value : 0n;
}

function notePeculiarities(
  row: Omit<DealRow, 'attributes'>,
  place: Place,
  { findings, lookups }: DealContext,
): void {
  const note = (code: string, detail: string, value: string) =>
    findings.note('suspicious', code, detail, place, value);
  const { deal, person, openedOn, closedOn } = row;
  if (openedOn === undefined) {
    note(
      'missing_engage_date',
      'Nobody has said when work on the deal began: an open deal counts from its arrival.',
      deal,
    );
  }
  if (openedOn !== undefined && closedOn !== undefined && isBefore(closedOn, openedOn)) {
    note('closed_before_opened', 'Closed before it was opened.', `${deal}: ${closedOn}`);
  }
  if (row.meaning === 'won' && row.amountMinor === 0n) {
    note('zero_amount', 'Won, but worth nothing: it counts as a deal and adds no revenue.', deal);
  }
  if (lookups.members.size > 0 && !lookups.members.has(person)) {
    note('unknown_person', 'Not in the file of teams: kept, waits in the unmatched inbox.', person);
  }
}

/** By instant where both name one, else by date. */
function isBefore(a: string, b: string): boolean {
  if (a.length > 10 && b.length > 10) return Date.parse(a) < Date.parse(b);
  return a.slice(0, 10) < b.slice(0, 10);
}

function readAttributes(
  fields: Readonly<Record<string, string>>,
  person: string,
  place: Place,
  { columns, lookups, findings }: DealContext,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  const put = (name: string, value: string | undefined) => {
    if (value) attributes[name] = value;
  };
  const written = (name: string) => cellOf(fields, columns, name);

  const product = written('product');
  const listed = lookups.productOf(product);
  noteSpelling('product', product, listed?.product, lookups.products.size > 0, place, findings);
  put('product', listed?.product ?? product);
  put('series', listed?.series);

  const account = written('account');
  const customer = lookups.accountOf(account);
  noteSpelling('account', account, customer?.account, lookups.accounts.size > 0, place, findings);
  put('account', customer?.account ?? account);
  put('sector', customer?.sector);
  put('region', lookups.members.get(person)?.office);

  for (const name of Object.keys(columns)) if (!OWN_COLUMNS.has(name)) put(name, written(name));
  return attributes;
}

function noteSpelling(
  what: 'product' | 'account',
  written: string,
  listed: string | undefined,
  haveList: boolean,
  place: Place,
  findings: Findings,
): void {
  if (written === '') {
    const detail = `The deal names no ${what}: kept without.`;
    findings.note('suspicious', `missing_${what}`, detail, place, '');
  } else if (haveList && listed === undefined) {
    const detail = `The ${what} is not in the list of ${what}s: kept as written.`;
    findings.note('suspicious', `unknown_${what}`, detail, place, written);
  } else if (listed !== undefined && listed !== written) {
    const detail = `Spelled differently from the list of ${what}s: "${written}" became "${listed}".`;
    findings.note('repaired', `${what}_spelling`, detail, place, `${written} → ${listed}`);
  }
}

/** An amount in minor units as the API wants it: `1054.00`. */
export function formatAmount(amountMinor: bigint, currency: string): string {
  const exponent = currencyExponent(currency) ?? 2;
  return formatScaled(amountMinor, exponent, exponent);
}
