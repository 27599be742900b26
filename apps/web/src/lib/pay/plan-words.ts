import type { PlanComponent, PlanDefinition, PlanMeasure } from '@ovation/domain';
import type { PlanAnswer } from '@ovation/protocol';
import { exactAmount, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';
import { moreTexts } from './plan-more-words.ts';
import { dayOf, moneyIn, numberOf, percentOf } from './plan-said.ts';
import type { PlanNames } from './plan-names.ts';
import { isMoney } from './plan-values.ts';

/** The description of a plan in the reader's language, else as it was written. */
export const describedIn = (plan: PlanAnswer, language: string): string =>
  plan.descriptions[language] ?? plan.description;

/** The rules of a version; the server checked their shape when they were saved. */
export function definitionOf(rules: Readonly<Record<string, unknown>>): PlanDefinition | null {
  if (!Array.isArray(rules['components']) || !Array.isArray(rules['measures'])) return null;
  return rules as unknown as PlanDefinition;
}

export interface Telling {
  readonly plan: PlanDefinition;
  readonly tr: DeskTranslator;
  readonly place: FormatLocale;
  readonly names: PlanNames;
}

/** What a measure adds up. */
export const sumText = (tr: DeskTranslator, { sum }: PlanMeasure): string =>
  tr.t(
    sum === 'amount'
      ? 'planSumAmount'
      : sum === 'count'
        ? 'planSumCount'
        : sum === 'units'
          ? 'planSumUnits'
          : 'planSumOther',
  );

/** Which of it alone counts. */
export const onlyTexts = (tr: DeskTranslator, { where }: PlanMeasure): readonly string[] =>
  Object.entries(where ?? {}).map(([field, values]) =>
    tr.t('planOnly', { field, values: values.join(' · ') }),
  );

/** What a measure counts: `sold: won amount, by month, with a target`. */
export function measureText({ tr, names }: Telling, measure: PlanMeasure): string {
  const { quota: own } = measure;
  const quota = own === undefined ? [] : [tr.t('planQuota', { name: names.quota(own) })];
  const window = tr.t(`planWindow_${measure.window ?? 'period'}`);
  return [sumText(tr, measure), window, ...onlyTexts(tr, measure), ...quota].join(' · ');
}

/** What a component says, one plain sentence after the other. */
export function componentTexts(telling: Telling, component: PlanComponent): readonly string[] {
  const { plan, tr, place, names } = telling;
  const money = (amount: string) => moneyIn(amount, plan.currency, place);
  switch (component.kind) {
    case 'flat': {
      const { measure, of } = component;
      const rate = of || isMoney(plan, measure) ? percentOf : numberOf;
      const name = of ? names.component(plan, of) : names.measure(plan, measure ?? '');
      return [tr.t('planFlat', { rate: rate(component.rate, place), of: name })];
    }
    case 'per_event':
    case 'per_unit':
      return [
        tr.t(component.kind === 'per_event' ? 'planPerEvent' : 'planPerUnit', {
          amount: money(component.amount),
          of: names.measure(plan, component.measure),
        }),
      ];
    case 'tiers':
      return tierTexts(telling, component);
    case 'milestone':
      return component.steps.map(({ at, amount }) =>
        tr.t('planStep', {
          at: positionText(telling, component.measure, component.position, at),
          amount: money(amount),
        }),
      );
    case 'cap':
    case 'floor':
      return [boundText(telling, component)];
    case 'spiff':
      return [
        tr.t('planSpiff', {
          amount: money(component.amount),
          from: dayOf(component.from, place),
          to: dayOf(component.to, place),
        }),
      ];
    default:
      return moreTexts(telling, component);
  }
}

export function positionText(
  { plan, place }: Telling,
  measure: string,
  position: 'amount' | 'attainment',
  at: string,
): string {
  if (position === 'attainment') return percentOf(at, place);
  if (isMoney(plan, measure)) return moneyIn(at, plan.currency, place);
  return exactAmount(at, { kind: 'count', scale: 0 }, place);
}

function tierTexts(
  telling: Telling,
  component: Extract<PlanComponent, { kind: 'tiers' }>,
): readonly string[] {
  const { plan, tr, place } = telling;
  const rate = isMoney(plan, component.measure) ? percentOf : numberOf;
  return [
    tr.t(component.mode === 'marginal' ? 'payModeMarginal' : 'payModeOther'),
    ...component.bands.map((band) =>
      tr.t(component.position === 'attainment' ? 'planBandTarget' : 'planBand', {
        from: positionText(telling, component.measure, component.position, band.from),
        rate: rate(band.rate, place),
      }),
    ),
  ];
}

function boundText(
  telling: Telling,
  component: Extract<PlanComponent, { kind: 'cap' | 'floor' }>,
): string {
  const { plan, tr, place } = telling;
  const of = appliesText(telling, component.applies_to);
  const amount = moneyIn(component.amount, plan.currency, place);
  return tr.t(component.kind === 'cap' ? 'planCap' : 'planFloor', {
    ...{ of, amount },
    scope: tr.t(`planScope_${component.scope}`),
  });
}

/** Whom a shaping component is for. */
export const appliesText = ({ plan, tr, names }: Telling, ids?: readonly string[]): string =>
  ids?.map((id) => names.component(plan, id)).join(' · ') ?? tr.t('planAllComponents');
