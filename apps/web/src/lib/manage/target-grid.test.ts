import { describe, expect, it } from 'vitest';
import { checkSum, targetKey, valuesOf } from './target-grid.ts';

describe('checkSum', () => {
  it.each([
    ['nobody has a target', '100', [], { kind: 'nothing' }],
    ['the whole has none', undefined, ['1.10', '2.20'], { kind: 'alone', sum: '3.3' }],
    ['they add up', '3.30', ['1.10', '2.20'], { kind: 'matches', sum: '3.3' }],
    ['a cent is missing', '3.31', ['1.10', '2.20'], { kind: 'differs', sum: '3.3' }],
    ['they promise more', '100', ['80', '24'], { kind: 'differs', sum: '104', share: 1.04 }],
  ])('%s', (_, whole, parts, expected) => {
    expect(checkSum(whole, parts)).toMatchObject(expected);
  });
});

describe('valuesOf', () => {
  it('leaves out who has no target', () => {
    const targets = new Map([[targetKey('person', 'sara'), '10']]);
    expect(valuesOf(targets, 'person', ['sara', 'ali'])).toEqual(['10']);
  });
});
