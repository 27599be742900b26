import { describe, expect, it } from 'vitest';
import { checkPlan, PLAN_KINDS, type PlanComponentKind } from '@ovation/domain';
import { FIELD_LABELS, KIND_FIELDS, MEASURE_FIELDS, POLICY_FIELDS } from './plan-fields.ts';
import {
  added,
  blankOf,
  moved,
  nextRow,
  numberKind,
  rulesFor,
  typedOf,
  valueAt,
  valueOf,
  withValue,
} from './plan-values.ts';

const RULES = rulesFor('accelerator', 'USD', 'revenue');
const KINDS = Object.keys(PLAN_KINDS) as PlanComponentKind[];

describe('the numbers of a plan', () => {
  it('are typed as percent where they are shares', () => {
    expect(typedOf('percent', '0.075')).toBe('7.5');
    expect(valueOf('percent', '7.5')).toBe('0.075');
    expect(valueOf('money', '۱۲۵۰')).toBe('1250');
  });

  it('are kept as they were typed where they are none, so that the fault is told', () => {
    expect(valueOf('percent', 'many ')).toBe('many');
    expect(typedOf('percent', 'many')).toBe('many');
  });

  it('are money for each where what is counted is none', () => {
    const counted = withValue(RULES, '/measures/0/sum', 'count');
    expect(numberKind('rate', RULES, { measure: 'sold' })).toBe('percent');
    expect(numberKind('rate', counted, { measure: 'sold' })).toBe('money');
    expect(numberKind('position', RULES, { measure: 'sold', position: 'amount' })).toBe('money');
  });
});

describe('the places of a plan', () => {
  it('are changed one by one, and the rules that were there stay as they were', () => {
    const next = withValue(RULES, '/components/0/bands/1/rate', '0.1');
    expect(valueAt(next, '/components/0/bands/1/rate')).toBe('0.1');
    expect(valueAt(RULES, '/components/0/bands/1/rate')).toBe('0.08');
  });

  it('come into being with what they cannot do without, and leave nothing behind', () => {
    const held = withValue(RULES, '/pay/holdback', '0.1');
    expect(held.pay).toEqual({ on: 'close', holdback: '0.1' });
    const drawn = withValue(RULES, '/draw/kind', 'recoverable');
    expect(drawn.draw).toEqual({ kind: 'recoverable', amount: '0' });
    expect(withValue(drawn, '/draw/kind', undefined)).toEqual(RULES);
    expect(withValue(withValue(RULES, '/fx/credit', 'anchor'), '/fx/credit', undefined)).toEqual(
      RULES,
    );
  });

  it('of a new row are its own', () => {
    const row = nextRow((RULES.components[0] as { bands: readonly unknown[] }).bands, []);
    const next = withValue(RULES, '/components/0/bands/2', row);
    expect(
      valueAt(withValue(next, '/components/0/bands/2/from', '1.5'), '/components/0/bands/1'),
    ).toEqual({ from: '1', rate: '0.08' });
  });

  it('are ordered by hand', () => {
    const two = added(RULES, 'components', blankOf('cap', RULES, '2026-12-01'));
    expect(moved(two, 'components', 1, -1).components.map(({ id }) => id)).toEqual([
      'cap',
      'commission',
    ]);
    expect(moved(two, 'components', 1, 1)).toBe(two);
  });
});

describe('every kind of component', () => {
  it.each(KINDS)('%s begins with rules that have no fault, and has its fields', (kind) => {
    const rules = added(RULES, 'components', blankOf(kind, RULES, '2026-12-01'));
    expect(checkPlan(rules).faults).toEqual([]);
    expect(KIND_FIELDS[kind].length).toBeGreaterThan(0);
  });

  it('asks for no field that has no name', () => {
    const columns = Object.values(KIND_FIELDS).flat();
    const nested = columns.flatMap((one) => (one.type === 'rows' ? one.columns : []));
    const labels = [...columns, ...nested, ...MEASURE_FIELDS, ...POLICY_FIELDS];
    for (const { label } of labels) expect(FIELD_LABELS).toContain(label);
  });
});
