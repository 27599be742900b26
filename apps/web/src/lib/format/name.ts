import type { Language } from '../i18n/language.ts';

/** Names come from CRMs, so they may hold anything; what is shown is plain text of bounded length. */
const NAME_LENGTH_MAX = 60;
/** C0, C1 and the controls that turn text around; joiners stay, Persian needs them. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

interface HasName {
  readonly name: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

/** Text of unknown origin, safe to lay out: no controls, no runs of spaces, clamped. */
export function cleanText(text: string, max = NAME_LENGTH_MAX): string {
  const clean = text.replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  const letters = Array.from(clean);
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : clean;
}

/** The name in the reader's language where the organisation gave one. */
export const displayName = (of: HasName, language: Language): string =>
  cleanText(of.names?.[language] ?? of.name) || '–';

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Two initials; one letter in Persian, where two would join. */
export function monogram(name: string, language: Language): string {
  const words = name
    .split(/\s+/)
    .map((word) => Array.from(word).find((letter) => /[\p{L}\p{N}]/u.test(letter)))
    .filter((letter): letter is string => letter !== undefined);
  const first = words[0] ?? Array.from(name)[0] ?? '–';
  if (language === 'fa' || isRightToLeft(first)) return first.toUpperCase();
  const last = words.length > 1 ? (words[words.length - 1] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}
