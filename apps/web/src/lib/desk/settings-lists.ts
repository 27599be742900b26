import type { Language } from '$lib/i18n/language.ts';

/** Currencies of the first choice; all of them are known to the domain. */
export const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'IRR',
  'AED',
  'TRY',
  'CHF',
  'CAD',
  'AUD',
  'JPY',
  'INR',
  'BRL',
  'SEK',
  'PLN',
] as const;

/** `USD, US Dollar`. */
export function currencyLabel(code: string, language: Language): string {
  const name = new Intl.DisplayNames([language], { type: 'currency' }).of(code);
  return name && name !== code ? `${code}${language === 'fa' ? '،' : ','} ${name}` : code;
}

/** Every zone that this engine knows, the chosen one among them even if it has an old name. */
export function timeZones(chosen: string): readonly string[] {
  const supported = (Intl as { supportedValuesOf?: (key: 'timeZone') => string[] })
    .supportedValuesOf;
  return [...new Set(['UTC', chosen, ...(supported?.('timeZone') ?? [])])].sort();
}
