import {
  ACTIVITY_CLASSES,
  BOARD_OF,
  COUNTABLE_TYPES,
  RANKED_BY,
  TIE_RULES,
  UNIT_KINDS,
} from '@ovation/domain';
import { Type, type Static } from 'typebox';

/** What may be sent about metrics and boards. Bounds are named where a sender may meet them. */
const LIMITS = { conditions: 20, values: 100, parts: 20, name: 120, text: 500 } as const;

const Text = Type.String({ minLength: 1, maxLength: LIMITS.text });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Names = Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Name, { maxProperties: 8 });
const Decimal = Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,6})?$' });
const Field = Type.String({
  pattern: '^(type|source|activity|class|stage|kpi|attributes\\..{1,100})$',
  description: '`activity`, `class`, `stage`, `kpi`, `source`, `type` or `attributes.<name>`.',
});
const NumberOf = Type.String({ pattern: '^(amount|value|attributes\\..{1,100})$' });
const IsoDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const closed = { additionalProperties: false } as const;

export const ConditionSchema = Type.Object(
  {
    field: Field,
    is: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: LIMITS.values })),
    isNot: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: LIMITS.values })),
    atLeast: Type.Optional(Decimal),
    atMost: Type.Optional(Decimal),
  },
  closed,
);
const Where = Type.Array(ConditionSchema, { maxItems: LIMITS.conditions });
const Events = Type.Array(Type.Enum([...COUNTABLE_TYPES]), { minItems: 1, maxItems: 8 });
const chosen = { events: Events, where: Type.Optional(Where) };
const Caps = Type.Object({ event: Type.Optional(Decimal), day: Type.Optional(Decimal) }, closed);
const Selected = Type.Object(chosen, closed);
const MetricName = Type.String({ minLength: 1, maxLength: 100 });

export const MetricDefinitionSchema = Type.Union([
  Type.Object({ kind: Type.Literal('count'), caps: Type.Optional(Caps), ...chosen }, closed),
  Type.Object(
    { kind: Type.Literal('sum'), of: NumberOf, caps: Type.Optional(Caps), ...chosen },
    closed,
  ),
  Type.Object(
    { kind: Type.Enum(['average', 'min', 'max', 'latest']), of: NumberOf, ...chosen },
    closed,
  ),
  Type.Object({ kind: Type.Literal('distinct'), of: Field, ...chosen }, closed),
  Type.Object({ kind: Type.Literal('ratio'), top: MetricName, bottom: MetricName }, closed),
  Type.Object({ kind: Type.Literal('share'), of: Selected, among: Selected }, closed),
  Type.Object(
    { kind: Type.Literal('conversion'), from: Text, to: Text, where: Type.Optional(Where) },
    closed,
  ),
  Type.Object(
    { kind: Type.Enum(['cycle', 'first_activity']), where: Type.Optional(Where) },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('scorecard'),
      parts: Type.Array(
        Type.Object({ metric: MetricName, weight: Decimal, cap: Type.Optional(Decimal) }, closed),
        { minItems: 1, maxItems: LIMITS.parts },
      ),
    },
    closed,
  ),
]);

const frame = {
  unit: Type.Enum([...UNIT_KINDS]),
  better: Type.Optional(Type.Enum(['higher', 'lower'])),
  class: Type.Optional(Type.Union([Type.Enum([...ACTIVITY_CLASSES]), Type.Null()])),
};
const naming = {
  names: Type.Optional(Names),
  description: Type.Optional(Type.String({ maxLength: LIMITS.text })),
};

export const PostMetric = Type.Object(
  {
    name: Name,
    ...naming,
    ...frame,
    definition: MetricDefinitionSchema,
    from: Type.Optional(IsoDate),
  },
  closed,
);
export type PostMetric = Static<typeof PostMetric>;

export const PatchMetric = Type.Object({ name: Type.Optional(Name), ...naming }, closed);

export const PostMetricVersion = Type.Object(
  { definition: MetricDefinitionSchema, from: Type.Optional(IsoDate) },
  closed,
);
export const PostMetricRetired = Type.Object({ retired: Type.Boolean() }, closed);

export const PostMetricPreview = Type.Object(
  {
    ...frame,
    definition: MetricDefinitionSchema,
    metric: Type.Optional(MetricName),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
  },
  closed,
);
export type PostMetricPreview = Static<typeof PostMetricPreview>;

export const PostBoard = Type.Object(
  {
    name: Name,
    names: Type.Optional(Names),
    slug: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$' })),
    metric: MetricName,
    period: Type.String({
      maxLength: 40,
      description: 'A fixed period, `last-30`, or `2026-11-01..2026-11-20`.',
    }),
    of: Type.Enum([...BOARD_OF]),
    where: Type.Optional(Where),
    teams: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 200 }),
    ),
    rankedBy: Type.Optional(Type.Enum([...RANKED_BY])),
    ties: Type.Optional(Type.Enum([...TIE_RULES])),
    topN: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
);
export type PostBoard = Static<typeof PostBoard>;
/** No teams and `topN: null` take the limit away. */
export const PatchBoard = Type.Object(
  {
    ...Type.Partial(PostBoard).properties,
    teams: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
    topN: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 100 }), Type.Null()])),
  },
  closed,
);
export type PatchBoard = Static<typeof PatchBoard>;
