import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { exact, times } from '../exact.ts';

/** The measure of what an override is paid on: the credits of those below. */
export const overrideMeasure = (id: string): string => `@${id}`;

/** A rate on what those below sell, along the reporting lines of the day. */
export const override: PlanKind<ComponentOf<'override'>> = {
  role: 'event',
  reads: ({ id }) => [overrideMeasure(id)],
  check({ levels }, { fault }) {
    if (levels !== undefined && !(Number.isSafeInteger(levels) && levels > 0)) {
      fault('bad_levels', 'Write how many levels below count: 1 or more.', '/levels');
    }
  },
  run({ rate, levels = Infinity }) {
    const perAmount = exact(rate);
    return {
      event({ amount, level, traced }) {
        if (level < 1 || level > levels) return null;
        const pays = times(amount, perAmount);
        return traced ? { pays, slices: [{ amount, rate: perAmount, pays }] } : { pays };
      },
    };
  },
};
