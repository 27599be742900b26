import { createTranslator, type Translator } from './catalogue.ts';
import { commonEn } from './common.en.ts';
import { commonFa } from './common.fa.ts';
import type { Language } from './language.ts';
import { wallEn } from './wall.en.ts';
import { wallFa } from './wall.fa.ts';

const en = { ...commonEn, ...wallEn };
const fa = { ...commonFa, ...wallFa };

export type WallTranslator = Translator<typeof en>;

export const wallTranslator = (language: Language): WallTranslator =>
  createTranslator(language, { en, fa });
