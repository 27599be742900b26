import type { PlanComponent, PlanDefinition } from '@ovation/domain';
import { typedNumber } from '../desk/typed-number.ts';
import { decimalOf } from './pay-text.ts';

/** What a number of the rules is, and so how it is typed: percent is kept as a share. */
export type FieldKind = 'percent' | 'money' | 'plain';
export type FieldLabel = 'rate' | 'from' | 'amount' | 'at';

/** One number of the rules that can be changed. */
export interface PlanField {
  /** Where it is in the definition: `/components/0/bands/1/rate`. */
  readonly pointer: string;
  readonly label: FieldLabel;
  readonly kind: FieldKind;
  /** As it stands in the rules. */
  readonly value: string;
}

const PLACES = 8;

/** A number of the rules as it is typed: `0.06` of a share is `6`. */
export const typedOf = ({ kind, value }: PlanField): string =>
  kind === 'percent' ? decimalOf(`${value}/0.01`, PLACES) : value;

/** What was typed as the rules have it; `null`: no number, or one below zero. */
export function valueOf(kind: FieldKind, text: string): string | null {
  const number = typedNumber(text);
  if (number === null || number === '' || number.startsWith('-')) return null;
  return kind === 'percent' ? decimalOf(`${number}/100`, PLACES) : number;
}

/** The numbers of one component that can be changed; none for kinds that are written by hand. */
export function fieldsOf(rules: PlanDefinition, index: number): readonly PlanField[] {
  const component = rules.components[index];
  if (!component) return [];
  const at = `/components/${index}`;
  const isMoney = (id: string | undefined): boolean =>
    rules.measures.some((measure) => measure.id === id && measure.sum === 'amount');
  const rateKind = (id: string | undefined): FieldKind => (isMoney(id) ? 'percent' : 'plain');
  const money = (pointer: string, value: string): PlanField => {
    return { pointer, label: 'amount', kind: 'money', value };
  };
  switch (component.kind) {
    case 'flat': {
      const kind = component.of === undefined ? rateKind(component.measure) : 'percent';
      return [{ pointer: `${at}/rate`, label: 'rate', kind, value: component.rate }];
    }
    case 'per_event':
    case 'per_unit':
    case 'cap':
    case 'floor':
    case 'spiff':
      return [money(`${at}/amount`, component.amount)];
    case 'tiers':
      return component.bands.flatMap(({ from, rate }, n) => [
        position(component, `${at}/bands/${n}/from`, 'from', from, isMoney),
        {
          ...{ pointer: `${at}/bands/${n}/rate`, label: 'rate' as const },
          ...{ kind: rateKind(component.measure), value: rate },
        },
      ]);
    case 'milestone':
      return component.steps.flatMap(({ at: edge, amount }, n) => [
        position(component, `${at}/steps/${n}/at`, 'at', edge, isMoney),
        money(`${at}/steps/${n}/amount`, amount),
      ]);
    default:
      return [];
  }
}

function position(
  component: Extract<PlanComponent, { kind: 'tiers' | 'milestone' }>,
  pointer: string,
  label: FieldLabel,
  value: string,
  isMoney: (id: string) => boolean,
): PlanField {
  const amount: FieldKind = isMoney(component.measure) ? 'money' : 'plain';
  return { pointer, label, kind: component.position === 'attainment' ? 'percent' : amount, value };
}

/** The rules with other numbers, by the places that they have. */
export function changed(
  rules: PlanDefinition,
  values: ReadonlyMap<string, string>,
): PlanDefinition {
  const copy = structuredClone(rules) as unknown as Record<string, unknown>;
  for (const [pointer, value] of values) {
    const path = pointer.split('/').slice(1);
    const last = path.pop() ?? '';
    const holder = path.reduce<Record<string, unknown>>(
      (inside, part) => inside[part] as Record<string, unknown>,
      copy,
    );
    holder[last] = value;
  }
  return copy as unknown as PlanDefinition;
}

/** The rules with one more tier or step behind those of a component, or with its last one gone. */
export function resized(rules: PlanDefinition, index: number, more: boolean): PlanDefinition {
  // A copy, so that the new one can have other numbers than the one that it came from.
  const sized = <T extends object>(list: readonly T[]): readonly T[] =>
    more ? [...list, ...list.slice(-1).map((last) => ({ ...last }))] : list.slice(0, -1);
  const components = rules.components.map((component, n) => {
    if (n !== index) return component;
    if (component.kind === 'tiers') return { ...component, bands: sized(component.bands) };
    if (component.kind === 'milestone') return { ...component, steps: sized(component.steps) };
    return component;
  });
  return { ...rules, components };
}

export const TEMPLATES = ['flat', 'accelerator', 'bonus'] as const;
export type Template = (typeof TEMPLATES)[number];

/** The most usual rules to begin with; `quota` is the metric whose target they look at. */
export function rulesFor(template: Template, currency: string, quota: string): PlanDefinition {
  const sold = { id: 'sold', sum: 'amount', window: 'month' } as const;
  const components: Record<Template, PlanComponent> = {
    flat: { id: 'commission', kind: 'flat', measure: 'sold', rate: '0.05' },
    accelerator: {
      ...{ id: 'commission', kind: 'tiers', measure: 'sold' },
      ...{ position: 'attainment', mode: 'marginal' },
      bands: [
        { from: '0', rate: '0.05' },
        { from: '1', rate: '0.08' },
      ],
    },
    bonus: {
      ...{ id: 'bonus', kind: 'milestone', measure: 'sold', position: 'attainment' },
      steps: [{ at: '1', amount: '1000' }],
    },
  };
  const measures = [template === 'flat' ? sold : { ...sold, quota }];
  return { schema: 1, currency, measures, components: [components[template]] };
}
