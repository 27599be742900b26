import { redirect, type Cookies, type Handle, type RequestEvent } from '@sveltejs/kit';
import { LANGUAGE_COOKIE, SCREEN_COOKIE, SESSION_COOKIE, type Viewer } from '@ovation/protocol';
import { acceptedLanguage, directionOf, isLanguage, type Language } from '$lib/i18n/language.ts';
import { webDeps } from '$lib/server/deps.ts';

/** Chrome keeps no cookie longer. */
const SCREEN_SECONDS = 400 * 86_400;

export const handle: Handle = async ({ event, resolve }) => {
  const wall = isWall(event.url.pathname);
  if (wall) adoptScreenLink(event);
  event.locals.viewer = await viewerOf(event, wall);
  event.locals.language = languageOf(event, event.locals.viewer);
  return resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%lang%', event.locals.language)
        .replace('%dir%', directionOf(event.locals.language))
        .replace('%surface%', wall ? 'wall' : 'desk'),
  });
};

const isWall = (path: string): boolean => path === '/tv' || path.startsWith('/tv/');

/** `?screen=<token>` connects this browser as a screen and leaves no token in the address bar. */
function adoptScreenLink(event: RequestEvent): void {
  const token = event.url.searchParams.get('screen');
  if (!token) return;
  setScreen(event, token);
  const clean = new URL(event.url);
  clean.searchParams.delete('screen');
  redirect(303, `${clean.pathname}${clean.search}`);
}

async function viewerOf(event: RequestEvent, wall: boolean): Promise<Viewer | null> {
  const deps = webDeps();
  const known = await deps.viewerOf(credentials(event.cookies));
  if (known || !wall) return known;
  const token = await deps.demoScreen();
  if (token === null) return null;
  setScreen(event, token);
  return deps.viewerOf({ screen: token });
}

function credentials(cookies: Cookies): { session?: string; screen?: string } {
  const session = cookies.get(SESSION_COOKIE);
  const screen = cookies.get(SCREEN_COOKIE);
  return { ...(session ? { session } : {}), ...(screen ? { screen } : {}) };
}

/** On a floor without TLS the cookie must still arrive, so `secure` follows the address. */
function setScreen(event: RequestEvent, token: string): void {
  event.cookies.set(SCREEN_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: SCREEN_SECONDS,
  });
}

function languageOf(event: RequestEvent, viewer: Viewer | null): Language {
  const wanted = [
    event.url.searchParams.get('lang'),
    event.cookies.get(LANGUAGE_COOKIE),
    viewer?.organisation.settings.language,
  ].find(isLanguage);
  return wanted ?? acceptedLanguage(event.request.headers.get('accept-language')) ?? 'en';
}
