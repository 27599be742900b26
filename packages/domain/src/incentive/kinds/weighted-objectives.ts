import type { PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { ALL, compare, exact, isDecimal, least, NONE, over, plus, times } from '../exact.ts';

/** A target sum, earned by weighted attainments, each between its threshold and its most. */
export const weightedObjectives: PlanKind<ComponentOf<'weighted_objectives'>> = {
  role: 'period',
  reads: ({ objectives }) => objectives.map(({ measure }) => measure),
  quotas: ({ objectives }) => objectives.map(({ measure }) => measure),
  check({ objectives }, { fault }) {
    let sum = NONE;
    objectives.forEach((objective, index) => {
      for (const field of ['weight', 'threshold', 'most'] as const) {
        const text = objective[field];
        if (text === undefined && field !== 'weight') continue;
        if (isDecimal(text) && exact(text).n >= 0n) {
          if (field === 'weight') sum = plus(sum, exact(text));
          continue;
        }
        const detail = 'Write a decimal that is not below zero.';
        fault('no_number', detail, `/objectives/${index}/${field}`);
      }
    });
    if (compare(sum, ALL) !== 0) {
      fault('weights', 'The weights add up to exactly "1".', '/objectives');
    }
  },
  run({ objectives, target }, look) {
    const own = target === undefined ? null : look.money(target);
    const written = objectives.map((one) => ({
      ...one,
      weight: exact(one.weight),
      threshold: exact(one.threshold ?? '0'),
      most: exact(one.most ?? '1'),
    }));
    return {
      period(step) {
        const whole = own ?? step.targetIncentive;
        if (whole === null) return { pays: NONE };
        const slices = written.map(({ measure, weight, threshold, most }) => {
          const quota = step.quota(measure);
          const attained = quota === null ? NONE : over(step.measure(measure), quota);
          const open = attained.n >= 0n && compare(attained, threshold) >= 0;
          const rate = open ? least(attained, most) : NONE;
          const amount = times(whole, weight);
          return { amount, rate, pays: times(amount, rate) };
        });
        return { pays: slices.reduce((sum, { pays }) => plus(sum, pays), NONE), slices };
      },
    };
  },
};
