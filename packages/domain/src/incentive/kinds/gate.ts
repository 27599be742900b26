import { judge, measuresIn } from '../condition.ts';
import type { PlanKind, PlanLook, ShapeStep } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { ALL, exact, isDecimal, NONE } from '../exact.ts';
import type { ConditionReader } from '../condition.ts';

/** What conditions of shapes are judged by: measures of the window, unrounded. */
export const shapeReader = (step: ShapeStep, look: PlanLook): ConditionReader => ({
  value: step.measure,
  attainment(measure) {
    const quota = step.quota(measure);
    return quota === null ? undefined : { sum: step.measure(measure), quota };
  },
  constant: look.onMeasure,
});

/** Open where its condition holds; closed, others pay nothing, or a part. */
export const gate: PlanKind<ComponentOf<'gate'>> = {
  role: 'shape',
  stage: () => 'gate',
  reads: ({ when }) => measuresIn(when),
  check(component, { fault }) {
    const other = component.else;
    if (other === undefined || other === 'zero') return;
    if (!isDecimal(other.times) || exact(other.times).n < 0n) {
      fault('no_number', 'Write a decimal that is not below zero.', '/else/times');
    }
  },
  run(component, look) {
    const other = component.else;
    const closed = other === undefined || other === 'zero' ? NONE : exact(other.times);
    return {
      shape(step) {
        const judged = judge(component.when, shapeReader(step, look));
        return { times: judged.passed ? ALL : closed, trace: { kind: 'gate', ...judged } };
      },
    };
  },
};
