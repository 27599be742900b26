import type { PeriodKind, TargetScope } from '@ovation/domain';
import { Type, type Static } from 'typebox';

/** Rows in one write of targets, at most. */
export const TARGETS_MAX = 5_000;
/** Characters of a file of targets, at most. */
export const TARGET_FILE_MAX = 900_000;

const Id = Type.String({ minLength: 1, maxLength: 200 });
const MetricOf = Type.String({ minLength: 1, maxLength: 100, description: 'Id of a metric.' });
const PeriodOf = Type.String({
  minLength: 3,
  maxLength: 24,
  description: 'day, week, month, quarter, half, year, all, or two dates: 2026-11-01..2026-11-20.',
});
const Date = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'Any date of the window; left out, today.',
});
const Value = Type.String({ maxLength: 40, description: "Decimal in the metric's unit." });
const Scope = Type.Enum(['person', 'team', 'organisation']);
const Entity = Type.Union([Id, Type.Null()], {
  description: 'Id of the person or team; null for the organisation.',
});

const WholeNumber = Type.String({ pattern: '^\\d{1,9}$' });
const asked = { metric: Type.Optional(MetricOf), period: Type.Optional(PeriodOf) };

/** The targets of revenue of this month, unless asked otherwise. */
export const TargetWindowQuery = Type.Object({ ...asked, start: Type.Optional(Date) });
export type TargetWindowQuery = Static<typeof TargetWindowQuery>;
export const TargetChangesQuery = Type.Object({
  ...asked,
  start: Type.Optional(Date),
  scope: Type.Optional(Scope),
  entity: Type.Optional(Id),
  limit: Type.Optional(WholeNumber),
});
export type TargetChangesQuery = Static<typeof TargetChangesQuery>;
export const ConsequencesQuery = Type.Object(asked);
export type ConsequencesQuery = Static<typeof ConsequencesQuery>;
/** Where somebody stands in the window that holds `at`; now without it. */
export const AttainmentQuery = Type.Object({
  ...asked,
  scope: Type.Optional(Scope),
  entity: Type.Optional(Id),
  at: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339 with an offset.' })),
  pace: Type.Optional(
    Type.Enum(['working_days', 'seasonal'], {
      description: 'Even over the working days, or as the last six windows went.',
    }),
  ),
});
export type AttainmentQuery = Static<typeof AttainmentQuery>;

/** One target; the value `null` takes it away. */
export const PutTarget = Type.Object(
  {
    scope: Scope,
    entity: Entity,
    metric: MetricOf,
    period: PeriodOf,
    value: Type.Union([Value, Type.Null()]),
    start: Type.Optional(Date),
  },
  { additionalProperties: false },
);
export type PutTarget = Static<typeof PutTarget>;

/** One row of many; each is checked by itself, so that the good ones are saved. */
export const TargetLine = Type.Object(
  { scope: Scope, entity: Entity, value: Type.Union([Value, Type.Null()]) },
  { additionalProperties: false },
);
export type TargetLine = Static<typeof TargetLine>;
const many = { minItems: 1, maxItems: TARGETS_MAX };
const window = { metric: MetricOf, period: PeriodOf, start: Type.Optional(Date) };
export const PutTargets = Type.Object(
  { ...window, targets: Type.Array(TargetLine, many) },
  { additionalProperties: false },
);
/** The same as it is taken: a line that is none is refused by itself. */
export const PutTargetLines = Type.Object(
  { ...window, targets: Type.Array(Type.Unknown(), many) },
  { additionalProperties: false },
);
export type PutTargetLines = Static<typeof PutTargetLines>;

/** What `PUT /v1/targets` made of it. */
export interface TargetSet {
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly metric: string;
  readonly period: PeriodKind;
  /** First date of the window. */
  readonly start: string;
  readonly value: string | null;
}

const Percent = Type.String({
  pattern: '^\\d{1,4}(\\.\\d{1,3})?$',
  description: 'Decimal; 100 leaves a value as it is.',
});
const planned = { metric: MetricOf, period: PeriodOf, apply: Type.Optional(Type.Boolean()) };

/** Every target of a window into another. */
export const PlanCopy = Type.Object(
  {
    kind: Type.Literal('copy'),
    ...planned,
    start: Type.Optional(Date),
    to: Date,
    percent: Type.Optional(Percent),
  },
  { additionalProperties: false },
);
/** One target into the shorter windows within its own. */
export const PlanSpread = Type.Object(
  {
    kind: Type.Literal('spread'),
    ...planned,
    start: Type.Optional(Date),
    into: PeriodOf,
    by: Type.Enum(['working_days', 'seasonality']),
    scope: Scope,
    entity: Entity,
  },
  { additionalProperties: false },
);
/** A person's target for the part of the window in which they are here. */
export const PlanProrate = Type.Object(
  {
    kind: Type.Literal('prorate'),
    ...planned,
    start: Type.Optional(Date),
    person: Id,
    from: Type.Optional(Date),
    until: Type.Optional(Date),
    value: Type.Optional(Value),
  },
  { additionalProperties: false },
);
/** A new person's targets, window after window, up to the whole. */
export const PlanRamp = Type.Object(
  {
    kind: Type.Literal('ramp'),
    ...planned,
    start: Type.Optional(Date),
    person: Id,
    percents: Type.Array(Type.Integer({ minimum: 1, maximum: 1_000 }), {
      minItems: 1,
      maxItems: 36,
    }),
    value: Value,
  },
  { additionalProperties: false },
);
export const PostTargetPlan = Type.Union([PlanCopy, PlanSpread, PlanProrate, PlanRamp]);
export type PostTargetPlan = Static<typeof PostTargetPlan>;

/**
 * A file of targets: a first column that says who, then one column for each window, headed by a
 * date of it (`2026-11-01`), a month (`2026-11`, in the organisation's calendar) or a year.
 */
export const PostTargetFile = Type.Object(
  {
    metric: MetricOf,
    period: PeriodOf,
    csv: Type.String({ minLength: 1, maxLength: TARGET_FILE_MAX }),
    scope: Type.Optional(Type.Enum(['person', 'team'])),
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PostTargetFile = Static<typeof PostTargetFile>;

const Sentence = Type.String({ minLength: 1, maxLength: 300 });

/** What happens at so many percent of a target; with the `id` of one it is changed. */
export const PutConsequence = Type.Object(
  {
    id: Type.Optional(Id),
    metric: MetricOf,
    period: PeriodOf,
    atPercent: Type.Integer({ minimum: 1, maximum: 1_000 }),
    text: Sentence,
    texts: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Sentence, { maxProperties: 8 }),
    ),
  },
  { additionalProperties: false },
);
export type PutConsequence = Static<typeof PutConsequence>;

/** What `POST /v1/targets/import` made, or would make, of a file. */
export interface TargetsImported {
  readonly dryRun: boolean;
  /** Columns that were read, with the first date of each one's window. */
  readonly columns: readonly { readonly column: string; readonly start: string }[];
  readonly targets: readonly {
    readonly scope: TargetScope;
    readonly entity: { readonly id: string; readonly name: string };
    readonly start: string;
    readonly value: string;
    readonly was: string | null;
  }[];
  /** By line of the file, counted from 1; the column is `null` where the whole line was refused. */
  readonly refused: readonly {
    readonly line: number;
    readonly column: string | null;
    readonly who: string;
    readonly code: string;
    readonly detail: string;
  }[];
}
