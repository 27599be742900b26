import type { PlanKind } from '../component.ts';
import type { ComponentOf, PlanComponent, PlanComponentKind } from '../definition.ts';
import { cap } from './cap.ts';
import { curve } from './curve.ts';
import { flat } from './flat.ts';
import { floor } from './floor.ts';
import { gate } from './gate.ts';
import { matrix } from './matrix.ts';
import { milestone } from './milestone.ts';
import { modifier } from './modifier.ts';
import { override } from './override.ts';
import { perEvent } from './per-event.ts';
import { perUnit } from './per-unit.ts';
import { pool } from './pool.ts';
import { spiff } from './spiff.ts';
import { tiers } from './tiers.ts';
import { weightedObjectives } from './weighted-objectives.ts';

type Kinds = { readonly [K in PlanComponentKind]: PlanKind<ComponentOf<K>> };

/** Every kind of component. One that is missing here does not compile. */
export const PLAN_KINDS: Kinds = {
  flat,
  per_event: perEvent,
  per_unit: perUnit,
  tiers,
  curve,
  matrix,
  weighted_objectives: weightedObjectives,
  milestone,
  override,
  pool,
  gate,
  modifier,
  cap,
  floor,
  spiff,
};

/** The kind of a component, for components of that kind only. */
export const planKindOf = ({ kind }: Pick<PlanComponent, 'kind'>): PlanKind =>
  PLAN_KINDS[kind] as unknown as PlanKind;
