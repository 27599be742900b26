import type { Unit } from '@ovation/domain';
import type { AchievementBody } from '@ovation/protocol';
import type { MetricBook } from '$lib/figures/metric-book.svelte.ts';
import { exact, inUnit, type FormatLocale } from '$lib/format/index.ts';
import { wordFor } from '$lib/figures/names.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';

/** What a badge takes, in a line: kind, metric, window, steps. */
export function ruleWords(
  { rules, steps }: AchievementBody,
  unit: Unit | null,
  book: MetricBook,
  tr: DeskTranslator,
  place: FormatLocale,
): string {
  const words = [tr.t(`badge-kind-${rules.kind}`), book.nameOf(rules.metric, tr)];
  if ('window' in rules && !(rules.kind === 'first' && rules.of === 'own')) {
    words.push(wordFor('window', rules.window, tr) ?? rules.window);
  }
  const at = steps.map((step) => stepWord(step.at, rules.kind, unit, place));
  if (rules.kind !== 'record' && rules.kind !== 'first') {
    words.push(at.join(place.language === 'fa' ? '، ' : ', '));
  }
  return words.join(' · ');
}

function stepWord(
  at: string,
  kind: AchievementBody['rules']['kind'],
  unit: Unit | null,
  place: FormatLocale,
): string {
  if (kind === 'target') return inUnit(at, { kind: 'percent', scale: 3 }, place);
  if (kind === 'streak' || kind === 'time' || unit === null) return exact(at, place);
  return inUnit(at, unit, place);
}
