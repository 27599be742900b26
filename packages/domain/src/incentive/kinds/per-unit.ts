import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { times } from '../exact.ts';

/** A fixed sum for every unit of a credit, with the pay share. */
export const perUnit: PlanKind<ComponentOf<'per_unit'>> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  check() {},
  run({ amount }, look) {
    const each = look.money(amount);
    return {
      event({ units, traced }) {
        const pays = times(each, units);
        return traced ? { pays, slices: [{ amount: units, rate: each, pays }] } : { pays };
      },
    };
  },
};
