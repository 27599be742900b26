import { bandAt, risingFaults } from '../bands.ts';
import { judge, measuresIn } from '../condition.ts';
import type { PlanKind, ShapeStep } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { ALL, exact, isDecimal, times } from '../exact.ts';
import { shapeReader } from './gate.ts';

type Modifier = ComponentOf<'modifier'>;

/** Multiplies: by one factor where its condition holds, or by the band of a measure. */
export const modifier: PlanKind<Modifier> = {
  role: 'shape',
  stage: () => 'modifier',
  reads: ({ when, measure }) => [
    ...(when === undefined ? [] : measuresIn(when)),
    ...(measure === undefined ? [] : [measure]),
  ],
  quotas: ({ measure, position }) =>
    measure !== undefined && position === 'attainment' ? [measure] : [],
  check({ times: factor, bands, measure }, { fault }) {
    if ((factor === undefined) === (bands === undefined)) {
      fault('modifier_base', 'Say either "times", or "bands" with a "measure".', '/times');
    }
    if (bands === undefined) return;
    if (measure === undefined) fault('missing', 'Say which "measure" the bands go by.', '/measure');
    bands.forEach((band, index) => {
      if (isDecimal(band.times) && isDecimal(band.from)) return;
      fault('no_number', 'Write decimals in "from" and "times".', `/bands/${index}`);
    });
    risingFaults(
      bands.map(({ from }) => from),
      fault,
      (n) => `/bands/${n}/from`,
      '/bands',
    );
  },
  run(component, look) {
    const { when, measure, position, bands } = component;
    const fixed = exact(component.times ?? '1');
    const attained = position === 'attainment';
    const edges = bands?.map(({ from }) =>
      attained ? exact(from) : look.onMeasure(measure!, from),
    );
    const factors = bands?.map((band) => exact(band.times));
    const banded = (step: ShapeStep) => {
      if (!edges || !factors) return fixed;
      const quota = attained ? step.quota(measure!) : ALL;
      if (quota === null) return ALL;
      const own = attained ? edges.map((edge) => times(edge, quota)) : edges;
      return factors[bandAt(own, step.measure(measure!))]!;
    };
    return {
      shape(step) {
        const open = when === undefined || judge(when, shapeReader(step, look)).passed;
        const factor = open ? banded(step) : ALL;
        return { times: factor, trace: { kind: 'modifier', times: factor } };
      },
    };
  },
};
