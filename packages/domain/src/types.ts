/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** An amount in the currency's smallest unit (ISO 4217 exponent). */
export type Minor = bigint;
/** A metric's value as a whole number of `10 ** -scale` of its unit. */
export type Scaled = bigint;

export type OrgId = string;
export type PersonId = string;
export type TeamId = string;
export type SourceId = string;
/** What the sender calls the event; unique for ever within `(organisation, source)`. */
export type EventId = string;
/** `source/eventId`: one name for an event within its organisation. */
export type EventKey = string;
/** The sender's id of a deal within its source, or `~source/eventId` for a win without one. */
export type DealKey = string;
/** The position of an event in its organisation's log: 1, 2, 3, … without a hole. */
export type Seq = number;

/** Who may do what is decided from these; `machine` is an API key. */
export const ROLES = ['owner', 'manager', 'rep', 'screen', 'machine'] as const;
export type Role = (typeof ROLES)[number];
