import { expect, it } from 'vitest';
import { between } from './my-figure.ts';

it.each([
  ['10.00', '20.00', 0, '10.00'],
  ['10.00', '20.00', 0.5, '15.00'],
  ['10.00', '20.00', 1, '20.00'],
  ['0', '-8', 0.25, '-2'],
])('from %s to %s after %d it shows %s', (from, to, share, shown) =>
  expect(between(from, to, share)).toBe(shown),
);
it('ends on every digit of the figure itself', () =>
  expect(between('0', '90071992547409931234.56', 1)).toBe('90071992547409931234.56'));
