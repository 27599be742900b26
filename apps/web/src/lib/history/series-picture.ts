import type { HistoryAnswer } from '@ovation/protocol';
import { partLook, type ChartSeries } from '../chart/series.ts';
import { cleanText, dayMonth, periodLabel, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** The key under which the server sums up the parts that it does not tell apart. */
const REST = '~rest';
const NOTHING = /^-?0*(\.0*)?$/;

export interface SeriesPicture {
  readonly labels: readonly string[];
  readonly main: ChartSeries;
  readonly before: ChartSeries | null;
  readonly target: ChartSeries | null;
  readonly parts: readonly ChartSeries[];
  /** Nothing happened in all of the time. */
  readonly empty: boolean;
}

/** What a history draws, with the words of its reader. */
export function seriesPicture(
  answer: HistoryAnswer,
  tr: DeskTranslator,
  locale: FormatLocale,
): SeriesPicture {
  const { points, parts, by } = answer;
  const of = (key: 'value' | 'before' | 'target') => points.map((point) => point[key]);
  const anything = (values: readonly (string | null)[]) =>
    values.some((value) => value !== null && !NOTHING.test(value));
  const [before, target] = [of('before'), of('target')];
  return {
    labels: points.map((point) => pointLabel(by, point, locale)),
    main: { key: 'value', name: tr.t('seriesNow'), look: 'main', values: of('value') },
    before: anything(before)
      ? { key: 'before', name: tr.t('seriesBefore'), look: 'before', values: before }
      : null,
    target: target.some((value) => value !== null)
      ? { key: 'target', name: tr.t('seriesTarget'), look: 'target', values: target }
      : null,
    parts: told(parts, tr),
    empty: !anything(of('value')) && !anything(before),
  };
}

function pointLabel(
  by: HistoryAnswer['by'],
  point: HistoryAnswer['points'][number],
  locale: FormatLocale,
): string {
  const from = Date.parse(point.from);
  if (by === 'day' || by === 'week') return dayMonth(from, locale);
  return periodLabel(by, from, Date.parse(point.to), locale);
}

/** As many parts as can be told apart; all behind them are one. */
const TOLD = 6;

function told(parts: HistoryAnswer['parts'], tr: DeskTranslator): ChartSeries[] {
  const named = parts.filter(({ key }) => key !== REST);
  const shown = named.slice(0, TOLD).map((part, index): ChartSeries => ({
    key: part.key,
    name: part.name === '' ? tr.t('nonePart') : cleanText(part.name),
    look: partLook(index),
    values: part.values,
  }));
  const rest = [...named.slice(TOLD), ...parts.filter(({ key }) => key === REST)];
  if (rest.length === 0) return shown;
  const values = (rest[0]?.values ?? []).map((_, index) => {
    const given = rest
      .map((part) => part.values[index])
      .filter((value) => typeof value === 'string');
    // A picture of many small parts: floats are exact enough to draw, the file has every digit.
    return given.length === 0 ? null : String(given.reduce((sum, value) => sum + Number(value), 0));
  });
  return [...shown, { key: REST, name: tr.t('restPart'), look: 'rest', values }];
}

/** How much more or less than before, as a share; `null` where there is nothing to compare. */
export function growth(total: string | null, before: string | null): number | null {
  if (total === null || before === null || Number(before) === 0) return null;
  return Number(total) / Number(before) - 1;
}
