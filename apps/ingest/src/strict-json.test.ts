import fc from 'fast-check';
import { API_LIMITS } from '@ovation/protocol';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const codeOf = (text: string): string => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? 'taken' : parsed.fault.code;
};
const pointerOf = (text: string): string | undefined => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? 'taken' : parsed.fault.pointer;
};
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('what a sender sends', () => {
  test('is read as any JSON reader reads it, when there is nothing strange in it', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' });
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2), (sent, indent) => {
        const text = JSON.stringify(sent, null, indent);
        const parsed = parseStrictJson(text);
        if (/\\u0000|"(__proto__|constructor|prototype)":/.test(text)) return;
        expect(parsed).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 300 },
    );
  });

  test.each(['', '{', '{"a":1,}', "{'a':1}", 'NaN', '01', '[1 2]', '{"a":1}x', '\uFEFF{}'])(
    'is refused where it is not JSON: %j',
    (text) => {
      expect(codeOf(text)).toBe('not_json');
    },
  );
});

describe('a key that stands twice in one object', () => {
  test.each([
    ['side by side', '{"a":1,"a":2}'],
    ['written in another way', '{"a":1,"\\u0061":2}'],
    ['around another object', '{"a":{"b":1},"a":2}'],
    ['after a list', '{"a":[1,{"c":1},[2]],"b":1,"a":2}'],
    ['deep down', '[{"x":{"a":1,"b":"}","a":2}}]'],
    ['with a quote in it', '{"\\"":1,"\\"":2}'],
    ['empty', '{"":1,"":2}'],
  ])('is found %s', (_, text) => {
    expect(codeOf(text)).toBe('key_twice');
  });

  test.each([
    ['in two objects', '[{"a":1},{"a":2}]'],
    ['inside itself', '{"a":{"a":{"a":1}}}'],
    ['as a value', '{"a":"a","b":"a"}'],
    ['inside a text', '{"a":"{\\"a\\":1,\\"a\\":2}","b":1}'],
    ['in a list', '["a","a"]'],
    ['but for its case', '{"a":1,"A":2}'],
    ['but for a backslash', '{"a\\\\":1,"a":2}'],
  ])('is not mistaken for one that stands %s', (_, text) => {
    expect(codeOf(text)).toBe('taken');
  });

  test('is found wherever it is put', () => {
    const keys = fc.uniqueArray(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(keys, fc.nat(), (all, pick) => {
        const again = all[pick % all.length]!;
        const body = [...all, again].map((key) => `${JSON.stringify(key)}:{"k":[1]}`).join(',');
        expect(codeOf(`[{${body}}]`)).toBe('key_twice');
      }),
    );
  });
});

describe('text that the log could not hold', () => {
  test('is refused with its place', () => {
    expect(codeOf('{"a":{"b":"x\\u0000"}}')).toBe('null_character');
    expect(pointerOf('{"a":{"b":"x\\u0000"}}')).toBe('/a/b');
    expect(codeOf('["\\ud800"]')).toBe('half_character');
    expect(codeOf('["\\udc00x"]')).toBe('half_character');
    expect(pointerOf('[1,"\\ud800"]')).toBe('/1');
    expect(codeOf('{"\\ud800":1}')).toBe('half_character');
    expect(codeOf('{"a\\u0000":1}')).toBe('null_character');
    expect(pointerOf('{"a/b":{"c~d":"\\u0000"}}')).toBe('/a~1b/c~0d');
  });

  test('is not a whole pair, Persian or a control character', () => {
    expect(codeOf('["\\ud83c\\udf89", "🎉", "فروش", "\\u0001"]')).toBe('taken');
  });
});

describe('an object that is after more than its own keys', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('cannot have a key %s', (key) => {
    expect(codeOf(`{"${key}":{}}`)).toBe('bad_key');
    expect(pointerOf(`[{"a":{"${key}":1}}]`)).toBe(`/0/a/${key}`);
    expect(codeOf(`["${key}"]`)).toBe('taken');
  });
});

test('nesting is taken down to its limit and no further, however deep it goes', () => {
  expect(codeOf(nested(API_LIMITS.jsonDepth))).toBe('taken');
  expect(codeOf(nested(API_LIMITS.jsonDepth + 1))).toBe('too_deep');
  expect(codeOf(nested(5_000))).toBe('too_deep');
});
