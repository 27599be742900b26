import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiedText, parseBlock, pasteInto, typedCell } from './grid-paste.ts';
import { blockOf, following, inBlock, moved, placesOf, selectOne } from './grid-selection.ts';
import { NOTHING_DONE, pushed, redo, undo, type UndoStack } from './undo-stack.ts';

const SIZE = { rows: 3, columns: 2 };

describe('a selection', () => {
  it('moves by arrows and stays inside', () => {
    const corner = selectOne({ row: 0, column: 0 });
    expect(moved(corner, { rows: -1, columns: 0 }, SIZE)).toEqual(corner);
    expect(moved(corner, { rows: 99, columns: 99 }, SIZE).head).toEqual({ row: 2, column: 1 });
  });

  it('grows from where it began', () => {
    const middle = selectOne({ row: 1, column: 1 });
    const grown = moved(middle, { rows: -1, columns: -1 }, SIZE, true);
    expect(blockOf(grown)).toEqual({ top: 0, left: 0, bottom: 1, right: 1 });
    expect(placesOf(blockOf(grown))).toHaveLength(4);
    expect(inBlock({ row: 2, column: 0 }, blockOf(grown))).toBe(false);
  });

  it('goes on to the next row, and out at the ends', () => {
    expect(following({ row: 0, column: 1 }, 1, SIZE)).toEqual({ row: 1, column: 0 });
    expect(following({ row: 2, column: 1 }, 1, SIZE)).toBeNull();
    expect(following({ row: 0, column: 0 }, -1, SIZE)).toBeNull();
  });
});

describe('a pasted block', () => {
  it.each([
    [
      '1\t2\r\n3\t4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['"a\tb"\t2', [['a\tb', '2']]],
    ['"1,200"\n"say ""so"""', [['1,200'], ['say "so"']]],
    ['\t5', [['', '5']]],
    ['7', [['7']]],
    ['', [['']]],
  ])('%j', (text, rows) => expect(parseBlock(text)).toEqual(rows));

  it.each([
    ['۱٬۲۵۰٬۰۰۰', '1250000'],
    ['١٢٣٫٥', '123.5'],
    ['$1,200.50', '1200.50'],
    ['57 %', '57'],
    ['۵۰٪', '50'],
    ['1 200 €', '1200'],
    ['', null],
  ])('%j is a number', (text, value) => {
    expect(typedCell(text)).toEqual({ kind: 'value', value });
  });

  it('says what is no target', () => {
    expect(typedCell('about ten').kind).toBe('not_a_number');
    expect(typedCell('-5').kind).toBe('not_positive');
    expect(typedCell('0').kind).toBe('not_positive');
  });

  it('begins at the first selected cell and ends with the grid', () => {
    const into = { top: 1, left: 1, bottom: 1, right: 1 };
    const pasted = pasteInto(parseBlock('1\t2\n3\t4\n5\t6'), into, SIZE);
    expect(pasted.map(({ place, typed }) => [place.row, place.column, typed])).toEqual([
      [1, 1, { kind: 'value', value: '1' }],
      [2, 1, { kind: 'value', value: '3' }],
    ]);
  });

  it('of one number fills the selection', () => {
    const into = { top: 0, left: 0, bottom: 1, right: 1 };
    expect(pasteInto([['9']], into, SIZE)).toHaveLength(4);
  });

  it('comes back from what was copied', () => {
    const value = fc.option(fc.integer({ min: 1, max: 10 ** 9 }).map(String));
    const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 4,
      }),
    );
    fc.assert(
      fc.property(rows, (block) => {
        const read = parseBlock(copiedText(block)).map((fields) =>
          fields.map((text) => typedCell(text)),
        );
        // A last row of nothing is what a spreadsheet ends its text with.
        const kept = read.map((fields) => fields.map((one) => 'value' in one && one.value));
        const expected = block.map((fields) => [...fields]);
        expect(kept).toEqual(expected.slice(0, kept.length));
        expect(
          expected
            .slice(kept.length)
            .flat()
            .every((one) => one === null),
        ).toBe(true);
      }),
    );
  });
});

describe('undo', () => {
  it('takes back step by step and does again, until something new is done', () => {
    let stack: UndoStack<string> = pushed(pushed(NOTHING_DONE, 'a'), 'b');
    const back = undo(stack)!;
    expect(back.step).toBe('b');
    expect(redo(back.stack)?.step).toBe('b');
    stack = pushed(back.stack, 'c');
    expect(redo(stack)).toBeNull();
    expect(undo(stack)?.step).toBe('c');
    expect(undo(NOTHING_DONE)).toBeNull();
  });
});
