import type { MetricId, PeriodKind } from '@ovation/domain';
import { cleanText, displayName, integer, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** What a metric needs to be called by its name. */
export interface NamedMetric {
  readonly id: MetricId;
  readonly name?: string;
  readonly names?: Readonly<Record<string, string>>;
}

type Key = 'metric-revenue';
const has = (tr: DeskTranslator, key: string): key is Key => tr.t(key as Key) !== key;

/** A word that is kept under `prefix-id`, or `undefined` where there is none. */
export function wordFor(prefix: string, id: string, tr: DeskTranslator): string | undefined {
  const key = `${prefix}-${id}`;
  return has(tr, key) ? tr.t(key) : undefined;
}

/** The name of a metric: the starter set is in the catalogue, the rest has its own. */
export function metricName(metric: NamedMetric, tr: DeskTranslator): string {
  const own = metric.names?.[tr.language] ?? metric.name;
  if (own) return displayName({ name: own }, tr.language);
  return wordFor('metric', metric.id, tr) ?? metric.id;
}

/** The name of a kind of period: month, last 30 days, own dates. */
export function periodName(kind: PeriodKind, tr: DeskTranslator, locale: FormatLocale): string {
  const last = /^last-(\d+)$/.exec(kind)?.[1];
  if (last) return tr.t('periodLast', { n: integer(Number(last), locale), count: Number(last) });
  return wordFor('period', kind, tr) ?? tr.t('periodOwn');
}

const ACTIVITIES: Readonly<Record<string, string>> = {
  call: 'actCall',
  meeting: 'actMeeting',
  'e-mail': 'actEmail',
  email: 'actEmail',
  demo: 'actDemo',
  proposal: 'actProposal',
  visit: 'actVisit',
};

/** The usual activities have words; others are called as their source calls them. */
export function activityName(activity: string, tr: DeskTranslator): string {
  const key = ACTIVITIES[activity.toLowerCase()];
  return key ? tr.t(key as 'actCall') : cleanText(activity);
}
