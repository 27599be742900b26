import { describe, expect, it } from 'vitest';
import type { PlanDefinition } from '@ovation/domain';
import {
  alongsOf,
  asksTargets,
  curveOf,
  drawnCurve,
  mainAlong,
  middleTarget,
  readingsOf,
} from './plan-curve.ts';
import { rulesFor, withValue } from './plan-values.ts';

const RULES = rulesFor('accelerator', 'USD', 'revenue');
const FRAME = { width: 400, height: 300, top: 20, right: 20, bottom: 40, left: 40 };
const ASKED = { along: 'sold', targets: { revenue: '10000' }, on: '2026-12-01' };
const whole = withValue(RULES, '/components/0/mode', 'whole');

describe('the curve of a plan', () => {
  it('goes along what pays by attainment, and asks for its target', () => {
    expect(mainAlong(RULES)).toBe('sold');
    expect(asksTargets(RULES, 'sold')).toEqual(['revenue']);
    expect(
      alongsOf(withValue(RULES, '/components/1', { id: 'o', kind: 'override', rate: '0' })),
    ).toEqual(['sold', '']);
  });

  it('is read at whole percents, beside what the rules of now pay', () => {
    const [now, next] = [curveOf(RULES, ASKED)!, curveOf(whole, ASKED)!];
    const at = readingsOf(next, now).find(({ percent }) => percent === 120);
    expect(at).toEqual({ percent: 120, sold: '12000.00', pays: '960.00', before: '660.00' });
  });

  it('is drawn with its cliff: from where, to where, how much', () => {
    const drawn = drawnCurve(curveOf(whole, ASKED)!, null, FRAME);
    expect(drawn.cliffs).toHaveLength(1);
    expect(drawn.cliffs[0]).toMatchObject({ percent: '100', jump: '300.00' });
    expect(drawn.cliffs[0]!.to).toBeLessThan(drawn.cliffs[0]!.from);
    expect(drawn.xTicks.at(-1)).toEqual({ percent: 160, x: 380 });
  });

  it('waits while a number cannot be read, and where rules lack a part', () => {
    expect(curveOf(withValue(RULES, '/components/0/bands/0/rate', 'much'), ASKED)).toBeNull();
    const without = withValue(RULES, '/components/0/bands', undefined) as PlanDefinition;
    expect(curveOf(without, ASKED)).toBeNull();
  });

  it('takes the middle one of the targets of people', () => {
    const of = (value: string) => ({ scope: 'person' as const, entity: value, value });
    const all = { scope: 'organisation' as const, entity: null, value: '9' };
    expect(middleTarget({ targets: [all, of('100'), of('20'), of('30')] })).toBe('30');
    expect(middleTarget({ targets: [all] })).toBeNull();
  });
});
