import {
  ACTIONS,
  APPROVAL_NEEDS,
  CLOSING_PERIODS,
  LATE_POLICIES,
  MONEY_UNIT_NAMES,
  type OrganisationSettings,
} from '@ovation/domain';
import { Type, type Static } from 'typebox';
import { API_LIMITS, PostPerson } from './api.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1, maxLength: 120 });
const IsoDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const HOLIDAYS_MAX = 1_000;
const DAY_MINUTES = 1_440;
const GRACE_DAYS_MAX = 366;

/** `PUT /v1/rates`. */
export const PutRate = Type.Object(
  {
    currency: Type.String({ maxLength: 10 }),
    from: IsoDate,
    /** Units of the organisation's currency for one of this. */
    rate: Type.String({ maxLength: 40 }),
  },
  closed,
);
export type PutRate = Static<typeof PutRate>;
/** `DELETE /v1/rates?currency=&from=`. */
export const RateQuery = Type.Object(
  { currency: Type.String({ maxLength: 10 }), from: IsoDate },
  closed,
);

const Closing = Type.Object(
  {
    period: Type.Enum([...CLOSING_PERIODS]),
    graceDays: Type.Integer({ minimum: 0, maximum: GRACE_DAYS_MAX }),
    late: Type.Enum([...LATE_POLICIES]),
  },
  closed,
);

const Approval = Type.Object(
  {
    needs: Type.Enum([...APPROVAL_NEEDS]),
    /** Decimal in the organisation's currency: smaller deals count at once; `null`: none do. */
    above: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
  },
  closed,
);

/** `PATCH /v1/organisation`: what is left out stays as it is. */
export const PatchOrganisation = Type.Object(
  {
    name: Type.Optional(Name),
    currency: Type.Optional(Type.String({ maxLength: 10 })),
    /** In which unit pages and walls show money; `null`: in the currency itself. */
    moneyUnit: Type.Optional(Type.Union([Type.Enum([...MONEY_UNIT_NAMES]), Type.Null()])),
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
    calendar: Type.Optional(Type.Enum(['gregorian', 'jalali'])),
    weekStart: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
    fiscalStart: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
    workdays: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 1 }), { minItems: 7, maxItems: 7 }),
    ),
    workHours: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: DAY_MINUTES }), { minItems: 2, maxItems: 2 }),
    ),
    holidays: Type.Optional(Type.Array(IsoDate, { maxItems: HOLIDAYS_MAX })),
    language: Type.Optional(Type.Enum(['en', 'fa'])),
    /** Decimal in the organisation's currency. */
    takeoverFrom: Type.Optional(Type.String({ maxLength: 40 })),
    /** `null`: periods are never closed. */
    closing: Type.Optional(Type.Union([Closing, Type.Null()])),
    /** Which entries by hand wait for a manager's word. */
    approval: Type.Optional(Approval),
  },
  closed,
);
export type PatchOrganisation = Static<typeof PatchOrganisation>;

/**
 * `GET` and `PATCH /v1/organisation`; `settings.takeoverFrom` and `settings.approval.above` in
 * whole minor units.
 */
export interface OrganisationAnswer {
  readonly id: string;
  readonly name: string;
  readonly settings: OrganisationSettings;
  /** Whether the currency may still change: nothing is counted in it yet. */
  readonly currencyOpen: boolean;
}

/** How lists are paged: `after` is the `next` of the answer before. */
export const Page = {
  after: Type.Optional(Type.String({ maxLength: API_LIMITS.idLength })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
export const PageQuery = Type.Object(Page, closed);

/** `POST /v1/quarantine/{id}/replay`: as it came, or mended: the JSON text of one event. */
export const PostReplay = Type.Object(
  { body: Type.Optional(Type.String({ maxLength: 65_536 })) },
  closed,
);

export const PostSource = Type.Object({ name: Name }, closed);
export const PatchSource = Type.Object(
  { name: Type.Optional(Name), paused: Type.Optional(Type.Boolean()) },
  closed,
);
export type PatchSource = Static<typeof PatchSource>;

const OVERLAP_HOURS_MAX = 720;
/** `POST /v1/keys`; without a `source` the key gets one of its own, of its name. */
export const PostKey = Type.Object(
  {
    name: Name,
    scopes: Type.Array(Type.Enum([...ACTIONS]), { minItems: 1, uniqueItems: true }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: API_LIMITS.idLength })),
  },
  closed,
);
export type PostKey = Static<typeof PostKey>;
/** How long the old secret still opens the door beside the new one. */
export const PostRotation = Type.Object(
  { overlapHours: Type.Optional(Type.Integer({ minimum: 0, maximum: OVERLAP_HOURS_MAX })) },
  closed,
);

const Id = Type.String({ minLength: 1, maxLength: API_LIMITS.idLength });
/** `POST /v1/unmatched/{subject}/match`: one of the two. */
export const PostMatch = Type.Object(
  { person: Type.Optional(Id), newPerson: Type.Optional(PostPerson) },
  closed,
);
export type PostMatch = Static<typeof PostMatch>;
export const PostPlace = Type.Object({ team: Type.Union([Id, Type.Null()]) }, closed);

const Moment = Type.String({ maxLength: 40, description: 'A date, or an RFC 3339 instant.' });
/** `GET /v1/audit`: `from` is included, `to` is not; `type` may name several, with commas. */
export const AuditQuery = Type.Object(
  {
    type: Type.Optional(Type.String({ maxLength: 1_000 })),
    by: Type.Optional(Id),
    subject: Type.Optional(Id),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
    after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    limit: Page.limit,
    format: Type.Optional(Type.Enum(['json', 'csv'])),
  },
  closed,
);
