import { expect, test } from 'vitest';
import { hasRoom, nameSize } from './name-size.ts';

test('a short name is large, a long one as small as it has to be and may be', () => {
  expect(nameSize('Bo', 5.6, 36)).toBe(5.6);
  expect(nameSize('James Whitfield', 5.6, 36)).toBe(4.1);
  expect(nameSize('Maximiliane von Hohenstaufen', 5.6, 36)).toBe(3.6);
});

test('words are left out where they would cut off a name', () => {
  const row = { name: 'Lena Fischer', value: '40.8', beside: '7.0 to next' };
  expect(hasRoom(row, 58)).toBe(true);
  expect(hasRoom({ ...row, name: 'Parisa Ebrahimi' }, 58)).toBe(false);
});
