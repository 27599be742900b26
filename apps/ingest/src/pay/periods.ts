import { createCalendar, may, type Calendar } from '@ovation/domain';
import type { PayPeriodAnswer } from '@ovation/protocol';
import {
  addPayEntries,
  addPayPeriod,
  inOrg,
  lockPayPeriods,
  openLedgers,
  readOrganisation,
  readPayEntries,
  readPayPeriods,
  readPayRules,
  readStatements,
  savePayPeriod,
  type PayEntryRow,
  type PayPeriodRow,
  type StatementRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { calculatePeriod, noPeriod } from './calculate.ts';
import type { PaidGroups } from './groups.ts';
import { openPayBook } from './input.ts';
import { readPayNames } from './names.ts';
import { payableOf, settlingEntries } from './settle.ts';
import { fault, moneyText, mustBeDate } from './wire.ts';

/** Periods that one call opens at most. */
const OPENED_MAX = 60;

/** Opens the period that holds a date, and those between it and the ones that are there. */
export async function openPeriods(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  start: string,
): Promise<void> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const calendar = createCalendar(organisation!.settings);
  const at = calendar.startOf(mustBeDate(start, '/start'));
  await writeSettings(deps, orgId, author, async (tx) => {
    const { period: kind } = await readPayRules(tx, orgId);
    const periods = await lockPayPeriods(tx, orgId);
    const [first, last] = [periods[0], periods.at(-1)];
    if (first && at < first.from.getTime()) {
      const detail = `Pay began on ${first.key}: periods are added after the last one.`;
      throw fault('too_early', detail, '/start');
    }
    const from = last ? last.to.getTime() : calendar.windowOf(kind, at).from;
    const opened = at < from ? [] : windowsUntil(calendar, kind, from, at);
    for (const one of opened) await addPayPeriod(tx, orgId, one);
    const told = { state: 'open' };
    return {
      value: undefined,
      events: opened.map(({ key }) => ({ type: 'pay.period' as const, subject: key, now: told })),
    };
  });
}

type NewPeriod = Parameters<typeof addPayPeriod>[2];

/**
 * Windows from one end to the one that holds an instant. Where the kind was changed the first ends
 * with its window, so that no day is left out.
 */
function windowsUntil(
  calendar: Calendar,
  kind: PayPeriodRow['kind'],
  from: number,
  until: number,
): NewPeriod[] {
  const opened: NewPeriod[] = [];
  for (let begin = from; begin <= until;) {
    const window = calendar.windowOf(kind, begin);
    const key = calendar.dateOf(begin);
    opened.push({ key, kind, from: new Date(begin), to: new Date(window.to) });
    if (opened.length > OPENED_MAX) {
      throw fault('too_many', `At most ${OPENED_MAX} periods are opened at once.`, '/start');
    }
    begin = window.to;
  }
  return opened;
}

/**
 * Closes a period: it is calculated a last time, settled, and takes no entry any more. The next one
 * is there afterwards, for what comes late.
 */
export async function closePeriod(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  author: Author,
  key: string,
): Promise<void> {
  const posted = await calculatePeriod(deps, groups, orgId, author, key);
  const last = (await readPayPeriods(deps.sql, orgId)).at(-1);
  if (last?.key === key) {
    const organisation = await readOrganisation(deps.sql, orgId);
    const { dateOf } = createCalendar(organisation!.settings);
    await openPeriods(deps, orgId, author, dateOf(last.to.getTime()));
  }
  const book = await openPayBook(deps, groups, orgId);
  await writeSettings(deps, orgId, author, async (tx) => {
    const periods = await lockPayPeriods(tx, orgId);
    const period = periods.find((one) => one.key === key);
    const next = periods.find((one) => one.key > key);
    if (!period || !next) throw noPeriod();
    mustBeClosable(periods, period, deps.clock.now());
    const entries = await readPayEntries(tx, orgId, {});
    const settling = settlingEntries({ book, period, next, entries, by: author.id });
    const people = [...new Set(settling.map((entry) => entry.person))].sort();
    await openLedgers(tx, orgId, people, book.currency);
    await addPayEntries(tx, orgId, settling);
    const closed = { state: 'closed' as const, closedAt: new Date(deps.clock.now()) };
    await savePayPeriod(tx, orgId, { ...period, ...closed, closedBy: author.id });
    const now = { state: 'closed', run: posted.runHash };
    const was = { state: period.state };
    return { value: undefined, events: [{ type: 'pay.period' as const, subject: key, now, was }] };
  });
}

function mustBeClosable(periods: readonly PayPeriodRow[], period: PayPeriodRow, now: number): void {
  if (period.state === 'closed') throw fault('closed', 'It is closed already.', '/period');
  const before = periods.find((one) => one.key < period.key && one.state !== 'closed');
  if (before) {
    throw fault('closed_in_order', `Close ${before.key} first: periods close in order.`, '/period');
  }
  if (period.to.getTime() > now) {
    throw fault('not_over', 'It is not over yet: what happens until its end counts.', '/period');
  }
}

/** Opens a closed period again, for a reason. What was posted in it stays as it is. */
export async function reopenPeriod(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  key: string,
  reason: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const periods = await lockPayPeriods(tx, orgId);
    const period = periods.find((one) => one.key === key);
    if (!period) throw noPeriod();
    if (period.state !== 'closed') throw fault('not_closed', 'It is open.', '/period');
    const later = periods.find((one) => one.key > key && one.state === 'closed');
    if (later) {
      const detail = `${later.key} is closed after it: reopen that one first.`;
      throw fault('closed_in_order', detail, '/period');
    }
    await savePayPeriod(tx, orgId, {
      ...period,
      ...{ state: 'open', closedAt: null, closedBy: null },
      ...{ reopenedAt: new Date(deps.clock.now()), reopenedBy: author.id, reopenReason: reason },
    });
    const event = { type: 'pay.period' as const, subject: key, now: { state: 'open', reason } };
    return { value: undefined, events: [{ ...event, was: { state: 'closed' } }] };
  });
}

/** All pay periods, the newest first, or the one that is named. */
export async function periodAnswers(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'scopes'>,
  key?: string,
): Promise<PayPeriodAnswer[]> {
  const { orgId } = caller;
  const organisation = await readOrganisation(deps.sql, orgId);
  const { currency } = organisation!.settings;
  const calendar = createCalendar(organisation!.settings);
  const read = await inOrg(deps.sql, orgId, async (tx) => ({
    periods: await readPayPeriods(tx, orgId),
    entries: await readPayEntries(tx, orgId, key === undefined ? {} : { posting: key }),
    statements: await readStatements(tx, orgId, key === undefined ? {} : { period: key }),
  }));
  const doers = read.periods.flatMap((period) => [period.closedBy, period.reopenedBy]);
  const names = await readPayNames(deps, orgId, doers);
  const now = deps.clock.now();
  const asked = read.periods.filter((period) => key === undefined || period.key === key);
  return asked.toReversed().map((period) => {
    const { key: id, kind, state } = period;
    const reopenedBy = names.by(period.reopenedBy);
    const firstOpen = read.periods.find((one) => one.state !== 'closed');
    const later = read.periods.some((one) => one.key > id && one.state === 'closed');
    const over = period.to.getTime() <= now;
    return {
      ...{ id, kind, state, currency, from: id },
      to: calendar.dateOf(period.to.getTime()),
      calculatedAt: period.calculatedAt?.toISOString() ?? null,
      asOfSeq: period.asOfSeq,
      closedAt: period.closedAt?.toISOString() ?? null,
      closedBy: names.by(period.closedBy),
      reopened:
        period.reopenedAt && reopenedBy
          ? {
              at: period.reopenedAt.toISOString(),
              ...{ by: reopenedBy, reason: period.reopenReason ?? '' },
            }
          : null,
      ...sumsIn(period, read.entries, currency),
      statements: statesIn(period, read.statements),
      may: {
        calculate: may(caller, 'pay:approve') && state !== 'closed',
        close: may(caller, 'pay:approve') && state !== 'closed' && firstOpen === period && over,
        reopen: may(caller, 'pay:reopen') && state === 'closed' && !later,
      },
    };
  });
}

function sumsIn({ key }: PayPeriodRow, entries: readonly PayEntryRow[], currency: string) {
  const own = entries.filter((entry) => entry.posting === key);
  const people = new Set(own.map((entry) => entry.person)).size;
  return { total: moneyText(payableOf(own), currency), people };
}

function statesIn({ key }: PayPeriodRow, statements: readonly StatementRow[]) {
  const latest = new Map<string, StatementRow>();
  for (const row of statements) {
    const known = latest.get(row.person);
    if (row.period === key && (!known || known.number < row.number)) latest.set(row.person, row);
  }
  const count = (state: StatementRow['state']) =>
    [...latest.values()].filter((row) => row.state === state).length;
  return {
    issued: count('issued'),
    approved: count('approved'),
    disputed: count('disputed'),
    final: count('final'),
  };
}
