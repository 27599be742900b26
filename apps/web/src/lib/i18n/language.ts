/** Languages the product speaks; the first is the fallback. */
export const LANGUAGES = ['en', 'fa'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Direction = 'ltr' | 'rtl';

export const isLanguage = (text: unknown): text is Language =>
  LANGUAGES.some((language) => language === text);

export const directionOf = (language: Language): Direction => (language === 'fa' ? 'rtl' : 'ltr');

/** The first language of an `Accept-Language` header that the product speaks. */
export function acceptedLanguage(header: string | null): Language | undefined {
  return (header ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...options] = entry.trim().toLowerCase().split(';');
      const quality = options.find((option) => option.trim().startsWith('q='));
      return { tag: tag.split('-')[0], weight: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map((entry) => entry.tag)
    .find(isLanguage);
}
