import type { PlanComponent, PlanDefinition, PlanMeasure } from '@ovation/domain';
import type { PlanAnswer } from '@ovation/protocol';
import { exactAmount, type FormatLocale } from '$lib/format/index.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';
import { dayOf, moneyIn, numberOf, percentOf } from './pay-text.ts';

/** The description of a plan in the reader's language, else as it was written. */
export const describedIn = (plan: PlanAnswer, language: string): string =>
  plan.descriptions[language] ?? plan.description;

/** The rules of a version; the server checked their shape when they were saved. */
export function definitionOf(rules: Readonly<Record<string, unknown>>): PlanDefinition | null {
  if (!Array.isArray(rules['components']) || !Array.isArray(rules['measures'])) return null;
  return rules as unknown as PlanDefinition;
}

interface Telling {
  readonly plan: PlanDefinition;
  readonly tr: DeskTranslator;
  readonly place: FormatLocale;
}

const measureOf = (plan: PlanDefinition, id: string): PlanMeasure | undefined =>
  plan.measures.find((one) => one.id === id);
const isMoney = (plan: PlanDefinition, id: string): boolean =>
  measureOf(plan, id)?.sum === 'amount';

/** What a measure counts: `sold: won amount, by month, with a target`. */
export function measureText({ tr }: Telling, measure: PlanMeasure): string {
  const what =
    measure.sum === 'amount'
      ? tr.t('planSumAmount')
      : measure.sum === 'count'
        ? tr.t('planSumCount')
        : measure.sum === 'units'
          ? tr.t('planSumUnits')
          : tr.t('planSumOther');
  const only = Object.entries(measure.where ?? {}).map(([field, values]) =>
    tr.t('planOnly', { field, values: values.join(' · ') }),
  );
  const quota = measure.quota === undefined ? [] : [tr.t('planQuota', { name: measure.quota })];
  const window = tr.t(`planWindow_${measure.window ?? 'period'}`);
  return [what, window, ...only, ...quota].join(' · ');
}

/** What a component says, one plain sentence after the other. */
export function componentTexts(telling: Telling, component: PlanComponent): readonly string[] {
  const { plan, tr, place } = telling;
  const money = (amount: string) => moneyIn(amount, plan.currency, place);
  switch (component.kind) {
    case 'flat': {
      const of = component.measure ?? component.of ?? '';
      const rate = component.of || isMoney(plan, of) ? percentOf : numberOf;
      return [tr.t('planFlat', { rate: rate(component.rate, place), of })];
    }
    case 'per_event':
    case 'per_unit':
      return [
        tr.t(component.kind === 'per_event' ? 'planPerEvent' : 'planPerUnit', {
          amount: money(component.amount),
          of: component.measure,
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
      return [tr.t('planSeeRules')];
  }
}

function positionText(
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
  { plan, tr, place }: Telling,
  component: Extract<PlanComponent, { kind: 'cap' | 'floor' }>,
): string {
  const of = component.applies_to?.join(' · ') ?? tr.t('planAllComponents');
  const amount = moneyIn(component.amount, plan.currency, place);
  return tr.t(component.kind === 'cap' ? 'planCap' : 'planFloor', {
    ...{ of, amount },
    scope: tr.t(`planScope_${component.scope}`),
  });
}
