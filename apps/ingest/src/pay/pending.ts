import type { Figure, LedgerDelta } from '@ovation/domain';
import type { PayPending, StatementAnswer } from '@ovation/protocol';
import type { CorrectionRow, PayEntryRow, PayPeriodRow, PrizeEntry } from '@ovation/store';
import type { LivePayBook } from './live.ts';
import { moneyText } from './wire.ts';

interface Standing {
  readonly book: LivePayBook;
  readonly person: string;
  readonly period: PayPeriodRow;
  /** What the next calculation posts. */
  readonly waiting: readonly LedgerDelta[];
  readonly heldMinor: bigint;
  readonly payableMinor: bigint;
  readonly paidMinor: bigint;
  /** What of the payable is held back by hand. */
  readonly keptMinor: bigint;
  /** The person's ledger, and what they won in contests. */
  readonly entries: readonly PayEntryRow[];
  readonly prizes: readonly PrizeEntry[];
  /** What the period pays, and which of its events somebody wants corrected. */
  readonly figures: readonly Figure[];
  readonly asked: readonly Pick<CorrectionRow, 'eventKey'>[];
  /** Of the person and the period, the newest last. */
  readonly statements: readonly StatementAnswer[];
}

/** Deals that wait are told one by one, the largest first; the others as a sum. */
const DEALS_TOLD = 6;

/** What is earned and not paid, and what it waits for: first the deals, then the words on it. */
export function pendingOf(standing: Standing): PayPending[] {
  const { book, waiting } = standing;
  const unposted = waiting.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return [
    ...heldPending(standing),
    wait('not_posted', moneyText(unposted, book.currency)),
    wait('prize', moneyText(unpostedPrizes(standing), book.currency)),
    ...reviewPending(standing),
    ...statementPending(standing),
  ].filter(({ amount }) => /[1-9]/.test(amount));
}

const wait = (why: PayPending['why'], amount: string): PayPending => ({
  ...{ amount, why, deal: null, until: null },
});

/** Pay of deals that is not released; what rounding leaves between them is told as held. */
function heldPending({ book, person, period, heldMinor }: Standing): PayPending[] {
  if (heldMinor === 0n) return [];
  const deals = book
    .engineOf(period.key)
    .held(person, period.key)
    .sort((a, b) => (a.minor === b.minor ? 0 : a.minor > b.minor ? -1 : 1));
  const told = deals.slice(0, DEALS_TOLD);
  const rest = told.reduce((left, { minor }) => left - minor, heldMinor);
  const text = (minor: bigint) => moneyText(minor, book.currency);
  const others = deals[DEALS_TOLD]?.why ?? 'held';
  return [
    ...told.map(({ minor, why, deal, until }) => ({ amount: text(minor), why, deal, until })),
    wait(others, text(rest)),
  ];
}

/** Money of contests that end in the period and is not in the ledger yet. */
function unpostedPrizes({ book, period, entries, prizes }: Standing): bigint {
  const posted = new Set(entries.map(({ cause }) => cause));
  return prizes
    .filter(({ kind, currency }) => kind === 'money' && currency === book.currency)
    .filter(({ at }) => period.from <= at && at < period.to)
    .filter(({ id }) => !posted.has(`prize/${id}`))
    .reduce((sum, { amount }) => sum + amount, 0n);
}

/** What events pay that are to be corrected: it may become another sum. */
function reviewPending({ book, figures, asked }: Standing): PayPending[] {
  const lines = figures.flatMap((one) => one.lines);
  return [...new Set(asked.map(({ eventKey }) => eventKey))].map((key) => {
    const own = lines.filter(({ fact }) => fact === key);
    const minor = own.reduce((sum, line) => sum + line.minor, 0n);
    const deal = own[0]?.deal ?? null;
    return { ...wait('under_review', moneyText(minor, book.currency)), deal };
  });
}

/** What a closed period waits for: its statement, words on it, and the payout. */
function statementPending(standing: Standing): PayPending[] {
  const { book, period, payableMinor, paidMinor, keptMinor, statements } = standing;
  if (period.state !== 'closed') return [];
  const left = payableMinor - paidMinor;
  if (left <= 0n) return [];
  const newest = statements.find((one) => !one.replaced);
  const why = !newest
    ? 'not_issued'
    : newest.openDisputes > 0 || newest.state === 'disputed'
      ? 'disputed'
      : newest.state === 'final'
        ? 'not_paid_out'
        : 'not_approved';
  const kept = keptMinor < left ? keptMinor : left;
  const text = (minor: bigint) => moneyText(minor, book.currency);
  return [wait('held', text(kept)), wait(why, text(left - kept))];
}
