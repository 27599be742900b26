import type { Condition, MetricDefinition, MetricId, Selection, Unit } from '@ovation/domain';
import { exact, exactAmount, exactPerUnit, inUnit, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';
import { activityName, metricName, wordFor } from './names.ts';

/** What a sentence about a definition is written with. */
export interface Speaker {
  readonly tr: DeskTranslator;
  readonly locale: FormatLocale;
  /** The name of another metric that the definition is built on. */
  readonly nameOf?: (id: MetricId) => string;
  readonly unitOf?: (id: MetricId) => Unit | undefined;
  /** The unit of the metric, for its caps. */
  readonly unit?: Unit;
}

/** How a metric is counted, in a few plain sentences. */
export function definitionText(definition: MetricDefinition, speaker: Speaker): string {
  const { tr } = speaker;
  const where = 'where' in definition ? (definition.where ?? []) : [];
  return [
    mainSentence(definition, speaker),
    ...(where.length > 0
      ? [tr.t('saysWhere', { conditions: conditionsText(where, speaker) })]
      : []),
    ...capSentences(definition, speaker),
  ].join(' ');
}

function mainSentence(definition: MetricDefinition, speaker: Speaker): string {
  const { tr } = speaker;
  const events = 'events' in definition ? eventsText(definition.events, tr) : '';
  switch (definition.kind) {
    case 'count':
      return tr.t('saysCount', { events });
    case 'sum':
    case 'average':
    case 'min':
    case 'max':
    case 'latest':
      return tr.t(NUMBER_SAYS[definition.kind], { number: numberText(definition.of, tr), events });
    case 'distinct':
      return tr.t('saysDistinct', { field: fieldText(definition.of, tr), events });
    case 'ratio':
      return tr.t('saysRatio', {
        top: nameOf(definition.top, speaker),
        bottom: nameOf(definition.bottom, speaker),
      });
    case 'share':
      return tr.t('saysShare', {
        among: selectionText(definition.among, speaker),
        events: selectionText(definition.of, speaker),
      });
    case 'conversion':
      return tr.t('saysConversion', {
        from: stageText(definition.from, tr),
        to: stageText(definition.to, tr),
      });
    case 'cycle':
      return tr.t('saysCycle');
    case 'first_activity':
      return tr.t('saysFirstActivity');
    case 'scorecard':
      return tr.t('saysScorecard', {
        parts: listed(
          definition.parts.map((part) => partText(part, speaker)),
          tr,
        ),
      });
  }
}

const NUMBER_SAYS = {
  sum: 'saysSum',
  average: 'saysAverage',
  min: 'saysMin',
  max: 'saysMax',
  latest: 'saysLatest',
} as const;

const COUNT: Unit = { kind: 'count', scale: 6 };

function partText(
  part: { readonly metric: MetricId; readonly weight: string; readonly cap?: string },
  speaker: Speaker,
): string {
  const { tr, locale } = speaker;
  const metric = nameOf(part.metric, speaker);
  const unit = speaker.unitOf?.(part.metric) ?? COUNT;
  const weight = exactPerUnit(part.weight, unit, locale);
  if (part.cap === undefined) return tr.t('saysPart', { weight, metric });
  return tr.t('saysPartCapped', { weight, metric, cap: exactAmount(part.cap, unit, locale) });
}

function capSentences(definition: MetricDefinition, { tr, locale, unit }: Speaker): string[] {
  const caps = 'caps' in definition ? definition.caps : undefined;
  const said = (value: string) => (unit ? inUnit(value, unit, locale) : exact(value, locale));
  return [
    ...(caps?.event ? [tr.t('saysCapEvent', { cap: said(caps.event) })] : []),
    ...(caps?.day ? [tr.t('saysCapDay', { cap: said(caps.day) })] : []),
  ];
}

const nameOf = (id: MetricId, { tr, nameOf: known }: Speaker): string =>
  known?.(id) ?? metricName({ id }, tr);

export const eventsText = (events: readonly string[], tr: DeskTranslator): string =>
  listed(
    events.map((type) => wordFor('events', type, tr) ?? type),
    tr,
  );

function selectionText(selection: Selection, speaker: Speaker): string {
  const events = eventsText(selection.events, speaker.tr);
  if (!selection.where?.length) return events;
  return `${events} (${conditionsText(selection.where, speaker)})`;
}

export const numberText = (of: string, tr: DeskTranslator): string =>
  wordFor('number', of, tr) ?? fieldText(of, tr);

/** `stage`, or the name of an attribute in quotation marks. */
export const fieldText = (field: string, tr: DeskTranslator): string =>
  wordFor('field', field, tr) ??
  tr.t('fieldOwn', { name: field.replace(/^attributes\./, '').replaceAll('_', ' ') });

const stageText = (stage: string, tr: DeskTranslator): string => {
  if (stage === 'opened') return tr.t('stageOpened');
  return stage === 'won' ? tr.t('stageWon') : tr.t('fieldOwn', { name: stage });
};

/** All of the conditions, joined by "and". */
export const conditionsText = (conditions: readonly Condition[], speaker: Speaker): string =>
  listed(
    conditions.flatMap((condition) => conditionTexts(condition, speaker)),
    speaker.tr,
  );

function conditionTexts(condition: Condition, { tr, locale }: Speaker): string[] {
  const field = fieldText(condition.field, tr);
  const values = (list: readonly string[]) =>
    listed(
      list.map((value) => valueText(condition.field, value, tr)),
      tr,
      'disjunction',
    );
  const { is, isNot, atLeast, atMost } = condition;
  return [
    ...(is?.length ? [tr.t('saysIs', { field, values: values(is) })] : []),
    ...(isNot?.length ? [tr.t('saysIsNot', { field, values: values(isNot) })] : []),
    ...(atLeast ? [tr.t('saysAtLeast', { field, value: exact(atLeast, locale) })] : []),
    ...(atMost ? [tr.t('saysAtMost', { field, value: exact(atMost, locale) })] : []),
  ];
}

/** A value as people call it, where the product has a word for it. */
export function valueText(field: string, value: string, tr: DeskTranslator): string {
  if (field === 'activity') return activityName(value, tr);
  if (field === 'class') return wordFor('class', value, tr) ?? value;
  if (field === 'type') return wordFor('event', value, tr) ?? value;
  return value;
}

const lists = new Map<string, Intl.ListFormat>();

/** One, two and three. */
export function listed(
  items: readonly string[],
  tr: DeskTranslator,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  const key = `${tr.language} ${type}`;
  const format = lists.get(key) ?? new Intl.ListFormat(tr.language, { style: 'long', type });
  lists.set(key, format);
  return format.format(items);
}
