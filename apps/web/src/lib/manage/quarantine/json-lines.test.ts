import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultyLine, inLines, placesOf } from './json-lines.ts';

const BODY = `{
  "id": "d-1",
  "amount": {
    "amount": "12,50",
    "currency": "EUR"
  },
  "credits": [
    { "person": "Sara" },
    { "person": "Ali", "share": "2" }
  ],
  "a/b": 1
}`;

describe('the line of a fault', () => {
  it.each([
    ['/id', 2],
    ['/amount', 3],
    ['/amount/amount', 4],
    ['/amount/unit', 3],
    ['/credits/1/share', 9],
    ['/credits/7', 7],
    ['/a~1b', 11],
    ['/nothing', 1],
    ['', null],
    [undefined, null],
  ])('%s', (pointer, line) => expect(faultyLine(BODY, pointer)).toBe(line));

  it.each([
    ['{\n  "id": 1,\n}', 3],
    ['{\n  "id": "one\n}', 2],
    ['{\n  "id": 01\n}', 2],
    ['[1, 2]\nmore', 2],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ['', 1],
    ['['.repeat(5_000), 1],
  ])('of a broken text: %j', (text, line) => expect(faultyLine(text, '/id')).toBe(line));
});

describe('a text in lines', () => {
  it('has one value each, token for token as they came', () => {
    expect(inLines('{"a":1.10,"a":[],"b":[1,{"c":"x,{y"}]}')).toBe(
      '{\n  "a": 1.10,\n  "a": [],\n  "b": [\n    1,\n    {\n      "c": "x,{y"\n    }\n  ]\n}',
    );
    expect(inLines('{"a": oops}')).toBe('{"a": oops}');
  });

  it('means the same, whatever it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(placesOf(text).fault).toBeNull();
        expect(JSON.parse(inLines(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('has a fault exactly where JSON.parse finds one', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'null', ' ', '-');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const text = list.join('');
        expect(placesOf(text).fault === null).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
