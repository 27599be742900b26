import {
  formatScaled,
  type Figure,
  type LedgerDelta,
  type PayeeResult,
  type PayRefusal,
} from '@ovation/domain';
import type {
  PayDeals,
  PayMeAnswer,
  PayPending,
  PayPersonAnswer,
  PayRefusalAnswer,
  StatementAnswer,
} from '@ovation/protocol';
import {
  readCorrectionRequests,
  readPayEntries,
  readPayHolds,
  readPrizes,
  type CorrectionRow,
  type PayEntryRow,
  type PrizeEntry,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { basisOf, componentOf, rulesOf } from './basis.ts';
import { deltasOf, noPeriod } from './calculate.ts';
import { entryAnswer } from './entries.ts';
import { heldOn, type Held } from './holds.ts';
import type { LivePay, LivePayBook } from './live.ts';
import { readPayNames, type PayNames } from './names.ts';
import { partsOf } from './parts.ts';
import { pendingOf } from './pending.ts';
import { periodAnswers } from './periods.ts';
import { positionsOf } from './positions.ts';
import { payableOf } from './settle.ts';
import { statementAnswers } from './statements.ts';
import { traceOf } from './trace.ts';
import { moneyText } from './wire.ts';

/** Corrections that wait and are looked at, the oldest first. */
const REVIEWS_MAX = 50;

export const refusalAnswer = (refusal: PayRefusal, names: PayNames): PayRefusalAnswer => ({
  ...{ code: refusal.code, component: refusal.component, period: refusal.period },
  ...{ person: names.of(refusal.person), detail: refusal.detail },
});

/** Who asks, and about whom and when. */
export interface MeQuery {
  readonly caller: Pick<Caller, 'orgId' | 'role' | 'scopes' | 'author' | 'personId'>;
  readonly person: string;
  readonly period?: string;
}

/** Of nobody who is on a plan. */
const nothingOf = (person: string, currency: string): PayeeResult => ({
  ...{ person, currency, exponent: 2, credits: [], periods: [], refusals: [], targets: [] },
});

/** One person's pay in a period, as of the newest event: earned, pending and why, what is next. */
export async function payOf(
  deps: IngestDeps,
  live: LivePay,
  { caller, person, period: wanted }: MeQuery,
): Promise<PayMeAnswer> {
  const { orgId } = caller;
  const book = await live.book(orgId);
  const key = wanted ?? book.current;
  if (wanted !== undefined && !book.periods.some((one) => one.key === wanted)) throw noPeriod();
  const payee = book.engineOf(key).payee(person) ?? nothingOf(person, book.currency);
  const entries = await readPayEntries(deps.sql, orgId, { person });
  const doers = entries.map((entry) => entry.by);
  const names = await readPayNames(deps, orgId, doers);
  const [period = null] = key === null ? [] : await periodAnswers(deps, caller, key);
  const statements = await statementAnswers(deps, caller, new Set([person]), { person });
  const prizes = await readPrizes(deps.sql, orgId, { person });
  const asked = await readCorrectionRequests(deps.sql, orgId, {
    ...{ people: [person], by: null, state: 'waiting', limit: REVIEWS_MAX },
  });
  const own = payee.periods.find((one) => one.period === key);
  const on = book.calendar.dateOf(deps.clock.now());
  const holds = heldOn(await readPayHolds(deps.sql, orgId), on);
  return {
    ...{ person: names.of(person), currency: book.currency, period, seq: book.seq },
    plans: plansIn(book, person, key).map(names.of),
    estimate: period?.state !== 'closed',
    ...sumsOf({ book, names, payee, key, entries, prizes, asked, statements, holds }),
    components: (own?.figures ?? []).map((figure) => ({
      ...{ plan: names.of(figure.plan), version: figure.version },
      ...{ component: figure.component, kind: figure.kind },
      basis: basisOf(book, rulesOf(book, figure), componentIn(book, figure)),
      amount: formatScaled(figure.minor, payee.exponent, payee.exponent),
      trace: traceOf(figure, payee),
    })),
    positions: key === null ? [] : positionsOf({ book, names, payee, period: key, on }),
    entries: entries
      .filter((entry) => entry.posting === key || entry.origin === key)
      .map((entry) => entryAnswer(entry, names)),
    statements,
    refusals: payee.refusals
      .filter((one) => one.period === key)
      .map((one) => refusalAnswer(one, names)),
    periods: book.periods.map((one) => one.key).reverse(),
  };
}

const componentIn = (book: LivePayBook, figure: Figure) =>
  componentOf(rulesOf(book, figure), figure.component);

interface Ledger {
  readonly book: LivePayBook;
  readonly names: PayNames;
  readonly payee: PayeeResult;
  readonly key: string | null;
  readonly entries: readonly PayEntryRow[];
  readonly prizes: readonly PrizeEntry[];
  readonly asked: readonly CorrectionRow[];
  readonly statements: readonly StatementAnswer[];
  readonly holds: Held;
}

/** The three numbers of a period, the steps to them, and what is between them. */
function sumsOf(
  ledger: Ledger,
): Pick<PayMeAnswer, 'earned' | 'payable' | 'paid' | 'parts' | 'pending' | 'deals'> {
  const { book, names, payee, key, entries, prizes, asked } = ledger;
  const row = book.periods.find((one) => one.key === key);
  const own = payee.periods.find((one) => one.period === key);
  const posted = entries.filter((entry) => entry.posting === key);
  const waiting = row && row.state !== 'closed' ? unposted(payee, entries, row.key) : [];
  const unpostedMinor = waiting.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const payableMinor = payableOf(posted) + unpostedMinor;
  const paidMinor = paidFor(entries, key);
  const statements = ledger.statements.filter((one) => one.period === key);
  const heldMinor = own?.heldMinor ?? 0n;
  const { person } = payee;
  const closed = row?.state === 'closed';
  const told = { book, names, payee, posted, waiting, payableMinor, closed };
  const standing = { book, person, waiting, heldMinor, payableMinor, paidMinor, entries, prizes };
  const keptMinor = payableMinor - ledger.holds.payable(person, payableMinor, posted);
  const figures = own?.figures ?? [];
  const about = { figures, asked, statements, keptMinor };
  const pending = row ? pendingOf({ ...standing, ...about, period: row }) : [];
  return {
    earned: moneyText(own?.earnedMinor ?? 0n, book.currency),
    payable: moneyText(payableMinor, book.currency),
    paid: moneyText(paidMinor, book.currency),
    parts: row ? partsOf({ ...told, period: row.key }) : [],
    pending,
    deals: dealsIn(book, figures, pending),
  };
}

/** What the next calculation will post for somebody in the current period. */
function unposted(payee: PayeeResult, entries: readonly PayEntryRow[], key: string): LedgerDelta[] {
  const before = entries.filter((entry) => entry.posting <= key);
  return deltasOf({ people: [payee], excluded: [] }, before, key);
}

/** Names of the deals that somebody's figures and what waits speak of. */
function dealsIn(
  { dealOf }: LivePayBook,
  figures: readonly Figure[],
  pending: readonly PayPending[],
): PayDeals {
  const ids = [...figures.flatMap((one) => one.lines), ...pending].map(({ deal }) => deal);
  return Object.fromEntries(
    ids.flatMap((id) => {
      const known = id === null ? undefined : dealOf(id);
      return id !== null && known ? [[id, known]] : [];
    }),
  );
}

const paidFor = (entries: readonly PayEntryRow[], key: string | null): bigint =>
  entries.reduce((sum, { type, origin, minor }) => {
    return type === 'payout' && origin === key ? sum - minor : sum;
  }, 0n);

function plansIn({ assignments, periods }: LivePayBook, person: string, key: string | null) {
  const index = periods.findIndex((one) => one.key === key);
  const next = periods[index + 1]?.key ?? null;
  const on = assignments.filter(
    (row) =>
      row.personId === person &&
      key !== null &&
      (row.to === null || row.to > key) &&
      (next === null || row.from < next),
  );
  return [...new Set(on.map((row) => row.planId))];
}

/** Everybody's pay in a period, for whoever looks after them; by the newest events. */
export async function payOfPeople(
  deps: IngestDeps,
  live: LivePay,
  caller: MeQuery['caller'],
  charge: Charge,
  asked: string | undefined,
): Promise<PayPersonAnswer[]> {
  const { orgId } = caller;
  const book = await live.book(orgId);
  const key = asked ?? book.current;
  if (key === null) return [];
  if (!book.periods.some((one) => one.key === key)) throw noPeriod();
  const names = await readPayNames(deps, orgId);
  const entries = await readPayEntries(deps.sql, orgId, { posting: key });
  const statements = await statementAnswers(deps, caller, charge, { period: key });
  const people = new Set([
    ...book.assignments.map((row) => row.personId),
    ...entries.map((entry) => entry.person),
  ]);
  return [...people]
    .filter((person) => isInCharge(charge, person))
    .map((person) => {
      const payee = book.engineOf(key).payee(person);
      const own = payee?.periods.find((one) => one.period === key);
      const posted = payableOf(entries.filter((entry) => entry.person === person));
      return {
        ...{ person: names.of(person), currency: book.currency },
        plans: plansIn(book, person, key).map(names.of),
        earned: moneyText(own?.earnedMinor ?? 0n, book.currency),
        posted: moneyText(posted, book.currency),
        statement: statements.find((one) => one.person.id === person && !one.replaced) ?? null,
      };
    })
    .sort((a, b) => (a.person.name < b.person.name ? -1 : 1));
}
