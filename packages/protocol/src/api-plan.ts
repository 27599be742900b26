import {
  CLAWBACK_BASES,
  PLAN_ANCHORS,
  PLAN_WINDOWS,
  TIER_MODES,
  type PlanCondition,
  type PlanDefinition,
} from '@ovation/domain';
import { Type, type TSchema } from 'typebox';

/** How much one preview may ask for; each is named in the refusal. */
export const PREVIEW_LIMITS = {
  people: 1_000,
  facts: 20_000,
  periods: 24,
  components: 100,
  measures: 100,
  quotas: 20_000,
  rates: 5_000,
  bands: 50,
  /** Components times facts, and times people and periods: about so many sums are worked out. */
  steps: 1_000_000,
  /** A body of 20,000 facts; bytes. */
  bodyBytes: 16_777_216,
} as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Part = Type.String({ minLength: 1, maxLength: 60 });
const Decimal = Type.String({ maxLength: 40, description: 'A decimal: `1250.50`.' });
const Share = Type.String({
  maxLength: 40,
  description: 'A decimal or a fraction, 0 to 1: `1/3`.',
});
const Day = Type.String({ maxLength: 10, description: 'A date: `2026-11-01`.' });
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });
const Window = Type.Enum([...PLAN_WINDOWS]);
const Position = Type.Enum(['amount', 'attainment']);
const list = <T extends TSchema>(item: T, maxItems: number) => Type.Array(item, { maxItems });

const Where = Type.Record(Part, list(Type.String({ maxLength: 200 }), 100), { maxProperties: 20 });
/** Conditions hold conditions; the domain reads them to the bottom. */
export const ConditionForm = Type.Unsafe<PlanCondition>(
  Type.Object(
    {},
    {
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: true,
      description:
        'One of `ge`, `gt`, `le`, `lt`, `eq` with an operand (a measure, or ' +
        '`{"attainment": measure}`) and a constant; or `and`, `or` with a list; or `not`.',
    },
  ),
);

const kind = <K extends string>(name: K) => ({ id: Part, kind: Type.Literal(name) });
const AppliesTo = { applies_to: optional(list(Part, PREVIEW_LIMITS.components)) };
const Band = Type.Object({ from: Decimal, rate: Decimal }, closed);
const Axis = Type.Object(
  { measure: Part, position: Position, from: list(Decimal, PREVIEW_LIMITS.bands) },
  closed,
);
const Bound = {
  scope: Type.Enum(['deal', 'period', 'plan']),
  amount: Decimal,
  window: optional(Window),
  ...AppliesTo,
};

/** What each kind of component has. A kind that is missing here does not compile. */
export const COMPONENT_FORMS = {
  flat: Type.Object(
    { ...kind('flat'), rate: Decimal, measure: optional(Part), of: optional(Part) },
    closed,
  ),
  per_event: Type.Object({ ...kind('per_event'), measure: Part, amount: Decimal }, closed),
  per_unit: Type.Object({ ...kind('per_unit'), measure: Part, amount: Decimal }, closed),
  tiers: Type.Object(
    {
      ...kind('tiers'),
      measure: Part,
      mode: Type.Enum([...TIER_MODES]),
      position: Position,
      bands: list(Band, PREVIEW_LIMITS.bands),
    },
    closed,
  ),
  curve: Type.Object(
    {
      ...kind('curve'),
      measure: Part,
      position: Position,
      points: list(Type.Object({ at: Decimal, pays: Decimal }, closed), PREVIEW_LIMITS.bands),
      pays: Type.Enum(['amount', 'share_of_target']),
      target: optional(Decimal),
    },
    closed,
  ),
  matrix: Type.Object(
    {
      ...kind('matrix'),
      rows: Axis,
      columns: Axis,
      cells: list(list(Decimal, PREVIEW_LIMITS.bands), PREVIEW_LIMITS.bands),
      pays: Type.Enum(['amount', 'rate']),
    },
    closed,
  ),
  weighted_objectives: Type.Object(
    {
      ...kind('weighted_objectives'),
      target: optional(Decimal),
      objectives: list(
        Type.Object(
          {
            measure: Part,
            weight: Decimal,
            threshold: optional(Decimal),
            most: optional(Decimal),
          },
          closed,
        ),
        PREVIEW_LIMITS.bands,
      ),
    },
    closed,
  ),
  milestone: Type.Object(
    {
      ...kind('milestone'),
      measure: Part,
      position: Position,
      steps: list(Type.Object({ at: Decimal, amount: Decimal }, closed), PREVIEW_LIMITS.bands),
    },
    closed,
  ),
  override: Type.Object(
    {
      ...kind('override'),
      rate: Decimal,
      where: optional(Where),
      levels: optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  pool: Type.Object(
    {
      ...kind('pool'),
      amount: optional(Decimal),
      rate: optional(Decimal),
      measure: optional(Part),
      share_by: optional(Part),
    },
    closed,
  ),
  gate: Type.Object(
    {
      ...kind('gate'),
      when: ConditionForm,
      else: optional(Type.Union([Type.Literal('zero'), Type.Object({ times: Decimal }, closed)])),
      ...AppliesTo,
    },
    closed,
  ),
  modifier: Type.Object(
    {
      ...kind('modifier'),
      when: optional(ConditionForm),
      times: optional(Decimal),
      measure: optional(Part),
      position: optional(Position),
      bands: optional(
        list(Type.Object({ from: Decimal, times: Decimal }, closed), PREVIEW_LIMITS.bands),
      ),
      ...AppliesTo,
    },
    closed,
  ),
  cap: Type.Object({ ...kind('cap'), ...Bound }, closed),
  floor: Type.Object({ ...kind('floor'), ...Bound }, closed),
  spiff: Type.Object(
    {
      ...kind('spiff'),
      measure: Part,
      amount: Decimal,
      from: Day,
      to: Day,
      most: optional(Type.Integer({ minimum: 1 })),
    },
    closed,
  ),
} as const satisfies Record<PlanDefinition['components'][number]['kind'], TSchema>;

const Measure = Type.Object(
  {
    id: Part,
    sum: optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: '`amount`, `units`, `count`, or the name of a numeric attribute.',
      }),
    ),
    divide: optional(Type.Array(Part, { minItems: 2, maxItems: 2 })),
    add: optional(list(Part, PREVIEW_LIMITS.measures)),
    where: optional(Where),
    if: optional(ConditionForm),
    window: optional(Window),
    scope: optional(Type.Enum(['payee', 'team'])),
    quota: optional(Part),
  },
  closed,
);

const policies = {
  anchor: optional(Type.Enum([...PLAN_ANCHORS])),
  anchor_field: optional(Part),
  pay: optional(
    Type.Object(
      {
        on: Type.Enum(['close', 'invoice_paid', 'invoice']),
        proration: optional(Type.Enum(['paid_share', 'first', 'complete'])),
        holdback: optional(Share),
        hold_days: optional(Type.Integer({ minimum: 1, maximum: 3_660 })),
      },
      closed,
    ),
  ),
  clawback: optional(
    Type.Object(
      {
        basis: optional(Type.Enum([...CLAWBACK_BASES])),
        window_days: optional(Type.Integer({ minimum: 1, maximum: 3_660 })),
        minimum: optional(Type.Enum(['recovered', 'kept'])),
      },
      closed,
    ),
  ),
  draw: optional(
    Type.Object(
      {
        kind: Type.Enum(['recoverable', 'non_recoverable']),
        amount: Decimal,
        periods: optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        frequency: optional(Window),
        recover_share: optional(Share),
        recover_from: optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        forgive_at_end: optional(Type.Boolean()),
      },
      closed,
    ),
  ),
  fx: optional(
    Type.Object(
      {
        credit: optional(Type.Enum(['anchor', 'plan_year'])),
        payout: optional(Type.Enum(['payout_date', 'anchor'])),
      },
      closed,
    ),
  ),
  day_count: optional(Type.Enum(['calendar_days', 'whole_months'])),
  rollup: optional(Type.Enum(['once', 'additive'])),
  negative_payout: optional(Type.Enum(['carry', 'show'])),
  rounding: optional(
    Type.Object(
      { mode: Type.Literal('half_away'), at: Type.Literal('component_payee_period') },
      closed,
    ),
  ),
  corrections: optional(
    Type.Object({ mode: Type.Enum(['delta_in_open_period', 'manual']) }, closed),
  ),
};

/** A plan as it is stored: what 0 and what numbers mean is in docs/incentives.md. */
export const PlanDefinitionForm = Type.Object(
  {
    schema: Type.Literal(1),
    currency: Currency,
    measures: list(Measure, PREVIEW_LIMITS.measures),
    components: list(Type.Union(Object.values(COMPONENT_FORMS)), PREVIEW_LIMITS.components),
    ...policies,
  },
  closed,
);

/** The same without a look into components: their forms go by their kinds, one by one. */
export const PlanFrame = Type.Object(
  {
    schema: Type.Literal(1),
    currency: Currency,
    measures: list(Measure, PREVIEW_LIMITS.measures),
    components: list(
      Type.Object({ kind: Type.Enum(Object.keys(COMPONENT_FORMS)) }),
      PREVIEW_LIMITS.components,
    ),
    ...policies,
  },
  closed,
);
