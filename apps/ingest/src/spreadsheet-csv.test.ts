import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './spreadsheet-csv.ts';

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@sum', `"'@sum"`],
  ['\tx', `"'\tx"`],
  ['a=b', 'a=b'],
  ['تیم', 'تیم'],
  ['', ''],
  [null, ''],
  [7, '7'],
])('%s', (cell, line) => {
  expect(csvLine([cell])).toBe(`${line}\r\n`);
});

test('what is written is read again, but for the apostrophe of a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), (cells) => {
      const [read] = parse(csvLine(cells)) as string[][];
      expect(read).toEqual(cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
    }),
  );
});
