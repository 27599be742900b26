import { createTranslator, type Translator } from './catalogue.ts';
import { commonEn } from './common.en.ts';
import { commonFa } from './common.fa.ts';
import { deskEn } from './desk.en.ts';
import { deskFa } from './desk.fa.ts';
import { figuresEn } from './desk.figures.en.ts';
import { figuresFa } from './desk.figures.fa.ts';
import { manageEn } from './desk.manage.en.ts';
import { manageFa } from './desk.manage.fa.ts';
import type { Language } from './language.ts';

const en = { ...commonEn, ...deskEn, ...manageEn, ...figuresEn };
const fa = { ...commonFa, ...deskFa, ...manageFa, ...figuresFa };

export type DeskTranslator = Translator<typeof en>;

const made = new Map<Language, DeskTranslator>();

/** The words of phone and desk; one translator per language is enough for everybody. */
export function deskTranslator(language: Language): DeskTranslator {
  const known = made.get(language) ?? createTranslator(language, { en, fa });
  made.set(language, known);
  return known;
}
