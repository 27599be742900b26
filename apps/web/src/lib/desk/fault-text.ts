import { DEFAULT_SETTINGS } from '@ovation/domain';
import { cleanText, exact, formatLocale, isRightToLeft, longDate } from '../format/index.ts';
import { saidContestsEn } from '../i18n/faults.contests.en.ts';
import { saidEventsEn } from '../i18n/faults.events.en.ts';
import { saidFiguresEn } from '../i18n/faults.figures.en.ts';
import { saidImportsEn } from '../i18n/faults.imports.en.ts';
import { saidPayEn } from '../i18n/faults.pay.en.ts';
import { saidPayDeskEn } from '../i18n/faults.pay-desk.en.ts';
import { saidPlayEn } from '../i18n/faults.play.en.ts';
import { saidShapeEn } from '../i18n/faults.shape.en.ts';
import { saidStaffEn } from '../i18n/faults.staff.en.ts';
import { saidWorkEn } from '../i18n/faults.work.en.ts';
import { faultWordsEn } from '../i18n/faults.words.en.ts';
import { faultsEn } from '../i18n/desk.faults.en.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** What the server says is wrong: a stable code, and an English sentence with the particulars. */
export interface SaidFault {
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
}

/** A whole refusal; `type` ends with the name of its kind. */
export interface SaidProblem extends SaidFault {
  readonly type?: string | undefined;
  readonly title: string;
  readonly errors?: readonly SaidFault[] | undefined;
}

/** English sentences of the server with the particulars as placeholders. */
export const SAID = {
  ...saidShapeEn,
  ...saidEventsEn,
  ...saidImportsEn,
  ...saidStaffEn,
  ...saidFiguresEn,
  ...saidPayEn,
  ...saidPayDeskEn,
  ...saidPlayEn,
  ...saidContestsEn,
  ...saidWorkEn,
} as const;

/** Particulars by name: counts, words of the server, dates, and whole sentences again. */
const NUMBERS = ['n', 'max', 'limit', 'seconds', 'scale', 'size', 'line'];
const WORDS = ['period', 'into', 'what', 'outcome', 'type', 'kind', 'step', 'right'];
const SENTENCES = ['rest'];
const DATES = ['date', 'start'];
const PERSIAN = formatLocale('fa', { ...DEFAULT_SETTINGS, timeZone: 'UTC' });
/** Details hold what was sent: shown as plain text of bounded length. */
const LONG = 400;
/** Longer ones hold what was sent, and looking for their form would take long. */
const RETOLD_MAX = 2000;
const RIGHT_TO_LEFT_MARK = '\u200f';

interface Pattern {
  readonly key: string;
  readonly names: readonly string[];
  readonly form: RegExp;
  readonly weight: number;
}

// The more of a sentence is fixed, the surer it is that sentence.
const PATTERNS: readonly Pattern[] = Object.entries(SAID)
  .map(([key, text]) => patternOf(key, text))
  .sort((a, b) => b.weight - a.weight);

/** Keys are looked up by what the server sent, so that no type can know them. */
type Untyped = (key: string, particulars?: Readonly<Record<string, string>>) => string;

/**
 * What a fault says, in the language of the reader: the server's own sentence for English; else
 * the catalogue's, with the same particulars. A sentence that the catalogue has not stands in
 * English behind the name of its code, and alone where the code is unknown too.
 */
export function faultText(fault: SaidFault, translator: DeskTranslator): string {
  const { code = '', detail } = fault;
  // A code may carry a name behind a colon.
  return sentence(faultsEn, `fault_${code.split(':', 1)[0]}`, detail, translator) ?? '';
}

/** One sentence for a refusal: the most exact that it has. */
export function problemText(problem: SaidProblem, translator: DeskTranslator): string {
  const [fault] = problem.errors ?? [];
  if (fault) return faultText(fault, translator);
  const kind = `problem_${problem.type?.split('/').at(-1)}`;
  return sentence(faultWordsEn, kind, problem.detail, translator) ?? problem.title;
}

function sentence(
  names: Readonly<Record<string, unknown>>,
  name: string,
  detail: string | undefined,
  translator: DeskTranslator,
): string | undefined {
  if (translator.language === 'en' && detail) return cleanText(detail, LONG);
  const t = translator.t as Untyped;
  const told = detail && retold(detail, t);
  if (told) return fromTheRight(told);
  if (!Object.hasOwn(names, name)) return detail && cleanText(detail, LONG);
  return detail ? t('fault_with', { fault: t(name), detail: cleanText(detail, LONG) }) : t(name);
}

/** Marked where it begins with a Latin name, which would turn a paragraph of its own around. */
const fromTheRight = (text: string): string =>
  isRightToLeft(/\p{L}/u.exec(text)?.[0] ?? '') ? text : `${RIGHT_TO_LEFT_MARK}${text}`;

/** The sentence of the catalogue for one of the server's, if it is known there. */
function retold(detail: string, t: Untyped): string | undefined {
  if (detail.length > RETOLD_MAX) return undefined;
  for (const { key, names, form } of PATTERNS) {
    const found = form.exec(detail);
    if (!found) continue;
    const particulars = names.map((name, at) => [name, particular(name, found[at + 1] ?? '', t)]);
    return t(key, Object.fromEntries(particulars) as Record<string, string>);
  }
  return undefined;
}

function particular(name: string, text: string, t: Untyped): string {
  if (SENTENCES.includes(name)) return retold(text, t) ?? cleanText(text, LONG);
  if (NUMBERS.includes(name) && /^\d{1,15}$/.test(text)) return exact(text, PERSIAN);
  if (DATES.includes(name) && isDate(text)) return longDate(Date.parse(`${text}T12:00Z`), PERSIAN);
  const word = `word_${text}`;
  if (WORDS.includes(name) && Object.hasOwn(faultWordsEn, word)) return t(word);
  return cleanText(text, LONG);
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00Z`));

function patternOf(key: string, text: string): Pattern {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const fixed = text.split(/\{\w+\}/);
  const source = fixed.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.*?)');
  return { key, names, form: new RegExp(`^${source}$`, 's'), weight: fixed.join('').length };
}
