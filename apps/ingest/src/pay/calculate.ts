import {
  calculate,
  diffEntries,
  type IncentiveInput,
  type IncentiveResult,
  type LedgerDelta,
} from '@ovation/domain';
import {
  addPayEntries,
  lockPayPeriods,
  openLedgers,
  readPayEntries,
  savePayPeriod,
  type PayEntry,
  type PayEntryRow,
  type PayPeriodRow,
  type Tx,
} from '@ovation/store';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import type { PaidGroups } from './groups.ts';
import { openPayBook, type PayBook } from './input.ts';
import { entriesOf } from './post.ts';
import { prizeEntries } from './prizes.ts';
import { traceOf } from './trace.ts';
import { fault } from './wire.ts';

/** What a calculation posted. */
export interface Posted {
  readonly entries: readonly PayEntry[];
  readonly runHash: string;
  readonly refusals: IncentiveResult['people'][number]['refusals'];
}

export const noPeriod = (): ProblemError =>
  new ProblemError('not_found', 'There is no such pay period.');

/** Everything up to the end of a period; what happened later is not looked at. */
export function inputUntil(input: IncentiveInput, period: string): IncentiveInput {
  return { ...input, periods: input.periods.filter((one) => one.id <= period) };
}

/** What everybody earns, or the request ends with what is missing. */
export function mustCalculate(input: IncentiveInput): IncentiveResult {
  const result = calculate(input);
  if (result.ok) return result.value;
  const [first] = result.fault;
  const detail = first?.detail ?? 'Pay cannot be worked out.';
  throw new ProblemError('refused', detail, result.fault);
}

/**
 * Counts periods up to one and posts what the ledger lacks. Each open period in turn posts the
 * difference between what is earned by its end, for it and for all before it, and what the ledger
 * has by then: so what comes late for a closed period is paid in the next open one, with its
 * origin. Doing it again posts nothing.
 */
export async function calculatePeriod(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  author: Author,
  key: string,
): Promise<Posted> {
  const book = await openPayBook(deps, groups, orgId);
  const results = new Map<string, IncentiveResult>();
  for (const period of book.periods) {
    if (period.key > key || period.state === 'closed') continue;
    results.set(period.key, mustCalculate(inputUntil(book.input, period.key)));
  }
  return writeSettings(deps, orgId, author, async (tx) => {
    const periods = await lockPayPeriods(tx, orgId);
    mustBeOpen(periods, key);
    const now = new Date(deps.clock.now());
    const all: Posted[] = [];
    const events = [];
    for (const period of periods) {
      const result = results.get(period.key);
      if (!result || period.state === 'closed') continue;
      const posted = await post(tx, orgId, { book, periods, period, result, author });
      all.push(posted);
      const told = { state: 'calculated', run: posted.runHash, asOf: book.seq };
      if (posted.entries.length === 0 && period.state === 'calculated') continue;
      await savePayPeriod(tx, orgId, {
        ...period,
        ...{ state: 'calculated', calculatedAt: now, inputHash: inputHash(book) },
        ...{ resultHash: posted.runHash, asOfSeq: book.seq },
      });
      events.push({ type: 'pay.period' as const, subject: period.key, now: told });
    }
    return { value: together(all), events };
  });
}

function mustBeOpen(periods: readonly PayPeriodRow[], key: string): void {
  const period = periods.find((one) => one.key === key);
  if (!period) throw noPeriod();
  if (period.state !== 'closed') return;
  const detail = 'It is closed: what changes in it is posted in the next open period.';
  throw fault('closed', detail, '/period');
}

/** The last period's run, with what all of them posted. */
const together = (all: readonly Posted[]): Posted => ({
  entries: all.flatMap(({ entries }) => entries),
  runHash: all.at(-1)?.runHash ?? '',
  refusals: all.at(-1)?.refusals ?? [],
});

/** Of what pay was worked out: rules, people and the newest event. */
const inputHash = ({ versions, assignments, seq }: PayBook): string =>
  hashOf({
    seq,
    versions: versions.map(({ planId, number, hash, from, to }) => [
      planId,
      number,
      hash,
      from,
      to,
    ]),
    assignments: assignments.map(({ targetIncentive, ...row }) => ({
      ...row,
      targetIncentive: String(targetIncentive),
    })),
  });

interface Posting {
  readonly book: PayBook;
  readonly periods: readonly PayPeriodRow[];
  readonly period: PayPeriodRow;
  readonly result: IncentiveResult;
  readonly author: Author;
}

async function post(tx: Tx, orgId: string, posting: Posting): Promise<Posted> {
  const { book, periods, period, result, author } = posting;
  const entered = await readPayEntries(tx, orgId, {});
  const before = entered.filter((entry) => entry.posting <= period.key);
  const runHash = hashOf({
    ...{ period: period.key, seq: book.seq, before: before.length },
    targets: result.people.flatMap(({ targets }) =>
      targets.map(({ amountMinor, ...of }) => ({ ...of, amountMinor: String(amountMinor) })),
    ),
  });
  const byPerson = new Map<string, PayEntryRow[]>();
  for (const entry of entered) {
    const list = byPerson.get(entry.person);
    if (list) list.push(entry);
    else byPerson.set(entry.person, [entry]);
  }
  const figures = figuresOf(result);
  const { currency } = book;
  const entries = deltasOf(result, before, period.key).flatMap((delta) => {
    const own = figures.get(figureKey(delta));
    return entriesOf(delta, byPerson.get(delta.person) ?? [], {
      version: own?.version ?? null,
      spiff: own?.kind === 'spiff',
      trace: own?.trace() ?? null,
      ...{ runHash, currency, by: author.id },
    });
  });
  const ledger = { periods, currency, entries: entered, until: period, by: author.id };
  const prizes = await prizeEntries(tx, orgId, ledger);
  const all = [...entries, ...prizes];
  await openLedgers(tx, orgId, [...new Set(all.map((entry) => entry.person))].sort(), currency);
  const added = new Set(await addPayEntries(tx, orgId, all));
  return {
    entries: all.filter((entry) => added.has(entry.id)),
    runHash,
    refusals: result.people.flatMap((one) => one.refusals),
  };
}

/** What the ledger lacks for periods up to one. */
export function deltasOf(
  result: IncentiveResult,
  entries: readonly Pick<
    PayEntryRow,
    'person' | 'plan' | 'component' | 'origin' | 'minor' | 'runHash'
  >[],
  until: string,
): LedgerDelta[] {
  const posted = entries
    .filter(({ runHash, origin }) => runHash !== null && origin <= until)
    .map(({ person, plan, component, origin, minor }) => ({
      ...{ person, plan: plan!, component: component!, originPeriod: origin, amountMinor: minor },
    }));
  return diffEntries(result, posted, until);
}

const figureKey = (of: {
  person: string;
  plan: string;
  component: string;
  originPeriod: string;
}): string => [of.person, of.plan, of.component, of.originPeriod].join('\n');

interface FigureShown {
  readonly version: number;
  readonly kind: string;
  readonly trace: () => unknown;
}

/** Figures of a result by what they are for. */
function figuresOf({ people }: IncentiveResult): Map<string, FigureShown> {
  const found = new Map<string, FigureShown>();
  for (const payee of people) {
    for (const { period, figures } of payee.periods) {
      for (const figure of figures) {
        const { plan, component, version, kind } = figure;
        const key = figureKey({ person: payee.person, plan, component, originPeriod: period });
        found.set(key, { version, kind, trace: () => traceOf(figure, payee) });
      }
    }
  }
  return found;
}
