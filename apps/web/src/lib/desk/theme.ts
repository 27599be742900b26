export const THEME_COOKIE = 'ovation_theme';
export type Theme = 'dark' | 'light';

const YEAR_S = 365 * 86_400;

/** Dark unless its reader chose light. */
export const themeOf = (cookie: string | undefined): Theme =>
  cookie === 'light' ? 'light' : 'dark';

/** Keeps the choice in this browser, so that the server draws the first picture in it. */
export function keepTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
