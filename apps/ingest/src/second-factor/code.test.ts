import { expect, test } from 'vitest';
import { tidyCode } from './code.ts';

test.each([
  ['005924', '005924'],
  [' 005 924 ', '005924'],
  ['۰۰۵۹۲۴', '005924'],
  ['٠٠٥٩٢٤', '005924'],
  ['０05924', '005924'],
  ['4K9D-8fgh-1234-abcd', '4k9d-8fgh-1234-abcd'],
])('"%s" is read as "%s"', (typed, code) => expect(tidyCode(typed)).toBe(code));
