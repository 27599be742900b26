import { describe, expect, test } from 'vitest';
import { isHandMade, isSomething, leftOfEntry, opposite } from './entry-left.ts';

const entry = (id: string, amount: string, reverses: string | null = null) => ({
  ...{ id, amount, reverses },
  type: 'adjustment' as const,
});

describe('what is left of an entry', () => {
  test.each([
    ['all', '50.00', [], '50.00'],
    ['a part', '50.00', ['-20.00'], '30.00'],
    ['nothing', '50.00', ['-20.00', '-30.00'], '0.00'],
    ['a debt', '-50.00', ['20.00'], '-30.00'],
  ])('is %s', (_, amount, back, left) => {
    const one = entry('a', amount);
    const others = back.map((sum, at) => entry(`b${at}`, sum, 'a'));
    const found = leftOfEntry(one, [one, ...others, entry('c', '9.00', 'other')]);
    expect(Number(found)).toBe(Number(left));
    expect(isSomething(found)).toBe(Number(left) !== 0);
  });
});

test('what takes an amount back is the same the other way', () => {
  expect(opposite('12.50')).toBe('-12.50');
  expect(opposite('-12.50')).toBe('12.50');
});

test('only adjustments and bonuses are entered by hand', () => {
  expect(isHandMade({ type: 'spiff' })).toBe(true);
  expect(isHandMade({ type: 'earning' })).toBe(false);
});
