import { allocate } from '../../allocate.ts';
import { weightsOf } from '../../share.ts';
import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { exact, isDecimal, NONE, plus, times } from '../exact.ts';
import { wholeRatio } from '../../contest/ratio.ts';

/** A sum that everybody on the plan shares, to the last minor unit. */
export const pool: PlanKind<ComponentOf<'pool'>> = {
  role: 'period',
  reads: ({ measure, share_by }) => [measure, share_by].filter((one) => one !== undefined),
  check({ amount, rate, measure }, { fault }) {
    if ((amount === undefined) === (rate === undefined)) {
      fault('pool_base', 'Say either "amount", or "rate" and "measure".', '/amount');
    }
    if (rate !== undefined && measure === undefined) {
      fault('missing', 'Say which "measure" the rate is of.', '/measure');
    }
    if (amount !== undefined && isDecimal(amount) && exact(amount).n < 0n) {
      fault('below_zero', 'A pool is not below zero.', '/amount');
    }
  },
  run({ amount, rate, measure, share_by }, look) {
    const perUnit = rate === undefined ? NONE : times(exact(rate), look.perUnit(measure!));
    return {
      period({ everybody, person, rounded }) {
        const all = everybody(share_by ?? '');
        const pot =
          amount === undefined
            ? times(
                everybody(measure!).reduce((sum, [, one]) => plus(sum, one), NONE),
                perUnit,
              )
            : look.money(amount);
        const weights = weightsOf(all.map(([, { n, d }]) => (n > 0n ? { n, d } : NONE)));
        const place = all.findIndex(([id]) => id === person);
        if (place < 0 || weights.every((weight) => weight === 0n)) return { pays: NONE };
        const sum = weights.reduce((total, weight) => total + weight, 0n);
        const pays = wholeRatio(allocate(rounded(pot), weights)[place]!);
        const share = { n: weights[place]!, d: sum };
        return { pays, slices: [{ amount: pot, rate: share, pays }] };
      },
    };
  },
};
