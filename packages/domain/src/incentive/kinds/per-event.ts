import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { times } from '../exact.ts';

/** A fixed sum for every credit, with the pay share. */
export const perEvent: PlanKind<ComponentOf<'per_event'>> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  check() {},
  run({ amount }, look) {
    const each = look.money(amount);
    return {
      event({ share, traced }) {
        const pays = times(each, share);
        return traced ? { pays, slices: [{ amount: share, rate: each, pays }] } : { pays };
      },
    };
  },
};
