import { formatScaled, type LedgerDelta, type PayeeResult, type PayRefusal } from '@ovation/domain';
import type {
  PayMeAnswer,
  PayPending,
  PayPersonAnswer,
  PayRefusalAnswer,
  StatementAnswer,
} from '@ovation/protocol';
import { readPayEntries, readPayHolds, type PayEntryRow } from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { deltasOf, noPeriod } from './calculate.ts';
import { entryAnswer } from './entries.ts';
import { heldOn } from './holds.ts';
import type { LivePay, LivePayBook } from './live.ts';
import { readPayNames, type PayNames } from './names.ts';
import { periodAnswers } from './periods.ts';
import { positionsOf } from './positions.ts';
import { payableOf } from './settle.ts';
import { statementAnswers } from './statements.ts';
import { traceOf } from './trace.ts';
import { minorFrom, moneyText } from './wire.ts';

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
  { caller, person, period: asked }: MeQuery,
): Promise<PayMeAnswer> {
  const { orgId } = caller;
  const book = await live.book(orgId);
  const key = asked ?? book.current;
  if (asked !== undefined && !book.periods.some((one) => one.key === asked)) throw noPeriod();
  const payee = book.engine.payee(person) ?? nothingOf(person, book.currency);
  const entries = await readPayEntries(deps.sql, orgId, { person });
  const names = await readPayNames(
    deps,
    orgId,
    entries.map((entry) => entry.by),
  );
  const [period = null] = key === null ? [] : await periodAnswers(deps, caller, key);
  const statements = await statementAnswers(deps, caller, new Set([person]), { person });
  const own = payee.periods.find((one) => one.period === key);
  const posted = entries.filter((entry) => entry.posting === key);
  const waiting = key === book.current && key !== null ? unposted(payee, entries, key) : 0n;
  const text = (minor: bigint) => moneyText(minor, book.currency);
  const on = book.calendar.dateOf(deps.clock.now());
  const mine = statements.filter((one) => one.period === key);
  const paid = paidFor(entries, key);
  const holds = heldOn(await readPayHolds(deps.sql, orgId), on);
  const kept = (total: bigint) => total - holds.payable(person, total, posted);
  return {
    ...{ person: names.of(person), currency: book.currency, period, seq: book.seq },
    plans: plansIn(book, person, key).map(names.of),
    earned: text(own?.earnedMinor ?? 0n),
    estimate: period?.state !== 'closed',
    payable: text(payableOf(posted) + waiting),
    paid: text(paid),
    pending: pendingOf({ waiting, held: own?.heldMinor ?? 0n, statements: mine, paid, kept, text }),
    components: (own?.figures ?? []).map((figure) => ({
      ...{ plan: names.of(figure.plan), version: figure.version },
      ...{ component: figure.component, kind: figure.kind },
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

/** What the next calculation will post for somebody in the current period. */
function unposted(payee: PayeeResult, entries: readonly PayEntryRow[], key: string): bigint {
  const before = entries.filter((entry) => entry.posting <= key);
  const deltas: LedgerDelta[] = deltasOf({ people: [payee], excluded: [] }, before, key);
  return deltas.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
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

interface Standing {
  readonly waiting: bigint;
  readonly held: bigint;
  readonly statements: readonly StatementAnswer[];
  readonly paid: bigint;
  /** What of a sum is held by hand. */
  readonly kept: (total: bigint) => bigint;
  readonly text: (minor: bigint) => string;
}

/** What is earned and not paid, and what it waits for. */
function pendingOf({ waiting, held, statements, paid, kept, text }: Standing): PayPending[] {
  const pending: PayPending[] = [];
  const add = (why: PayPending['why'], amount: string) =>
    pending.push({ amount, why, deal: null, until: null });
  if (waiting !== 0n) add('not_posted', text(waiting));
  if (held !== 0n) add('unpaid', text(held));
  const newest = statements.find((one) => !one.replaced);
  if (newest && newest.state !== 'final') add('not_approved', newest.total);
  else if (newest) {
    const total = minorFrom(newest.total, newest.currency, '');
    const byHand = kept(total);
    if (byHand > 0n) add('held', text(byHand));
    const left = total - byHand - paid;
    if (left > 0n) add('not_paid_out', text(left));
  }
  return pending;
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
      const payee = book.engine.payee(person);
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
