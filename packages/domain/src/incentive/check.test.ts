import { describe, expect, it } from 'vitest';
import { checkPlan } from './check.ts';
import type { PlanComponent, PlanDefinition } from './definition.ts';
import { ARR, planOf } from './incentive.fixture.ts';

const flat: PlanComponent = { id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' };
const tiers: PlanComponent = {
  id: 'tiers',
  kind: 'tiers',
  measure: 'arr',
  position: 'amount',
  mode: 'marginal',
  bands: [
    { from: '0', rate: '0.10' },
    { from: '10000', rate: '0.08' },
  ],
};
const faults = (plan: PlanDefinition) =>
  checkPlan(plan).faults.map(({ code, pointer }) => `${code} ${pointer}`);
const warnings = (plan: PlanDefinition) =>
  checkPlan(plan).warnings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a plan cannot be used', () => {
  it.each<[string, PlanDefinition, string]>([
    [
      'when it is in no currency',
      planOf([flat], { currency: 'XXQ' }),
      'unknown_currency /currency',
    ],
    ['with two of one name', planOf([flat, flat]), 'same_id /components/1/id'],
    [
      'with a measure that is not there',
      planOf([{ ...flat, measure: 'nps' }]),
      'unknown_measure /components/0/measure',
    ],
    [
      'with a number that is none',
      planOf([{ ...flat, rate: '6%' }]),
      'no_number /components/0/rate',
    ],
    [
      'with components in a ring',
      planOf([
        { id: 'a', kind: 'flat', of: 'b', rate: '1' },
        { id: 'b', kind: 'flat', of: 'a', rate: '1' },
      ]),
      'ring /components/0/of',
    ],
    [
      'with measures in a ring',
      planOf([flat], { measures: [ARR, { id: 'x', add: ['y'] }, { id: 'y', add: ['x'] }] }),
      'ring /measures/1/add',
    ],
    [
      'with bands that do not begin at zero',
      planOf([{ ...tiers, bands: [{ from: '1', rate: '0.1' }] }]),
      'first_band /components/0/bands/0/from',
    ],
    [
      'with weights that are not a whole',
      planOf([
        {
          id: 'goals',
          kind: 'weighted_objectives',
          target: '1',
          objectives: [{ measure: 'arr', weight: '0.9' }],
        },
      ]),
      'weights /components/0/objectives',
    ],
    [
      'with a gate for what is not there',
      planOf([{ id: 'gate', kind: 'gate', when: { ge: ['arr', '1'] }, applies_to: ['base'] }]),
      'unknown_component /components/0/applies_to/0',
    ],
    [
      'with a clawback by days that names none',
      planOf([flat], { clawback: { basis: 'prorated_days' } }),
      'missing /clawback/window_days',
    ],
  ])('%s', (_, plan, fault) => {
    expect(faults(plan)).toContain(fault);
  });
});

describe('a plan should be thought about', () => {
  it.each<[string, PlanDefinition, string]>([
    ['when its rates fall', planOf([tiers]), 'falling_rate /components/0/bands/1/rate'],
    [
      'when pay jumps',
      planOf([
        { ...tiers, mode: 'whole', bands: [...tiers.bands.slice(0, 1), { from: '5', rate: '1' }] },
      ]),
      'cliff /components/0/bands/1',
    ],
    [
      'when a cap comes before a band',
      planOf([tiers, { id: 'cap', kind: 'cap', scope: 'period', amount: '900' }]),
      'unreachable_band /components/0/bands/1',
    ],
    [
      'when attainment has no quota of a name',
      planOf([{ ...tiers, position: 'attainment' }]),
      'no_quota_named /components/0',
    ],
    [
      'when nothing reads a measure',
      planOf([flat], { measures: [ARR, { id: 'seats', sum: 'units' }] }),
      'unused_measure /measures/1',
    ],
  ])('%s', (_, plan, warning) => {
    expect(faults(plan)).toEqual([]);
    expect(warnings(plan)).toContain(warning);
  });

  it('not when there is nothing to say', () => {
    expect(checkPlan(planOf([flat]))).toEqual({ faults: [], warnings: [] });
  });
});
