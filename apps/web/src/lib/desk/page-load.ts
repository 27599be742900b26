import type { RequestEvent } from '@sveltejs/kit';
import { LANGUAGE_COOKIE } from '@ovation/protocol';
import { isLanguage } from '$lib/i18n/language.ts';
import { localNow } from '$lib/live/local-time.ts';
import { THEME_COOKIE, themeOf } from './theme.ts';

const YEAR_S = 365 * 86_400;

/** What every page of phone and desk begins with; a language in the address is remembered. */
export function deskPage({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>) {
  const wanted = url.searchParams.get('lang');
  if (isLanguage(wanted)) {
    cookies.set(LANGUAGE_COOKIE, wanted, {
      path: '/',
      maxAge: YEAR_S,
      sameSite: 'lax',
      httpOnly: false,
      secure: url.protocol === 'https:',
    });
  }
  // An instant is whole milliseconds; the page's clock has fractions of them.
  const renderedAt = Math.floor(localNow());
  return { theme: themeOf(cookies.get(THEME_COOKIE)), renderedAt };
}
