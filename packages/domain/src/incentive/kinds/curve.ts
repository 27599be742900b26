import type { Ratio } from '../../contest/ratio.ts';
import { inProportion, risingFaults } from '../bands.ts';
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

interface Point {
  readonly at: Ratio;
  readonly pays: Ratio;
}

/** Pay at some positions, and straight lines between them; after the last it stays. */
export const curve: PlanKind<ComponentOf<'curve'>> = {
  role: 'event',
  reads: ({ measure }) => [measure],
  quotas: ({ measure, position }) => (position === 'attainment' ? [measure] : []),
  check({ points }, { fault, warn }) {
    const at = points.map((point) => point.at);
    if (!risingFaults(at, fault, (index) => `/points/${index}/at`, '/points')) return;
    if (points.length < 2) fault('no_line', 'A curve has two points or more.', '/points');
    points.forEach(({ pays }, index) => {
      const pointer = `/points/${index}/pays`;
      if (!isDecimal(pays)) return fault('no_number', 'Write a decimal such as "0.5".', pointer);
      if (index === 0 && exact(pays).n !== 0n) {
        fault(
          'curve_start',
          'At "0" a curve pays "0": add what is always paid as a floor.',
          pointer,
        );
      }
      const before = points[index - 1]?.pays;
      if (before !== undefined && isDecimal(before) && compare(exact(pays), exact(before)) < 0) {
        warn('falling_rate', 'Pay falls here: selling more pays less.', pointer);
      }
    });
  },
  run({ measure, position, points, pays, target }, look) {
    const attained = position === 'attainment';
    const own = target === undefined ? null : look.money(target);
    const written = points.map((point) => ({
      at: attained ? exact(point.at) : look.onMeasure(measure, point.at),
      pays: pays === 'amount' ? look.money(point.pays) : exact(point.pays),
    }));
    return {
      event(step) {
        const quota = attained ? step.quota() : ALL;
        const factor = pays === 'amount' ? ALL : (own ?? step.targetIncentive);
        if (quota === null || factor === null || isNone(step.moves)) return null;
        const line = written.map(({ at, pays: share }) => ({
          at: attained ? times(at, quota) : at,
          pays: times(share, factor),
        }));
        const paid = minus(paidAt(line, step.after), paidAt(line, step.before));
        const rate = over(paid, step.moves);
        const { before: from, after: to, moves: amount } = step;
        return inProportion({ pays: paid, slices: [{ from, to, amount, rate, pays: paid }] }, step);
      },
    };
  },
};

/** What a position pays; below the first point the first line goes on. */
function paidAt(line: readonly Point[], at: Ratio): Ratio {
  let next = line.findIndex((point) => compare(at, point.at) < 0);
  if (next < 0) return line.at(-1)?.pays ?? NONE;
  next = Math.max(next, 1);
  const [a, b] = [line[next - 1]!, line[next]!];
  const slope = over(minus(b.pays, a.pays), minus(b.at, a.at));
  return plus(a.pays, times(minus(at, a.at), slope));
}
