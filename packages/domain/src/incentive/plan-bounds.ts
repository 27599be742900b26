import { roundRatio, wholeRatio, type Ratio } from '../contest/ratio.ts';
import type { PlanWindow } from './definition.ts';
import { ALL, isNone, minus, NONE, over, plus, times } from './exact.ts';
import type { ReadyComponent } from './prepared.ts';
import type { Figure } from './run-state.ts';
import { payoutRate, type Closing } from './shaping.ts';

/**
 * Bounds on all components together. They work on what is paid, whole minor units, so that a cap is
 * never passed by a rounded cent; the exact figures are bounded beside it.
 */
export function closePlan(closing: Closing, figures: readonly Figure[]): void {
  const { run, version, period } = closing;
  const added = [...figures];
  for (const ready of version.planShapes) {
    const { component } = ready;
    const state = run.state(component.id);
    const window = (component as { window?: PlanWindow }).window ?? 'period';
    const { from } = run.context.windows.periods[period]!;
    state.roll(run.context.windows.windowOf(window, from).key);
    const only = (component as { applies_to?: readonly string[] }).applies_to;
    const mine = added.filter(
      (one) =>
        one.kind === 'cap' || one.kind === 'floor' || (only?.includes(one.component) ?? true),
    );
    // `raw` and `rounded` hold what there is to bound, `given` and `converted` what was changed.
    state.raw = mine.reduce((sum, one) => plus(sum, one.exact), state.raw);
    state.rounded = mine.reduce((sum, one) => sum + one.minor, state.rounded);
    const payoutFx = payoutRate(run, version, period);
    const factor = payoutFx?.factor ?? ALL;
    const exact = bounded(closing, ready, state.raw);
    const paid = bounded(closing, ready, over(wholeRatio(state.rounded), factor));
    const change = minus(exact.total, state.raw);
    const to = roundRatio(times(paid.total, factor)) - state.rounded;
    const minor = to - roundRatio(state.converted);
    const figure: Figure = {
      plan: version.plan,
      version: version.version.number,
      component: component.id,
      kind: component.kind,
      period,
      exact: minus(change, state.given),
      minor,
      lines: [
        { by: component.id, fact: null, deal: null, exact: minus(change, state.given), minor },
      ],
      measure: null,
      shapes: [{ by: component.id, trace: exact.trace, in: state.raw, out: exact.total }],
      payoutFx,
    };
    state.given = change;
    state.converted = wholeRatio(to);
    if (isNone(figure.exact) && minor === 0n) continue;
    added.push(figure);
    run.figures.push(figure);
  }
}

function bounded({ step }: Closing, { runner }: ReadyComponent, total: Ratio) {
  const { measure } = step;
  const quota = () => null;
  const made = runner.shape!({ measure, quota, total, deals: new Map(), keepsMinimum: false });
  return { total: 'total' in made ? made.total : NONE, trace: made.trace };
}
