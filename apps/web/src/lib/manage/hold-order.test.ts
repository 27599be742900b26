import { describe, expect, it } from 'vitest';
import { holdOrder } from './hold-order.ts';

describe('holdOrder', () => {
  it('keeps the order that is shown and counts the rows that would move', () => {
    expect(holdOrder(['a', 'b', 'c'], ['b', 'a', 'c'])).toEqual({
      order: ['a', 'b', 'c'],
      waiting: 2,
    });
  });

  it('drops who left and puts who came at the end', () => {
    expect(holdOrder(['a', 'b'], ['c', 'b']).order).toEqual(['b', 'c']);
  });

  it('has nothing waiting when the order is the same', () => {
    expect(holdOrder(['a', 'b'], ['a', 'b']).waiting).toBe(0);
    expect(holdOrder([], []).waiting).toBe(0);
  });
});
