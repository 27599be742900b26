import type { Instant } from '@ovation/domain';
import type { Career } from './career.ts';
import { LOSS_REASONS, money, prospect, STAGES, type DemoEvent, type Prospect } from './market.ts';
import type { Random } from './random.ts';
import { dayAtOrAfter, momentOf, monthRush, type FloorDay } from './work-time.ts';

export interface DealStart {
  /** Of the day on which it is opened. */
  readonly index: number;
  readonly deal: string;
  readonly currency: string;
}

interface Timed {
  readonly at: Instant;
  readonly event: DemoEvent;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DOLLARS_MEDIAN = 6_000;
const DOLLARS_SIGMA = 0.75;
const DOLLARS_RANGE = [1_200, 60_000] as const;
const BIG_FISH_SHARE = 0.008;
const BIG_FISH_DOLLARS = [60_000, 160_000] as const;
const CYCLE_DAYS_MEDIAN = 17;
const CYCLE_SIGMA = 0.6;
const CYCLE_DAYS_MAX = 120;
/** Within so many working days of the month's end, so many deals are pushed into its last days. */
const RUSH_DAYS = 11;
const RUSH_SHARE = 0.4;
const WIN_SHARE = 0.55;
const SPLIT_SHARE = 0.06;
const REVERSED_SHARE = 0.01;
const REVERSED_AFTER_DAYS = [2, 7] as const;
/** The first call on a deal: hours after it was opened, in the middle of all. */
const FIRST_CALL_HOURS = 9;
const FIRST_CALL_SIGMA = 0.9;
/** Wins whose amount was typed wrong, and wins that were booked on the wrong person. */
const AMENDED_SHARE = 0.02;
const REASSIGNED_SHARE = 0.008;
/** Customers pay after so many days, in the middle of all; some get a part of it back. */
const PAID_AFTER_DAYS = 21;
const PAID_SIGMA = 0.4;
const REFUNDED_SHARE = 0.015;

/** What a deal is worth, in dollars: mostly small, with a long tail and now and then a big fish. */
export function dealDollars(random: Random, median = DOLLARS_MEDIAN): number {
  if (random.chance(BIG_FISH_SHARE)) return random.between(...BIG_FISH_DOLLARS);
  const [low, high] = DOLLARS_RANGE;
  return Math.min(high, Math.max(low, random.logNormal(median, DOLLARS_SIGMA)));
}

/** The events of one deal from its opening to its end, and past it where it is taken back. */
export function* dealStory(
  random: Random,
  start: DealStart,
  career: Career,
  mates: readonly Career[],
  days: readonly FloorDay[],
): Generator<Timed> {
  const opening = days[start.index];
  if (!opening) return;
  const { person } = career;
  const dollars = dealDollars(random);
  const what = prospect(random, start.deal, dollars);
  const amount = money(what.amount, start.currency);
  const alone = [{ person: person.email, share: '1' }];
  const base = { deal: what.deal, credits: alone, attributes: { ...what.attributes } };
  const openedAt = momentOf(random, opening);
  yield {
    at: openedAt,
    event: { ...base, id: `${what.deal}-opened`, type: 'deal.opened', amount },
  };

  yield* firstCall(random, base, openedAt, days);

  const size = Math.pow(dollars / DOLLARS_MEDIAN, 0.25);
  const cycle = Math.min(CYCLE_DAYS_MAX, random.logNormal(CYCLE_DAYS_MEDIAN * size, CYCLE_SIGMA));
  const closing = closingDay(random, openedAt + cycle * DAY_MS, career, days);
  const day = days[closing];
  if (!day) return;
  const closedAt = Math.max(momentOf(random, day), openedAt + 60_000);
  yield* stages(random, base, openedAt, closedAt, days);

  const skill = Math.sqrt(person.skill) * (career.form[closing] ?? 1);
  if (!random.chance(Math.min(0.9, WIN_SHARE * skill))) {
    const reason = random.pick(LOSS_REASONS);
    yield { at: closedAt, event: { ...base, id: `${what.deal}-lost`, type: 'deal.lost', reason } };
    return;
  }
  const credits = random.chance(SPLIT_SHARE) ? split(random, career, mates, closing) : alone;
  const won = { ...base, id: `${what.deal}-won`, type: 'deal.won' as const, amount, credits };
  yield { at: closedAt, event: won };
  const isBack = random.chance(REVERSED_SHARE);
  if (isBack) yield reversal(random, what, closedAt, days);
  else {
    const { currency } = start;
    yield* aftermath(random, { what, person, wonAt: closedAt, mates, days, currency });
  }
}

/** Somebody calls soon after a deal was opened. */
function* firstCall(
  random: Random,
  { deal, credits, attributes }: Required<Pick<DemoEvent, 'deal' | 'credits' | 'attributes'>>,
  openedAt: Instant,
  days: readonly FloorDay[],
): Generator<Timed> {
  const wish = openedAt + random.logNormal(FIRST_CALL_HOURS, FIRST_CALL_SIGMA) * HOUR_MS;
  const day = days[dayAtOrAfter(days, wish)];
  if (!day) return;
  const at = Math.max(momentOf(random, day), openedAt + 60_000);
  const event = { id: `${deal}-call`, type: 'activity.logged' as const, activity: 'call' };
  yield { at, event: { ...event, class: 'deal-making', deal, credits, attributes } };
}

/** What happens to a win afterwards: mistakes are mended, the customer pays. */
function* aftermath(
  random: Random,
  win: {
    readonly what: Prospect;
    readonly person: Career['person'];
    readonly wonAt: Instant;
    readonly mates: readonly Career[];
    readonly days: readonly FloorDay[];
    readonly currency: string;
  },
): Generator<Timed> {
  const { what, wonAt, mates, days, currency } = win;
  const seller = win.person.email;
  const after = (dayCount: number): Instant => {
    const day = days[dayAtOrAfter(days, wonAt + dayCount * DAY_MS)];
    return day ? momentOf(random, day) : wonAt + dayCount * DAY_MS;
  };
  const corrects = `${what.deal}-won`;
  let paid = what.amount;
  if (random.chance(AMENDED_SHARE)) {
    paid = Math.max(50, Math.round((what.amount * random.between(0.85, 1.1)) / 50) * 50);
    const amount = money(paid, currency);
    const id = `${what.deal}-amended`;
    const reason = 'amount as signed';
    yield { at: after(1), event: { id, type: 'deal.amended', corrects, amount, reason } };
  }
  if (random.chance(REASSIGNED_SHARE) && mates.length > 0) {
    const person = random.pick(mates).person.email;
    const id = `${what.deal}-reassigned`;
    yield { at: after(2), event: { id, type: 'deal.reassigned', corrects, person } };
  }
  const payment = `${what.deal}-paid`;
  const paidAt = after(random.logNormal(PAID_AFTER_DAYS, PAID_SIGMA));
  const { deal } = what;
  const amount = money(paid, currency);
  const received = { id: payment, type: 'payment.received' as const, deal, person: seller, amount };
  yield { at: paidAt, event: received };
  if (!random.chance(REFUNDED_SHARE)) return;
  const part = money(Math.max(50, Math.round((paid * 0.2) / 50) * 50), currency);
  const id = `${what.deal}-refunded`;
  const refund = { id, type: 'payment.refunded' as const, payment, amount: part };
  const backAt = days[dayAtOrAfter(days, paidAt + 5 * DAY_MS)];
  if (backAt) yield { at: momentOf(random, backAt), event: refund };
}

/** A working day of the person on or after the wish, drawn to the month's end when that is near. */
function closingDay(
  random: Random,
  wish: Instant,
  { output }: Career,
  days: readonly FloorDay[],
): number {
  let index = dayAtOrAfter(days, wish);
  const near = days[index];
  if (near && near.toMonthEnd > 3 && near.toMonthEnd < RUSH_DAYS && random.chance(RUSH_SHARE)) {
    index += near.toMonthEnd - random.whole(0, 3);
  } else if (near && near.intoMonth < 3 && random.chance(1 - monthRush(near))) {
    index += 3 - near.intoMonth;
  }
  while (index < days.length && (output[index] ?? 0) === 0) index += 1;
  return index;
}

function* stages(
  random: Random,
  base: Pick<DemoEvent, 'deal' | 'credits' | 'attributes'>,
  openedAt: Instant,
  closedAt: Instant,
  days: readonly FloorDay[],
): Generator<Timed> {
  // Some people never move a deal through its stages; most skip one.
  const shown = STAGES.filter(() => random.chance(0.36));
  let after = openedAt;
  for (const [index, stage] of shown.entries()) {
    const wish = openedAt + ((closedAt - openedAt) * (index + 1)) / (shown.length + 1);
    const day = days[dayAtOrAfter(days, wish)];
    if (!day) return;
    const at = momentOf(random, day);
    if (at <= after || at >= closedAt) continue;
    after = at;
    const id = `${base.deal}-${stage}`;
    yield { at, event: { ...base, id, type: 'deal.stage_changed', stage } };
  }
}

/** Shared with a colleague of the team who is there that day. */
function split(random: Random, { person }: Career, mates: readonly Career[], day: number) {
  const there = mates.filter((mate) => mate.person !== person && (mate.output[day] ?? 0) > 0);
  if (there.length === 0) return [{ person: person.email, share: '1' }];
  const mate = random.pick(there).person.email;
  const [mine, theirs] = random.pick([
    ['0.5', '0.5'],
    ['0.7', '0.3'],
    ['0.8', '0.2'],
  ] as const);
  return [
    { person: person.email, share: mine },
    { person: mate, share: theirs },
  ];
}

function reversal(
  random: Random,
  { deal }: Prospect,
  wonAt: Instant,
  days: readonly FloorDay[],
): Timed {
  const wish = wonAt + random.whole(...REVERSED_AFTER_DAYS) * DAY_MS;
  const day = days[dayAtOrAfter(days, wish)];
  const at = day ? Math.max(momentOf(random, day), wonAt + DAY_MS) : wish;
  const reason = random.pick(['withdrawn in the cooling-off period', 'payment failed']);
  return { at, event: { id: `${deal}-reversed`, type: 'deal.reversed', deal, reason } };
}
