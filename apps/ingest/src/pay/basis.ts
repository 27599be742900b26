import type { Figure, PlanComponent, PlanDefinition } from '@ovation/domain';
import type { PayBasis } from '@ovation/protocol';
import type { LivePayBook } from './live.ts';

/** The rules that a figure was worked out by. */
export const rulesOf = (
  { versions }: Pick<LivePayBook, 'versions'>,
  { plan, version }: Pick<Figure, 'plan' | 'version'>,
): PlanDefinition | undefined =>
  versions.find((one) => one.planId === plan && one.number === version)?.definition as
    PlanDefinition | undefined;

export const componentOf = (
  rules: PlanDefinition | undefined,
  id: string,
): PlanComponent | undefined => rules?.components.find((one) => one.id === id);

/** What a component of some rules goes by; `null` where it goes by no measure of its own. */
export function basisOf(
  { book }: Pick<LivePayBook, 'book'>,
  rules: PlanDefinition | undefined,
  component: PlanComponent | undefined,
): PayBasis | null {
  if (!component || !('measure' in component) || component.measure === undefined) return null;
  const measure = rules?.measures.find((one) => one.id === component.measure);
  if (!measure) return null;
  const id = (measure.quota ?? '').split('/')[0]!;
  const own = book.metrics.find((one) => one.id === id);
  return {
    metric: book.byId.has(id) ? { id, ...(own && { name: own.name, names: own.names }) } : null,
    sum: measure.sum ?? null,
    only: Object.entries(measure.where ?? {}).flatMap(([field, values]) =>
      field === 'kind' ? [] : values,
    ),
  };
}
