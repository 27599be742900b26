import { describe, expect, it } from 'vitest';
import { changed, fieldsOf, resized, rulesFor, typedOf, valueOf } from './plan-fields.ts';

const RULES = rulesFor('accelerator', 'USD', 'revenue');

describe('the numbers of a plan', () => {
  it('are typed as percent where they are shares', () => {
    expect(fieldsOf(RULES, 0).map(typedOf)).toEqual(['0', '5', '100', '8']);
    expect(valueOf('percent', '7.5')).toBe('0.075');
    expect(valueOf('money', '۱۲۵۰')).toBe('1250');
    expect(valueOf('percent', 'many')).toBeNull();
    expect(valueOf('money', '-1')).toBeNull();
  });

  it('are changed in their places, and the rules that were there stay as they were', () => {
    const next = changed(RULES, new Map([['/components/0/bands/1/rate', '0.1']]));
    expect(fieldsOf(next, 0).map(({ value }) => value)).toEqual(['0', '0.05', '1', '0.1']);
    expect(fieldsOf(RULES, 0)[3]?.value).toBe('0.08');
  });

  it('grow and shrink by tiers', () => {
    expect(fieldsOf(resized(RULES, 0, true), 0)).toHaveLength(6);
    expect(fieldsOf(resized(RULES, 0, false), 0)).toHaveLength(2);
  });

  it('of a new tier are its own', () => {
    const next = changed(resized(RULES, 0, true), new Map([['/components/0/bands/2/from', '1.5']]));
    expect(fieldsOf(next, 0).map(typedOf)).toEqual(['0', '5', '100', '8', '150', '8']);
  });
});
