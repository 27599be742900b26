import { Type, type Static } from 'typebox';

/** What may be sent about plans, pay periods, statements and payouts. */
const LIMITS = { name: 80, text: 1_000, reason: 300, id: 200, people: 1_000 } as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: LIMITS.id });
const Language = Type.String({ pattern: '^[a-z]{2}$' });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Text = Type.String({ maxLength: LIMITS.text });
const Names = Type.Record(Language, Name, { maxProperties: 8 });
const Texts = Type.Record(Language, Text, { maxProperties: 8 });
const Reason = Type.String({ minLength: 3, maxLength: LIMITS.reason });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'A date.' });
const End = Type.Union([Day, Type.Null()], {
  description: 'The first date that is no longer in it; null: without end.',
});
const Money = Type.String({
  pattern: '^-?\\d{1,12}(\\.\\d{1,4})?$',
  description: 'A decimal in the ledger’s currency.',
});
/** Checked by the rules of plans: each fault points into it. */
const Definition = Type.Object(
  {},
  {
    additionalProperties: true,
    description: 'The rules of a plan: `schema`, `currency`, `measures`, `components` and so on.',
  },
);

const words = {
  names: optional(Names),
  description: optional(Text),
  descriptions: optional(Texts),
};

export const PostPlan = Type.Object(
  {
    name: Name,
    ...words,
    definition: optional(Definition),
    from: optional(Day),
  },
  closed,
);
export type PostPlan = Static<typeof PostPlan>;

export const PatchPlan = Type.Object({ name: optional(Name), ...words }, closed);
export type PatchPlan = Static<typeof PatchPlan>;

/** A further version, begun as a copy of the newest one or of the one that is named. */
export const PostPlanVersion = Type.Object(
  { copyOf: optional(Type.Integer({ minimum: 1 })), from: optional(Day) },
  closed,
);
export type PostPlanVersion = Static<typeof PostPlanVersion>;

export const PutPlanVersion = Type.Object(
  { definition: Definition, from: optional(Day), to: optional(End) },
  closed,
);
export type PutPlanVersion = Static<typeof PutPlanVersion>;

export const PlanDiffQuery = Type.Object({
  against: optional(
    Type.String({ pattern: '^\\d{1,6}$', description: 'A number; the version before, without.' }),
  ),
});
export type PlanDiffQuery = Static<typeof PlanDiffQuery>;

export const PostAssignment = Type.Object(
  {
    person: Id,
    from: Day,
    to: optional(End),
    targetIncentive: optional(Type.Union([Money, Type.Null()])),
  },
  closed,
);
export type PostAssignment = Static<typeof PostAssignment>;
export const PatchAssignment = Type.Object(
  {
    from: optional(Day),
    to: optional(End),
    targetIncentive: optional(Type.Union([Money, Type.Null()])),
  },
  closed,
);
export type PatchAssignment = Static<typeof PatchAssignment>;

/** Replays rules over past pay periods for the people on the plan; writes nothing. */
export const PostPlanWhatIf = Type.Object(
  {
    definition: optional(Definition),
    version: optional(
      Type.Integer({ minimum: 1, description: 'Instead of rules: a version, such as a draft.' }),
    ),
    periods: optional(
      Type.Integer({ minimum: 1, maximum: 12, description: 'The last so many; 3 without.' }),
    ),
    keys: optional(
      Type.Array(Day, {
        minItems: 1,
        maxItems: 12,
        description: 'Instead of the last ones: periods by their first dates.',
      }),
    ),
    people: optional(Type.Array(Id, { maxItems: LIMITS.people })),
  },
  closed,
);
export type PostPlanWhatIf = Static<typeof PostPlanWhatIf>;

export const PatchPayRules = Type.Object(
  {
    period: optional(Type.Enum(['month', 'quarter', 'half', 'year'])),
    secondFrom: optional(
      Type.Union([Money, Type.Null()], {
        description: 'From this sum on a statement needs a second word; null: never.',
      }),
    ),
    factorFrom: optional(
      Type.Union([Money, Type.Null()], {
        description:
          'From this sum on approving a statement, and paying out, needs a code of the second ' +
          'factor; null: never.',
      }),
    ),
  },
  closed,
);
export type PatchPayRules = Static<typeof PatchPayRules>;

/** Opens the period that holds a date, and those between it and the ones that are there. */
export const PostPayPeriod = Type.Object({ start: Day }, closed);
export type PostPayPeriod = Static<typeof PostPayPeriod>;

export const PostPayReason = Type.Object({ reason: Reason }, closed);
export type PostPayReason = Static<typeof PostPayReason>;

export const PayEntriesQuery = Type.Object({
  person: optional(Id),
  posting: optional(Day),
  origin: optional(Day),
});
export type PayEntriesQuery = Static<typeof PayEntriesQuery>;

/** An entry by hand: it moves money and no attainment, and stays when periods are calculated. */
export const PostAdjustment = Type.Object(
  {
    person: Id,
    amount: Money,
    reason: Reason,
    kind: optional(Type.Enum(['adjustment', 'spiff'])),
    origin: optional(Day),
    reverses: optional(Id),
  },
  closed,
);
export type PostAdjustment = Static<typeof PostAdjustment>;

/** Holds somebody's pay back: all of it, an entry, a part of an entry, or what a deal earns. */
export const PostPayHold = Type.Object(
  {
    person: Id,
    reason: Reason,
    entry: optional(Id),
    amount: optional(Money),
    deal: optional(Id),
    until: optional(End),
  },
  closed,
);
export type PostPayHold = Static<typeof PostPayHold>;

export const StatementsQuery = Type.Object({ period: optional(Day), person: optional(Id) });
export type StatementsQuery = Static<typeof StatementsQuery>;

export const PostStatements = Type.Object(
  { period: Day, people: optional(Type.Array(Id, { maxItems: LIMITS.people })) },
  closed,
);
export type PostStatements = Static<typeof PostStatements>;

export const PostDispute = Type.Object(
  {
    line: optional(Id),
    text: Type.String({ minLength: 3, maxLength: LIMITS.text }),
  },
  closed,
);
export type PostDispute = Static<typeof PostDispute>;

/** Yes with an amount (an entry) or with the event that corrected the fact, or no. */
export const PostDisputeDecision = Type.Object(
  {
    decision: Type.Enum(['accepted', 'declined']),
    answer: Reason,
    amount: optional(Money),
    correction: optional(Id),
  },
  closed,
);
export type PostDisputeDecision = Static<typeof PostDisputeDecision>;

export const PostPayout = Type.Object({ period: Day }, closed);
export type PostPayout = Static<typeof PostPayout>;

export const PayMeQuery = Type.Object({ person: optional(Id), period: optional(Day) });
export type PayMeQuery = Static<typeof PayMeQuery>;

/** A deal of the log that is open, or one that is only thought of. */
export const PostPayDeal = Type.Object(
  {
    deal: optional(Id),
    amount: optional(Money),
    on: optional(Day),
    share: optional(Type.String({ maxLength: 20 })),
    attributes: optional(
      Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 200 }), {
        maxProperties: 30,
      }),
    ),
    person: optional(Id),
  },
  closed,
);
export type PostPayDeal = Static<typeof PostPayDeal>;
