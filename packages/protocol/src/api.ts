import { EVENT_TYPES, ACTIVITY_CLASSES } from '@ovation/domain';
import { Type, type Static } from 'typebox';

/** Bounds of what may be sent; each is named in the error that it causes. */
export const API_LIMITS = {
  bodyBytes: 1_048_576,
  batchEvents: 1_000,
  idLength: 200,
  textLength: 500,
  credits: 50,
  attributes: 50,
  jsonDepth: 12,
} as const;

const Id = Type.String({ minLength: 1, maxLength: API_LIMITS.idLength });
const Text = Type.String({ minLength: 1, maxLength: API_LIMITS.textLength });

export const Money = Type.Object(
  { amount: Type.String({ maxLength: 40 }), currency: Type.String({ maxLength: 10 }) },
  { additionalProperties: false },
);

/** An event as a sender writes it. */
export const IncomingEvent = Type.Object(
  {
    id: Type.Optional(Id),
    type: Type.Enum([...EVENT_TYPES]),
    occurredAt: Type.Optional(Type.String({ maxLength: 40 })),
    deal: Type.Optional(Id),
    amount: Type.Optional(Money),
    person: Type.Optional(Id),
    credits: Type.Optional(
      Type.Array(
        Type.Object(
          { person: Id, share: Type.String({ maxLength: 24 }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: API_LIMITS.credits },
      ),
    ),
    stage: Type.Optional(Text),
    /** Id of a team or its name, for people who belong to none. */
    team: Type.Optional(Id),
    /** Ids of this source's events that are corrected or taken back. */
    corrects: Type.Optional(Id),
    reverses: Type.Optional(Id),
    withdraws: Type.Optional(Id),
    /** What the sender calls the payment; left out on one received: the event's own id. */
    payment: Type.Optional(Id),
    reason: Type.Optional(Text),
    activity: Type.Optional(Text),
    class: Type.Optional(Type.Enum([...ACTIVITY_CLASSES])),
    kpi: Type.Optional(Text),
    value: Type.Optional(Type.String({ maxLength: 40 })),
    attributes: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 100 }),
        Type.Union([Text, Type.Literal(''), Type.Number(), Type.Boolean()]),
        { maxProperties: API_LIMITS.attributes },
      ),
    ),
  },
  { additionalProperties: false },
);
export type IncomingEvent = Static<typeof IncomingEvent>;

const IsoDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Names = Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Text, { maxProperties: 8 });
const Name = Type.String({ minLength: 1, maxLength: 120 });
const Email = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 254 });

export const PostPerson = Type.Object(
  {
    name: Name,
    names: Type.Optional(Names),
    email: Type.Optional(Type.Union([Email, Type.Null()])),
    team: Type.Optional(Type.Union([Id, Type.Null()])),
    /** Whom they report to. */
    manager: Type.Optional(Type.Union([Id, Type.Null()])),
    /** From which date team and manager are so; `null`: since ever. */
    since: Type.Optional(Type.Union([IsoDate, Type.Null()])),
    startedOn: Type.Optional(Type.Union([IsoDate, Type.Null()])),
    active: Type.Optional(Type.Boolean()),
    aliases: Type.Optional(Type.Array(Name, { maxItems: 20 })),
  },
  { additionalProperties: false },
);
export type PostPerson = Static<typeof PostPerson>;
export const PatchPerson = Type.Partial(PostPerson, { additionalProperties: false });
export type PatchPerson = Static<typeof PatchPerson>;
/** `PATCH /v1/people/{id}/memberships/{since}`: `since` moves it to another date. */
export const PatchMembership = Type.Object(
  {
    team: Type.Optional(Type.Union([Id, Type.Null()])),
    manager: Type.Optional(Type.Union([Id, Type.Null()])),
    since: Type.Optional(Type.Union([IsoDate, Type.Null()])),
  },
  { additionalProperties: false },
);
export type PatchMembership = Static<typeof PatchMembership>;
export const PostTeam = Type.Object(
  { name: Name, names: Type.Optional(Names), parent: Type.Optional(Type.Union([Id, Type.Null()])) },
  { additionalProperties: false },
);
export type PostTeam = Static<typeof PostTeam>;
export const PatchTeam = Type.Partial(PostTeam, { additionalProperties: false });
export type PatchTeam = Static<typeof PatchTeam>;
export const PostSession = Type.Object(
  { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 1_024 }) },
  { additionalProperties: false },
);
export const PostDemoSession = Type.Object(
  { as: Type.Enum(['owner', 'manager', 'rep']) },
  { additionalProperties: false },
);
export const PostScreen = Type.Object({ name: Name }, { additionalProperties: false });
export const PostSetup = Type.Object(
  {
    token: Type.String({ maxLength: 200 }),
    organisation: Type.Object(
      {
        name: Name,
        currency: Type.String({ maxLength: 10 }),
        timeZone: Type.String({ maxLength: 64 }),
        language: Type.Enum(['en', 'fa']),
      },
      { additionalProperties: false },
    ),
    owner: Type.Object(
      { name: Name, email: Email, password: Type.String({ minLength: 12, maxLength: 1_024 }) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly errors?: readonly {
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
  }[];
  /** A machine's delivery that was refused is kept under this id, to be mended and replayed. */
  readonly quarantine?: string;
}
