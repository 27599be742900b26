import { page } from '$app/state';
import { DEFAULT_SETTINGS } from '@ovation/domain';
import { formatLocale, type FormatLocale } from '$lib/format/index.ts';
import { deskTranslator, type DeskTranslator } from '$lib/i18n/desk.ts';

/** The words of this page, in the language of its reader. */
export const words = (): DeskTranslator => deskTranslator(page.data.language);

/** How this page writes figures and times: the organisation's calendar and zone. */
export const locale = (): FormatLocale =>
  formatLocale(page.data.language, page.data.viewer?.organisation.settings ?? DEFAULT_SETTINGS);
