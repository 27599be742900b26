import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('cells are quoted where they must be, and never run as formulas', () => {
  const rows = [
    ['=SUM(A1)', -5, null],
    ['a "b", c', '-12.50', 'line\nbreak'],
    ['@cmd', '+49 89', '\tx'],
    ['آنا', '-', '-1-1'],
  ];
  expect(csvOf(['name', 'value', 'more'], rows)).toBe(
    [
      '\uFEFFname,value,more',
      "'=SUM(A1),-5,",
      '"a ""b"", c",-12.50,"line\nbreak"',
      "'@cmd,'+49 89,'\tx",
      "آنا,'-,'-1-1",
      '',
    ].join('\r\n'),
  );
});
