import type { Language } from '$lib/i18n/language.ts';

/** The language that a name is given in besides its own: the organisation's other one. */
export const secondLanguage = (own: Language): Language => (own === 'fa' ? 'en' : 'fa');

/** The names with the one in that language, or without it where the text is empty. */
export function withName(
  names: Readonly<Record<string, string>> | undefined,
  language: Language,
  text: string,
): Record<string, string> {
  const { [language]: _, ...others } = names ?? {};
  return text.trim() === '' ? others : { ...others, [language]: text.trim() };
}
