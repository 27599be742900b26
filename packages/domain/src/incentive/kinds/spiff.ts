import type { PlanKind } from '../component.ts';
import { dayOf } from '../dates.ts';
import type { ComponentOf } from '../definition.ts';
import { times } from '../exact.ts';

/** A fixed sum for every credit of some days, at most so many times. */
export const spiff: PlanKind<ComponentOf<'spiff'>> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  check({ from, to, most }, { fault }) {
    const [first, end] = [dayOf(from), dayOf(to)];
    if (first === undefined) fault('no_date', 'Write a date such as "2026-11-01".', '/from');
    if (end === undefined) fault('no_date', 'Write a date such as "2026-12-01".', '/to');
    if (first !== undefined && end !== undefined && first >= end) {
      fault('no_days', 'Let it end after it begins; the day "to" is not in it.', '/to');
    }
    if (most !== undefined && !(Number.isSafeInteger(most) && most > 0)) {
      fault('bad_most', 'Write a whole number of times, 1 or more.', '/most');
    }
  },
  run({ amount, from, to, most = Infinity }, look) {
    const [each, first, end] = [look.money(amount), dayOf(from)!, dayOf(to)!];
    return {
      event({ share, day, earlier, traced }) {
        if (day < first || day >= end || earlier >= most || share.n === 0n) return null;
        const pays = times(each, share);
        return traced ? { pays, slices: [{ amount: share, rate: each, pays }] } : { pays };
      },
    };
  },
};
