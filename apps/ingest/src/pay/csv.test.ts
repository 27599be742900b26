import { describe, expect, test } from 'vitest';
import { csvOf, sha256 } from './csv.ts';

describe('a file of pay', () => {
  test.each([
    ['a plain text', 'Ana', 'Ana'],
    ['an amount below zero', '-12.50', '-12.50'],
    ['a comma', 'Rossi, Sofia', '"Rossi, Sofia"'],
    ['a quote', 'the "best"', '"the ""best"""'],
    ['a line break', 'one\ntwo', '"one\ntwo"'],
    ['a Persian name', 'سوفیا روسی', 'سوفیا روسی'],
    ['a formula', '=1+1', "'=1+1"],
    ['a call', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula behind a plus', '+cmd|x', "'+cmd|x"],
    ['a formula with a comma', '=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ['something like a number', '-1-1', "'-1-1"],
  ])('writes %s as it is meant', (_, cell, written) =>
    expect(csvOf([[cell]])).toBe(`${written}\r\n`),
  );

  test('has the same bytes for the same rows, and others for others', () => {
    const rows = [
      ['payout', 'amount'],
      ['pob_1', '12.50'],
    ];
    expect(sha256(csvOf(rows))).toBe(sha256(csvOf(structuredClone(rows))));
    expect(sha256(csvOf(rows))).not.toBe(sha256(csvOf([...rows, ['pob_2', '1.00']])));
  });
});
