import {
  calculate,
  diffEntries,
  payTrace,
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
import { entriesOf, postingFor } from './post.ts';
import { prizeEntries } from './prizes.ts';

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
 * Counts all periods up to one and posts what the ledger lacks: in the period itself, and for one
 * that is closed in the earliest open one, with its origin. Doing it again posts nothing.
 */
export async function calculatePeriod(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  author: Author,
  key: string,
): Promise<Posted> {
  const book = await openPayBook(deps, groups, orgId);
  const result = mustCalculate(inputUntil(book.input, key));
  return writeSettings(deps, orgId, author, async (tx) => {
    const periods = await lockPayPeriods(tx, orgId);
    const period = periods.find((one) => one.key === key);
    if (!period) throw noPeriod();
    if (period.state === 'closed') {
      const detail = 'It is closed: what changes in it is posted in the next open period.';
      throw new ProblemError('refused', detail, [{ code: 'closed', detail, pointer: '/period' }]);
    }
    const now = new Date(deps.clock.now());
    const posted = await post(tx, orgId, { book, periods, period, result, author });
    const calculated: PayPeriodRow = {
      ...period,
      state: 'calculated',
      calculatedAt: now,
      inputHash: inputHash(book),
      resultHash: posted.runHash,
      asOfSeq: book.seq,
    };
    await savePayPeriod(tx, orgId, calculated);
    const { resultHash, asOfSeq } = calculated;
    const told = { state: 'calculated', run: resultHash, asOf: asOfSeq };
    const nothingNew = posted.entries.length === 0 && period.state === 'calculated';
    const event = { type: 'pay.period' as const, subject: key, now: told };
    return { value: posted, events: nothingNew ? [] : [event] };
  });
}

/** Of what pay was worked out: rules, people and the newest event. */
const inputHash = ({ versions, assignments, seq }: PayBook): string =>
  hashOf({
    seq,
    versions: versions.map(({ planId, number, hash, from, to }) => [planId, number, hash, from, to]),
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
  const before = await readPayEntries(tx, orgId, {});
  const runHash = hashOf({
    ...{ period: period.key, seq: book.seq, before: before.length },
    targets: result.people.flatMap(({ targets }) =>
      targets.map(({ amountMinor, ...of }) => ({ ...of, amountMinor: String(amountMinor) })),
    ),
  });
  const byPerson = new Map<string, PayEntryRow[]>();
  for (const entry of before) {
    const list = byPerson.get(entry.person);
    if (list) list.push(entry);
    else byPerson.set(entry.person, [entry]);
  }
  const figures = figuresOf(result);
  const entries = deltasOf(result, before, period.key)
    .map((delta) => ({ ...delta, postingPeriod: postingFor(periods, delta.originPeriod).key }))
    .flatMap((delta) => {
      const own = figures.get(figureKey(delta));
      return entriesOf(delta, byPerson.get(delta.person) ?? [], {
        version: own?.version ?? null,
        spiff: own?.kind === 'spiff',
        trace: own?.trace() ?? null,
        ...{ runHash, currency: book.currency, by: author.id },
      });
    });
  const { calendar, currency } = book;
  const ledger = { periods, calendar, currency, entries: before, until: period, by: author.id };
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
        found.set(key, { version, kind, trace: () => payTrace(payee, figure) });
      }
    }
  }
  return found;
}
