import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, unscaled } from './difference.ts';

const lines = (was: unknown, now: unknown) =>
  difference(was, now).map(
    (one) => `${one.path}: ${JSON.stringify(one.was) ?? '-'} > ${JSON.stringify(one.now) ?? '-'}`,
  );

describe('a difference', () => {
  it.each([
    ['nothing before', null, { team: 't1', since: null }, ['team: - > "t1"', 'since: - > null']],
    ['nothing after', { rate: '1.1' }, null, ['rate: "1.1" > -']],
    ['one value of several', { a: 1, b: 2 }, { a: 1, b: 3 }, ['b: 2 > 3']],
    [
      'a value inside',
      { settings: { closing: { late: 'accept', graceDays: 3 } } },
      { settings: { closing: { late: 'refuse', graceDays: 3 } } },
      ['settings.closing.late: "accept" > "refuse"'],
    ],
    [
      'words that came and went',
      { holidays: ['2026-01-01', '2026-05-01'] },
      { holidays: ['2026-01-01', '2026-12-25'] },
      ['holidays: ["2026-05-01"] > ["2026-12-25"]'],
    ],
    ['a word that came', { scopes: ['a'] }, { scopes: ['a', 'b'] }, ['scopes: - > ["b"]']],
    [
      'another order of words',
      { of: ['a', 'b'] },
      { of: ['b', 'a'] },
      ['of: ["a","b"] > ["b","a"]'],
    ],
    ['numbers in places', { days: [1, 0] }, { days: [0, 1] }, ['days: [1,0] > [0,1]']],
    ['lists of things', { parts: [{ w: 1 }] }, { parts: [{ w: 2 }] }, ['parts.0.w: 1 > 2']],
    ['one value alone', '10', '12', [': "10" > "12"']],
    ['null and absent', { manager: null }, {}, ['manager: null > -']],
  ])('%s', (_, was, now, expected) => expect(lines(was, now)).toEqual(expected));

  it('of the same is none, and of two that differ is some', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(difference(one, structuredClone(one))).toEqual([]);
        expect(difference(one, other).length).toBe(difference(other, one).length);
      }),
    );
  });
});

it.each([
  ['12050', 2, '120.5'],
  ['15000000', 2, '150000'],
  ['-5', 2, '-0.05'],
  ['7', 0, '7'],
])('%s with %i decimals is %s', (value, scale, text) => expect(unscaled(value, scale)).toBe(text));
