import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barePartsOf, likeness, Suggester } from './similar.ts';

const people = new Suggester([
  { id: 'anna', words: ['Anna Snelling', 'anna@example.com', 'آنا اسنلینگ'] },
  { id: 'darcel', words: ['Darcel Schlecht', 'darcel.schlecht@example.com'] },
  { id: 'ali', words: ['علی کریمی'] },
  { id: 'jose', words: ['José Muñoz'] },
  { id: 'joe', words: ['Joe Miller'] },
]);
const first = (word: string) => people.suggest(word)[0]?.id;

describe('who is meant', () => {
  test.each([
    ['the same name', 'anna  SNELLING', 'anna'],
    ['the same e-mail', 'Anna@Example.com', 'anna'],
    ['another address of the same name', 'anna.snelling@crm.example', 'anna'],
    ['an initial and a name', 'A. Snelling', 'anna'],
    ['a name with its parts the other way', 'Schlecht, Darcel', 'darcel'],
    ['a slip of the pen', 'Darcel Schlect', 'darcel'],
    ['a number at the end', 'darcel.schlecht2', 'darcel'],
    ['Arabic letters of old keyboards', 'علي كريمي', 'ali'],
    ['a half-space for the space', 'علی\u200cکریمی', 'ali'],
    ['alef without its hat', 'انا اسنلینگ', 'anna'],
    ['a name without accents', 'jose munoz', 'jose'],
  ])('%s: %s', (_name, word, id) => {
    expect(first(word)).toBe(id);
  });

  test.each(['Zoë Quist', 'x', '', '12345', 'crm-user-17', 'info@example.com'])(
    'nobody by "%s"',
    (word) => {
      expect(people.suggest(word)).toEqual([]);
    },
  );

  test('the reason is the word that is near', () => {
    expect(people.suggest('انا اسنلینگ')[0]).toMatchObject({ because: 'آنا اسنلینگ' });
    expect(people.suggest('ANNA@example.com')[0]).toMatchObject({ because: 'anna@example.com' });
  });

  test('at most five are offered', () => {
    const twins = Array.from({ length: 9 }, (_, n) => ({ id: `p${n}`, words: ['Sam Hill'] }));
    expect(new Suggester(twins).suggest('Sam Hill')).toHaveLength(5);
  });
});

test('likeness is even-handed, within bounds, and whole for the same', () => {
  const parts = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const score = likeness(a, b);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(likeness(a, a)).toBe(1);
    }),
  );
});

test('any text has parts of letters only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const part of barePartsOf(text)) expect(part).toMatch(/^\p{L}+$/u);
    }),
  );
});
