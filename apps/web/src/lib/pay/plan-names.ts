import type { PlanComponent, PlanDefinition } from '@ovation/domain';
import type { DeskTranslator } from '../i18n/desk.ts';
import { kindKey } from './kinds.ts';
import { onlyTexts, sumText } from './plan-words.ts';

/** What parts of a plan are called to people, who never read an id where a name will do. */
export interface PlanNames {
  readonly measure: (rules: PlanDefinition, id: string) => string;
  readonly component: (rules: PlanDefinition, id: string) => string;
  /** A quota: the metric whose targets it takes. */
  readonly quota: (quota: string) => string;
  /** What a curve goes along: a measure, or with an empty id what a team sells. */
  readonly along: (rules: PlanDefinition, id: string) => string;
}

/** `metricOf` names a metric by its id. */
export function planNames(tr: DeskTranslator, metricOf: (id: string) => string): PlanNames {
  const measure: PlanNames['measure'] = (rules, id) => {
    const wordsOf = (one: PlanDefinition['measures'][number]) =>
      [sumText(tr, one), ...onlyTexts(tr, one)].join(' · ');
    const own = rules.measures.find((one) => one.id === id);
    if (!own) return id;
    const text = wordsOf(own);
    const alone = rules.measures.filter((one) => wordsOf(one) === text).length === 1;
    return alone ? text : `${text} (${id})`;
  };
  return {
    measure,
    component: (rules, id) => {
      const own = rules.components.find((one) => one.id === id);
      return own ? componentName(tr, rules, own) : id;
    },
    quota: (quota) => {
      const [metric = '', window] = quota.split('/');
      return window === undefined ? metricOf(metric) : `${metricOf(metric)} (${window})`;
    },
    along: (rules, id) => (id === '' ? tr.t('planTeamSells') : measure(rules, id)),
  };
}

/** The word for its kind, with its id where the kind is there more than once. */
function componentName(tr: DeskTranslator, rules: PlanDefinition, own: PlanComponent): string {
  const word = tr.t(kindKey(own.kind));
  const alone = rules.components.filter(({ kind }) => kind === own.kind).length === 1;
  return alone ? word : `${word} (${own.id})`;
}
