import type { Ratio } from '../../contest/ratio.ts';
import { bandAt, risingFaults } from '../bands.ts';
import type { CheckLook, PeriodStep, PlanKind, PlanLook } from '../component.ts';
import type { Axis, ComponentOf } from '../definition.ts';
import { exact, isDecimal, NONE, times } from '../exact.ts';

const AXES = ['rows', 'columns'] as const;

/** A table with two edges: the cell of two measures says what the window pays. */
export const matrix: PlanKind<ComponentOf<'matrix'>> = {
  role: 'period',
  reads: ({ rows, columns }) => [rows.measure, columns.measure],
  quotas: (component) =>
    AXES.map((axis) => component[axis])
      .filter(({ position }) => position === 'attainment')
      .map(({ measure }) => measure),
  check(component, look) {
    for (const axis of AXES) checkAxis(component[axis].from, axis, look);
    const { rows, columns, cells } = component;
    const even = cells.every((line) => line.length === columns.from.length);
    if (cells.length !== rows.from.length || !even) {
      const detail = `Write ${rows.from.length} lines of ${columns.from.length} cells.`;
      look.fault('cells', detail, '/cells');
    }
    cells.forEach((line, row) =>
      line.forEach((cell, column) => {
        if (isDecimal(cell)) return;
        look.fault('no_number', 'Write a decimal.', `/cells/${row}/${column}`);
      }),
    );
  },
  run({ rows, columns, cells, pays }, look) {
    const [row, column] = [reader(rows, look), reader(columns, look)];
    const read = pays === 'amount' ? look.money : exact;
    const written = cells.map((line) => line.map(read));
    const perUnit = look.perUnit(rows.measure);
    return {
      period(step) {
        const [at, beside] = [row(step), column(step)];
        if (at === null || beside === null) return { pays: NONE };
        const cell = written[at]![beside]!;
        const about = { row: rows.from[at]!, column: columns.from[beside]! };
        if (pays === 'amount') return { pays: cell, about };
        const amount = step.measure(rows.measure);
        const paid = times(times(amount, perUnit), cell);
        return { pays: paid, slices: [{ amount, rate: cell, pays: paid }], about };
      },
    };
  },
};

function checkAxis(from: readonly string[], axis: string, { fault }: CheckLook): void {
  from.forEach((edge, index) => {
    if (!isDecimal(edge)) fault('no_number', 'Write a decimal.', `/${axis}/from/${index}`);
  });
  risingFaults(from, fault, (index) => `/${axis}/from/${index}`, `/${axis}/from`);
}

/** Which step of an axis somebody stands on; `null` without a quota to go by. */
function reader({ measure, position, from }: Axis, look: PlanLook) {
  const attained = position === 'attainment';
  const edges = from.map((edge) => (attained ? exact(edge) : look.onMeasure(measure, edge)));
  return (step: PeriodStep): number | null => {
    const quota: Ratio | null = attained ? step.quota(measure) : null;
    if (attained && quota === null) return null;
    const own = quota === null ? edges : edges.map((edge) => times(edge, quota));
    return bandAt(own, step.measure(measure));
  };
}
