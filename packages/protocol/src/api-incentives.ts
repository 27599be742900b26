import { FACT_KINDS } from '@ovation/domain';
import { Type, type Static, type TSchema } from 'typebox';
import { PlanDefinitionForm, PlanFrame, PREVIEW_LIMITS } from './api-plan.ts';

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: 200 });
const Part = Type.String({ minLength: 1, maxLength: 60 });
const Decimal = Type.String({ maxLength: 40, description: 'A decimal: `1250.50`.' });
const Share = Type.String({
  maxLength: 40,
  description: 'A decimal or a fraction, 0 to 1: `1/3`.',
});
const Day = Type.String({ maxLength: 10, description: 'A date: `2026-11-01`.' });
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });
const list = <T extends TSchema>(item: T, maxItems: number) => Type.Array(item, { maxItems });

const Stretch = { from: Day, to: optional(Day) };
const Person = Type.Object(
  {
    id: Id,
    currency: optional(Currency),
    employed: optional(list(Type.Object(Stretch, closed), 50)),
    ramp: optional(list(Type.Object({ from: Day, to: Day, factor: Decimal }, closed), 50)),
    reportsTo: optional(
      list(Type.Object({ person: Id, from: optional(Day), to: optional(Day) }, closed), 50),
    ),
    targetIncentive: optional(Decimal),
    onPlan: optional(
      Type.Object(Stretch, {
        ...closed,
        description: 'Since when, until when; left out, all the time.',
      }),
    ),
  },
  closed,
);
const Quota = Type.Object(
  {
    person: optional(Id),
    quota: Part,
    from: Day,
    to: Day,
    amount: Decimal,
    ramp: optional(Decimal),
    prorate: optional(Type.Enum(['calendar_days', 'whole_months', 'none'])),
  },
  closed,
);
const Fact = Type.Object(
  {
    source: Id,
    sourceId: Id,
    version: optional(Type.Integer({ minimum: 0 })),
    kind: Type.Enum([...FACT_KINDS]),
    effectiveOn: Day,
    occurredAt: optional(Type.String({ maxLength: 40 })),
    recordedOn: optional(Day),
    amount: optional(Decimal),
    currency: optional(Currency),
    units: optional(Decimal),
    deal: Id,
    line: optional(Id),
    attributes: optional(
      Type.Record(
        Part,
        Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]),
        { maxProperties: 50 },
      ),
    ),
    credits: optional(
      list(
        Type.Object(
          {
            person: Id,
            share: Share,
            quotaShare: optional(Share),
            role: optional(Type.Enum(['direct', 'overlay'])),
          },
          closed,
        ),
        50,
      ),
    ),
    reverses: optional(Id),
  },
  closed,
);
const Rate = Type.Object(
  {
    from: Currency,
    to: Currency,
    kind: optional(Type.Enum(['spot', 'plan'])),
    validOn: Day,
    rate: Decimal,
  },
  closed,
);
const Period = Type.Object(
  { id: Part, from: Day, to: Day, paidOn: optional(Day) },
  { ...closed, description: 'Half-open: the day `to` is not in it.' },
);
const Hold = Type.Object({ deal: Id, person: optional(Id), from: Day, to: optional(Day) }, closed);

const rest = {
  people: list(Person, PREVIEW_LIMITS.people),
  quotas: optional(list(Quota, PREVIEW_LIMITS.quotas)),
  facts: list(Fact, PREVIEW_LIMITS.facts),
  rates: optional(list(Rate, PREVIEW_LIMITS.rates)),
  periods: list(Period, PREVIEW_LIMITS.periods),
  holds: optional(list(Hold, 1_000)),
  asOf: optional(Day),
  trace: optional(Type.Boolean({ description: 'Left out, every figure comes with its trace.' })),
};

/** `POST /v1/plans/preview`. */
export const PostPlanPreview = Type.Object({ plan: PlanDefinitionForm, ...rest }, closed);
export type PostPlanPreview = Static<typeof PostPlanPreview>;

/** What is looked at before components are. */
export const PlanPreviewFrame = Type.Object({ plan: PlanFrame, ...rest }, closed);
