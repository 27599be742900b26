import { ACTIVITY_CLASSES, OCCASIONS } from '@ovation/domain';
import { Type, type Static } from 'typebox';
import { API_LIMITS, Money } from './api.ts';

/** The manager's working day: the floor, notes, entries by hand, corrections, announcements. */

export const NOTE_LENGTH_MAX = 2_000;
export const ANNOUNCEMENT_LENGTH_MAX = 240;
/** An announcement stands for as long at most: 31 days. */
export const ANNOUNCEMENT_MS_MAX = 31 * 86_400_000;
const AUDIENCE_MAX = 1_000;

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: API_LIMITS.idLength });
const Text = Type.String({ minLength: 1, maxLength: API_LIMITS.textLength });
const Moment = Type.String({ maxLength: 40, description: 'RFC 3339 with an offset.' });
const WholeNumber = Type.String({ pattern: '^\\d{1,9}$' });
const EventKey = Type.String({
  minLength: 3,
  maxLength: 2 * API_LIMITS.idLength,
  pattern: '^[^/]+/.+$',
  description: 'An event as answers name it: source/id.',
});

/** `GET /v1/floor`: the week, month or quarter that is open now. */
export const FloorQuery = Type.Object({
  period: Type.Optional(Type.Enum(['week', 'month', 'quarter'])),
});
export type FloorQuery = Static<typeof FloorQuery>;

/** `POST /v1/people/{id}/notes`. */
export const PostNote = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: NOTE_LENGTH_MAX }) },
  closed,
);

/** `POST /v1/celebrations`: walls celebrate somebody; when and how loud is decided there. */
export const PostCelebration = Type.Object(
  { person: Id, occasion: Type.Enum([...OCCASIONS]) },
  closed,
);
export type PostCelebration = Static<typeof PostCelebration>;

const entered = {
  /** Names the entry, so that sending it again does not enter it twice. */
  id: Type.Optional(Type.String({ pattern: '^[\\w-]{8,100}$' })),
  /** Left out: whoever sends it. */
  person: Type.Optional(Id),
  occurredAt: Type.Optional(Moment),
  /** The customer. */
  account: Type.Optional(Text),
};
/** `POST /v1/entries`: what somebody did, entered by hand. */
export const PostEntry = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('activity'),
      ...entered,
      activity: Text,
      class: Type.Optional(Type.Enum([...ACTIVITY_CLASSES])),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('deal'), ...entered, amount: Money }, closed),
]);
export type PostEntry = Static<typeof PostEntry>;

const STATES = ['waiting', 'counted', 'declined', 'withdrawn'] as const;
export const EntriesQuery = Type.Object({
  state: Type.Optional(Type.Enum([...STATES])),
  person: Type.Optional(Id),
  limit: Type.Optional(WholeNumber),
});
export type EntriesQuery = Static<typeof EntriesQuery>;

/** `POST …/decision`: to decline needs a reason, which whoever asked can read. */
export const PostDecision = Type.Object(
  { decision: Type.Enum(['approve', 'decline']), reason: Type.Optional(Text) },
  closed,
);
export type PostDecision = Static<typeof PostDecision>;
export const PostWithdrawal = Type.Object({ reason: Text }, closed);
export type PostWithdrawal = Static<typeof PostWithdrawal>;

/** What is to be other than it is: the amount, whose it is, or that it happened at all. */
export const CorrectionChange = Type.Union([
  Type.Object({ kind: Type.Literal('amend'), amount: Money }, closed),
  Type.Object({ kind: Type.Literal('reassign'), person: Id }, closed),
  Type.Object(
    {
      kind: Type.Literal('split'),
      credits: Type.Array(
        Type.Object({ person: Id, share: Type.String({ maxLength: 24 }) }, closed),
        { minItems: 2, maxItems: API_LIMITS.credits },
      ),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('withdraw') }, closed),
]);
export type CorrectionChange = Static<typeof CorrectionChange>;

/** `POST /v1/corrections/preview`: what it would do; without a change, the event as it stands. */
export const PostCorrectionPreview = Type.Object(
  { event: EventKey, change: Type.Optional(CorrectionChange) },
  closed,
);
export type PostCorrectionPreview = Static<typeof PostCorrectionPreview>;
/** `POST /v1/corrections`; with `approve` a manager decides at once. */
export const PostCorrection = Type.Object(
  {
    event: EventKey,
    change: CorrectionChange,
    reason: Text,
    approve: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type PostCorrection = Static<typeof PostCorrection>;
export const CorrectionsQuery = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'approved', 'declined', 'withdrawn'])),
  limit: Type.Optional(WholeNumber),
});
export type CorrectionsQuery = Static<typeof CorrectionsQuery>;

const Announced = Type.String({ minLength: 1, maxLength: ANNOUNCEMENT_LENGTH_MAX });
const Some = Type.Union([Type.Array(Id, { maxItems: AUDIENCE_MAX }), Type.Null()]);
/**
 * `POST /v1/announcements`. `null` (or left out) is all screens, and everybody; an empty list is
 * none. People of the teams and people named by themselves come together.
 */
export const PostAnnouncement = Type.Object(
  {
    text: Announced,
    texts: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Announced, { maxProperties: 8 }),
    ),
    level: Type.Enum(['info', 'important']),
    /** Left out: now. */
    at: Type.Optional(Moment),
    until: Moment,
    screens: Type.Optional(Some),
    teams: Type.Optional(Some),
    people: Type.Optional(Some),
  },
  closed,
);
export type PostAnnouncement = Static<typeof PostAnnouncement>;
