import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { exact, times } from '../exact.ts';

/** The same rate for every credit, or for what another component earns. */
export const flat: PlanKind<ComponentOf<'flat'>> = {
  role: 'event',
  reads: ({ measure }) => (measure === undefined ? [] : [measure]),
  check({ measure, of }, { fault }) {
    if ((measure === undefined) === (of === undefined)) {
      fault('flat_base', 'Say either "measure" or "of": what the rate is of.', '/measure');
    }
  },
  run({ rate, measure, of }, look) {
    const perAmount = exact(rate);
    if (of !== undefined) {
      return { period: ({ earned }) => ({ pays: times(earned(of), perAmount) }) };
    }
    const perUnit = times(perAmount, look.perUnit(measure!));
    return {
      event({ amount, traced }) {
        const pays = times(amount, perUnit);
        return traced ? { pays, slices: [{ amount, rate: perAmount, pays }] } : { pays };
      },
    };
  },
};
