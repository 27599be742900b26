import type { BoardAnswer } from '@ovation/protocol';
import { displayName, periodLabel, type FormatLocale } from '../format/index.ts';
import { metricName, periodName, type NamedMetric } from '../figures/names.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

type Called = Pick<BoardAnswer, 'metric' | 'period' | 'of' | 'name'> &
  Partial<Pick<BoardAnswer, 'names'>>;

/** The name of a board: its own, or what it ranks by. */
export function boardName(
  board: Called,
  metric: NamedMetric,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  const own = board.names?.[tr.language] ?? board.name;
  if (own) return displayName({ name: own }, tr.language);
  const said = {
    metric: metricName(metric, tr),
    period: ownDates(board.period, locale) ?? periodName(board.period, tr, locale),
  };
  return tr.t(board.of === 'teams' ? 'boardTeamName' : 'boardName', said);
}

/** `2026-11-01..2026-11-20` in words; `undefined` for every other period. */
function ownDates(period: string, locale: FormatLocale): string | undefined {
  const [first, last] = period.split('..');
  if (!first || !last) return undefined;
  const utc = { ...locale, timeZone: 'UTC' };
  const noon = (iso: string) => Date.parse(`${iso}T12:00:00Z`);
  // Both dates are counted, so the window ends after the last one.
  return periodLabel('last-1', noon(first), noon(last) + 1, utc);
}
