import type { Ratio } from '../../contest/ratio.ts';
import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import {
  ALL,
  compare,
  exact,
  isDecimal,
  isNone,
  minus,
  NONE,
  over,
  plus,
  times,
} from '../exact.ts';

/** Fixed sums for positions that are reached, each once in a window; what is lost is given back. */
export const milestone: PlanKind<ComponentOf<'milestone'>> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  quotas: ({ measure, position }) => (position === 'attainment' ? [measure] : []),
  check({ steps }, { fault }) {
    if (steps.length === 0) fault('no_steps', 'Write at least one step.', '/steps');
    steps.forEach(({ at, amount }, index) => {
      if (!isDecimal(at) || exact(at).n <= 0n) {
        fault('no_number', 'Write where it is reached: more than "0".', `/steps/${index}/at`);
      }
      if (!isDecimal(amount)) {
        fault('no_number', 'Write a sum such as "500.00".', `/steps/${index}/amount`);
      }
    });
  },
  run({ measure, position, steps }, look) {
    const attained = position === 'attainment';
    const written = steps.map(({ at, amount }) => ({
      at: attained ? exact(at) : look.onMeasure(measure, at),
      pays: look.money(amount),
    }));
    return {
      event(step) {
        const quota = attained ? step.quota() : ALL;
        if (quota === null || isNone(step.moves)) return null;
        const paidAt = (position: Ratio) =>
          written
            .filter(({ at }) => compare(times(at, quota), position) <= 0)
            .reduce((sum, { pays }) => plus(sum, pays), NONE);
        const pays = minus(paidAt(step.after), paidAt(step.before));
        if (isNone(pays)) return null;
        const { before: from, after: to, moves: amount } = step;
        const slices = [{ from, to, amount, rate: over(pays, amount), pays }];
        return { pays, slices };
      },
    };
  },
};
