import type { Ratio } from '../../contest/ratio.ts';
import { bandAt, bandFaults, inProportion, marginalPay, slicesOf, type Ladder } from '../bands.ts';
import type { CheckLook, EventPay, EventStep, PaySlice, PlanKind } from '../component.ts';
import type { ComponentOf, TierMode } from '../definition.ts';
import {
  ALL,
  compare,
  exact,
  formatExact,
  isDecimal,
  isNone,
  least,
  minus,
  most,
  NONE,
  over,
  plus,
  times,
} from '../exact.ts';

type Tiers = ComponentOf<'tiers'>;
interface Move {
  readonly ladder: Ladder;
  readonly quota: Ratio;
  readonly step: EventStep;
}

/** What the way from one position to another pays; each mode is a reading of the same bands. */
const MODES: Readonly<Record<TierMode, (move: Move) => EventPay>> = {
  marginal({ ladder, step: { before, after, traced } }) {
    const pays = marginalPay(ladder, before, after);
    return traced ? { pays, slices: sliced(ladder, before, after) } : { pays };
  },
  whole({ ladder, step: { before, after, moves } }) {
    const all = (at: Ratio) => times(at, rateAt(ladder, at));
    const rate = rateAt(ladder, after);
    const own = times(moves, rate);
    const slices: PaySlice[] = [{ amount: moves, rate, pays: own }];
    const pays = minus(all(after), all(before));
    const earlier = minus(pays, own);
    if (!isNone(earlier)) {
      const change = minus(rate, rateAt(ladder, before));
      slices.push({ from: NONE, to: before, amount: before, rate: change, pays: earlier });
    }
    return { pays, own, slices };
  },
  whole_above_quota({ ladder, quota, step: { before, after, traced } }) {
    // Up to the quota slice by slice; everything above it at the rate that was reached.
    const above = (at: Ratio) => most(NONE, minus(at, quota));
    const all = (at: Ratio) => times(above(at), rateAt(ladder, at));
    const [from, to] = [least(before, quota), least(after, quota)];
    const upper = minus(all(after), all(before));
    const own = times(minus(above(after), above(before)), rateAt(ladder, after));
    const below = marginalPay(ladder, from, to);
    const pays = plus(below, upper);
    if (!traced) return { pays, own: plus(below, own) };
    const slices = sliced(ladder, from, to);
    if (!isNone(upper)) {
      const amount = minus(above(after), above(before));
      slices.push({ from: quota, to: after, amount, rate: rateAt(ladder, after), pays: own });
    }
    const earlier = minus(upper, own);
    if (!isNone(earlier)) {
      const rate = minus(rateAt(ladder, after), rateAt(ladder, before));
      slices.push({ from: quota, to: before, amount: above(before), rate, pays: earlier });
    }
    return { pays, own: plus(below, own), slices };
  },
  start_band({ ladder, step: { before, moves } }) {
    const rate = rateAt(ladder, before);
    const pays = times(moves, rate);
    return { pays, slices: [{ amount: moves, rate, pays }] };
  },
  interpolated({ ladder, step: { before, after } }) {
    const pays = minus(risingPay(ladder, after), risingPay(ladder, before));
    const amount = minus(after, before);
    const rate = isNone(amount) ? NONE : over(pays, amount);
    return { pays, slices: [{ from: before, to: after, amount, rate, pays }] };
  },
};

/** Bands of rates along a measure. An edge belongs to the upper band. */
export const tiers: PlanKind<Tiers> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  quotas: ({ measure, position, mode }) =>
    position === 'attainment' || mode === 'whole_above_quota' ? [measure] : [],
  check(tier, look) {
    const rising = bandFaults(tier.bands, look.fault);
    tier.bands.forEach(({ rate }, index) => {
      if (!isDecimal(rate)) {
        look.fault('no_number', 'Write a decimal such as "0.06".', `/bands/${index}/rate`);
      }
    });
    if (rising && tier.bands.every(({ rate }) => isDecimal(rate))) thoughts(tier, look);
  },
  run(tier, look) {
    const rates = tier.bands.map(({ rate }) => times(exact(rate), look.perUnit(tier.measure)));
    const attained = tier.position === 'attainment';
    const from = tier.bands.map((band) =>
      attained ? exact(band.from) : look.onMeasure(tier.measure, band.from),
    );
    const way = MODES[tier.mode];
    const fixed: Ladder = { edges: from, rates };
    const byQuota = tiers.quotas!(tier).length > 0;
    let [ladder, of]: [Ladder, Ratio | null] = [fixed, null];
    return {
      event(step) {
        const quota = byQuota ? step.quota() : ALL;
        if (quota === null) return null;
        if (attained && of !== quota) {
          [ladder, of] = [{ edges: from.map((edge) => times(edge, quota)), rates }, quota];
        }
        if (isNone(step.moves)) {
          return isNone(step.amount) ? null : still(ladder, step);
        }
        const pay = way({ ladder, quota, step });
        return inProportion(pay, step);
      },
    };
  },
};

/** Pay without credit for the quota: the rate of where it stands. */
function still(ladder: Ladder, { before, amount }: EventStep): EventPay {
  const rate = rateAt(ladder, before);
  const pays = times(amount, rate);
  return { pays, slices: [{ amount, rate, pays }] };
}

const rateAt = (ladder: Ladder, at: Ratio): Ratio => ladder.rates[bandAt(ladder.edges, at)]!;

/** Slices of a way up or, with the sign turned, down. */
function sliced(ladder: Ladder, from: Ratio, to: Ratio): PaySlice[] {
  if (compare(from, to) <= 0) return slicesOf(ladder, from, to);
  return slicesOf(ladder, to, from).map(({ amount, pays, ...rest }) => ({
    ...rest,
    amount: minus(NONE, amount),
    pays: minus(NONE, pays),
  }));
}

/** All up to a position, where the rate rises in straight lines from edge to edge. */
function risingPay({ edges, rates }: Ladder, at: Ratio): Ratio {
  let sum = NONE;
  for (let band = 0; band < edges.length; band += 1) {
    const [from, rate] = [edges[band]!, rates[band]!];
    const to = edges[band + 1];
    if (to === undefined || compare(at, to) < 0) {
      const amount = minus(at, from);
      const slope =
        to === undefined || compare(amount, NONE) < 0
          ? NONE
          : over(minus(rates[band + 1]!, rate), minus(to, from));
      const half = over(times(times(amount, amount), slope), { n: 2n, d: 1n });
      return plus(sum, plus(times(amount, rate), half));
    }
    const middle = over(plus(rate, rates[band + 1]!), { n: 2n, d: 1n });
    sum = plus(sum, times(minus(to, from), middle));
  }
  return sum;
}

/** What is allowed and should be meant: jumps, and rates that fall. */
function thoughts({ bands, mode, position, id }: Tiers, { warn }: CheckLook): void {
  bands.slice(1).forEach((band, index) => {
    const before = bands[index]!;
    const rise = minus(exact(band.rate), exact(before.rate));
    const pointer = `/bands/${index + 1}`;
    if (rise.n < 0n) {
      const detail = `The rate falls at "${band.from}": selling more may pay less.`;
      warn('falling_rate', detail, `${pointer}/rate`, { component: id, at: band.from });
    } else if (mode === 'whole' && rise.n > 0n) {
      const jump = formatExact(times(rise, exact(band.from)));
      const of = position === 'attainment' ? ' times the quota' : '';
      const detail = `At "${band.from}" pay jumps by ${jump}${of}: everything gets the new rate.`;
      warn('cliff', detail, pointer, { component: id, at: band.from, jump });
    }
    if (rise.n === 0n) {
      const detail = `The band at "${band.from}" has the rate of the one below it.`;
      warn('same_rate', detail, pointer, { component: id, at: band.from });
    }
  });
}
