import type { Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import type { PlanKind, PlanLook, Runner, ShapeStage } from './component.ts';
import { SHAPE_STAGES } from './component.ts';
import { judge } from './condition.ts';
import type { Credit } from './credit.ts';
import { spanOf } from './quota.ts';
import type { Days } from './dates.ts';
import {
  PLAN_DEFAULTS,
  type PlanComponent,
  type PlanDefinition,
  type PlanMeasure,
  type PlanWindow,
} from './definition.ts';
import { ALL, exact, isDecimal, moneyOf, NONE, times } from './exact.ts';
import type { IncentivePlan, PlanVersion } from './input.ts';
import { planKindOf } from './kinds/index.ts';
import { overrideMeasure } from './kinds/override.ts';
import { fieldOf } from './credit.ts';

/** A component with its numbers read, and with the shapes that work on it, in their order. */
export interface ReadyComponent {
  readonly component: PlanComponent;
  readonly kind: PlanKind;
  readonly runner: Runner;
  readonly window: PlanWindow;
  readonly shapes: readonly ReadyComponent[];
  /** Whether single deals have to be kept apart. */
  readonly byDeal: boolean;
  readonly needsTarget: boolean;
}

export interface ReadyMeasure {
  readonly measure: PlanMeasure;
  readonly window: PlanWindow;
  readonly team: boolean;
  readonly includes: (credit: Credit) => boolean;
  /** What one credit brings before its shares: minor units, units, or one. */
  readonly value: (credit: Credit) => Ratio;
  /** Components that pay at each of its credits. */
  readonly components: readonly ReadyComponent[];
}

export interface ReadyVersion extends Days {
  readonly plan: string;
  readonly version: PlanVersion;
  readonly definition: PlanDefinition;
  readonly look: PlanLook;
  /** Measures that add credits up. */
  readonly sums: readonly ReadyMeasure[];
  readonly measures: ReadonlyMap<string, PlanMeasure>;
  /** Components that earn, each after what it reads. */
  readonly earning: readonly ReadyComponent[];
  /** Bounds on all together. */
  readonly planShapes: readonly ReadyComponent[];
}

/** Versions of a plan that was checked, in their order. */
export const readyPlan = (plan: IncentivePlan): ReadyVersion[] =>
  plan.versions.map((version) => readyVersion(plan.id, version)).sort((a, b) => a.from - b.from);

function readyVersion(plan: string, version: PlanVersion): ReadyVersion {
  const { definition } = version;
  const measures = measuresOf(definition);
  const look = lookOf(definition, measures);
  const ready = new Map<string, ReadyComponent>();
  for (const component of definition.components) {
    ready.set(component.id, readyComponent(component, definition, look));
  }
  const all = [...ready.values()];
  const shapes = all
    .filter(({ kind }) => kind.role === 'shape')
    .sort((a, b) => stageAt(a) - stageAt(b));
  const earning = inOrder(definition)
    .map((id) => ready.get(id)!)
    .map((one) => withShapes(one, shapes, definition));
  const sums = [...measures.values()]
    .filter(({ sum }) => sum !== undefined)
    .map((measure) => readyMeasure(measure, definition, look, earning));
  const planShapes = shapes.filter((one) => stageOf(one) === 'plan');
  return {
    ...spanOf(version),
    plan,
    version,
    definition,
    look,
    sums,
    measures,
    earning,
    planShapes,
  };
}

/** The measures of a plan, with those that overrides are paid on. */
export function measuresOf({ measures, components }: PlanDefinition): Map<string, PlanMeasure> {
  const all = new Map(measures.map((measure) => [measure.id, measure]));
  for (const one of components) {
    if (one.kind !== 'override') continue;
    const id = overrideMeasure(one.id);
    all.set(id, { id, sum: 'amount', scope: 'team', ...(one.where && { where: one.where }) });
  }
  return all;
}

export function lookOf(plan: PlanDefinition, measures: ReadonlyMap<string, PlanMeasure>): PlanLook {
  const exponent = currencyExponent(plan.currency) ?? 2;
  const money = (text: string): Ratio => moneyOf(text, exponent);
  const isMoney = (id: string, depth = 0): boolean => {
    const measure = measures.get(id);
    if (!measure || depth > measures.size) return false;
    if (measure.sum !== undefined) return measure.sum === 'amount';
    return measure.add !== undefined && measure.add.some((part) => isMoney(part, depth + 1));
  };
  return {
    plan,
    exponent,
    measure: (id) => measures.get(id),
    isMoney,
    onMeasure: (id, text) => (isMoney(id) ? money(text) : exact(text)),
    money,
    perUnit: (id) => (isMoney(id) ? ALL : money('1')),
  };
}

const stageOf = ({ kind, component }: ReadyComponent): ShapeStage => kind.stage!(component);
const stageAt = (one: ReadyComponent): number => SHAPE_STAGES.indexOf(stageOf(one));

function readyComponent(
  component: PlanComponent,
  definition: PlanDefinition,
  look: PlanLook,
): ReadyComponent {
  const kind = planKindOf(component);
  const asked = 'window' in component ? component.window : undefined;
  const [first] = kind.reads(component);
  const of = first === undefined ? undefined : look.measure(first)?.window;
  const byTarget =
    (component.kind === 'curve' && component.pays === 'share_of_target') ||
    component.kind === 'weighted_objectives';
  return {
    component,
    kind,
    runner: kind.run(component, look),
    window: asked ?? (kind.role === 'shape' ? undefined : of) ?? 'period',
    shapes: [],
    byDeal: (definition.clawback?.basis ?? 'recompute') !== 'recompute',
    needsTarget: byTarget && component.target === undefined,
  };
}

/** A component with the shapes that apply to it; bounds on all together stand apart. */
function withShapes(
  one: ReadyComponent,
  all: readonly ReadyComponent[],
  definition: PlanDefinition,
): ReadyComponent {
  const shapes = all.filter((shape) => {
    const { applies_to: only } = shape.component as { applies_to?: readonly string[] };
    return stageOf(shape) !== 'plan' && (only?.includes(one.component.id) ?? true);
  });
  const widest = shapes
    .filter((shape) => stageOf(shape) === 'period')
    .map((shape) => (shape.component as { window?: PlanWindow }).window)
    .find((window) => window !== undefined);
  const byDeal = one.byDeal || shapes.some((shape) => stageOf(shape) === 'deal');
  void definition;
  return { ...one, shapes, byDeal, window: widest ?? one.window };
}

/** Components that earn, each after the one whose pay it is reckoned by. */
export function inOrder({ components }: PlanDefinition): string[] {
  const order: string[] = [];
  const placed = new Set<string>();
  const visit = (component: PlanComponent | undefined, depth: number): void => {
    if (!component || placed.has(component.id) || depth > components.length) return;
    if (planKindOf(component).role === 'shape') return;
    if (component.kind === 'flat' && component.of !== undefined) {
      visit(
        components.find(({ id }) => id === component.of),
        depth + 1,
      );
    }
    if (placed.has(component.id)) return;
    placed.add(component.id);
    order.push(component.id);
  };
  for (const component of components) visit(component, 0);
  return order;
}

const DEFAULT_KINDS = {
  closed_won: ['booked', 'changed', 'credited', 'cancelled'],
  custom: ['booked', 'changed', 'credited', 'cancelled'],
  invoice: ['invoiced', 'credited', 'cancelled'],
  payment: ['paid', 'credited', 'cancelled'],
} as const;

function readyMeasure(
  measure: PlanMeasure,
  definition: PlanDefinition,
  look: PlanLook,
  earning: readonly ReadyComponent[],
): ReadyMeasure {
  const kinds = new Set<string>(
    measure.where?.['kind'] ?? DEFAULT_KINDS[definition.anchor ?? PLAN_DEFAULTS.anchor],
  );
  const fields = Object.entries(measure.where ?? {})
    .filter(([field]) => field !== 'kind')
    .map(([field, values]) => [field, new Set(values)] as const);
  const condition = measure.if;
  const team = measure.scope === 'team';
  return {
    measure,
    window: measure.window ?? 'period',
    team,
    includes(credit) {
      if (!team && credit.level > 0) return false;
      if (!kinds.has(credit.fact.fact.kind)) return false;
      if (!fields.every(([field, values]) => values.has(fieldOf(credit, field) ?? ''))) {
        return false;
      }
      return condition === undefined || judge(condition, factReader(credit)).passed;
    },
    value: valueReader(measure.sum!),
    components: earning.filter(
      ({ component, kind, runner }) =>
        runner.event !== undefined && kind.reads(component)[0] === measure.id,
    ),
  };

  function factReader(credit: Credit) {
    return {
      value: (name: string) => fieldOf(credit, name),
      attainment: () => undefined,
      constant: (_: string, text: string) => exact(text),
    };
  }
}

function valueReader(sum: string): (credit: Credit) => Ratio {
  if (sum === 'amount') return (credit) => credit.amount;
  if (sum === 'units') return (credit) => credit.units;
  if (sum === 'count') return (credit) => (credit.stands ? ALL : NONE);
  return (credit) => {
    const text = fieldOf(credit, sum);
    if (!isDecimal(text) || !credit.stands) return NONE;
    return times(exact(text), credit.left);
  };
}
