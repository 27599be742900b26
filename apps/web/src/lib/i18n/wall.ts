import { createTranslator, type Translator } from './catalogue.ts';
import { commonEn } from './common.en.ts';
import { commonFa } from './common.fa.ts';
import type { Language } from './language.ts';
import { wallContestEn } from './wall.contest.en.ts';
import { wallContestFa } from './wall.contest.fa.ts';
import { wallEn } from './wall.en.ts';
import { wallFa } from './wall.fa.ts';

const en = { ...commonEn, ...wallEn, ...wallContestEn };
const fa = { ...commonFa, ...wallFa, ...wallContestFa };

export type WallTranslator = Translator<typeof en>;

export const wallTranslator = (language: Language): WallTranslator =>
  createTranslator(language, { en, fa });
