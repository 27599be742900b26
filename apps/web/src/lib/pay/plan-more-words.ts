import type { PlanComponent, PlanCondition } from '@ovation/domain';
import { formOf } from './builder/condition-form.ts';
import { moneyIn, numberOf, percentOf } from './plan-said.ts';
import { isMoney } from './plan-values.ts';
import { appliesText, positionText, type Telling } from './plan-words.ts';

type Told = 'curve' | 'matrix' | 'weighted_objectives' | 'override' | 'pool' | 'gate' | 'modifier';

/** What the rarer kinds of component say. */
export function moreTexts(
  telling: Telling,
  component: Extract<PlanComponent, { kind: Told }>,
): readonly string[] {
  const { plan, tr, place, names } = telling;
  const measure = (id: string) => names.measure(plan, id);
  switch (component.kind) {
    case 'curve': {
      const count = numberOf(String(component.points.length), place);
      return [tr.t('planCurveText', { count, of: measure(component.measure) })];
    }
    case 'matrix': {
      const [rows, columns] = [measure(component.rows.measure), measure(component.columns.measure)];
      return [tr.t('planMatrixText', { rows, columns })];
    }
    case 'weighted_objectives': {
      const count = numberOf(String(component.objectives.length), place);
      return [
        tr.t('planWeightedText', { count }),
        ...component.objectives.map(
          (one) => `${measure(one.measure)}: ${percentOf(one.weight, place)}`,
        ),
      ];
    }
    case 'override':
      return [tr.t('planOverrideText', { rate: percentOf(component.rate, place) })];
    case 'pool':
      return [poolText(telling, component)];
    case 'gate': {
      const of = appliesText(telling, component.applies_to);
      return [tr.t('planGateText', { of, when: conditionText(telling, component.when) })];
    }
    case 'modifier':
      return modifierTexts(telling, component);
  }
}

function poolText(
  { plan, tr, place, names }: Telling,
  { amount, rate = '0', measure = '' }: Extract<PlanComponent, { kind: 'pool' }>,
): string {
  if (amount !== undefined) {
    return tr.t('planPoolAmount', { amount: moneyIn(amount, plan.currency, place) });
  }
  const said = isMoney(plan, measure) ? percentOf(rate, place) : numberOf(rate, place);
  return tr.t('planPoolRate', { rate: said, of: names.measure(plan, measure) });
}

function modifierTexts(
  telling: Telling,
  { applies_to: ids, times, measure = '', position = 'amount', bands = [], when }: Modifier,
): readonly string[] {
  const { plan, tr, place, names } = telling;
  const of = appliesText(telling, ids);
  const when_ = when ? [tr.t('planWhenText', { when: conditionText(telling, when) })] : [];
  if (times !== undefined) {
    return [tr.t('planModifierText', { of, times: numberOf(times, place) }), ...when_];
  }
  const steps = bands.map((band) => {
    const from = positionText(telling, measure, position, band.from);
    return tr.t('planBand', { from, rate: numberOf(band.times, place) });
  });
  return [tr.t('planModifierBands', { of, by: names.measure(plan, measure) }), ...steps, ...when_];
}
type Modifier = Extract<PlanComponent, { kind: 'modifier' }>;

/** A condition in words: `The amount of deals is at least 10,000 USD and …`. */
export function conditionText(telling: Telling, condition: PlanCondition): string {
  const { plan, tr, names } = telling;
  const form = formOf(condition);
  if (!form) return '';
  if ('parts' in form) {
    const parts = form.parts.map((part) => conditionText(telling, part));
    if (form.name === 'not') return tr.t('planNot', { one: parts[0] ?? '' });
    const join = form.name === 'and' ? 'planAnd' : 'planOr';
    return parts.reduce((one, other) => tr.t(join, { one, other }));
  }
  const { operand, name, right } = form;
  const attained = typeof operand !== 'string';
  const id = attained ? operand.attainment : operand;
  const what = names.measure(plan, id);
  return tr.t(`planIs_${name}`, {
    what: attained ? tr.t('planAttainmentOf', { name: what }) : what,
    value: positionText(telling, id, attained ? 'attainment' : 'amount', right),
  });
}
