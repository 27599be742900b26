import type { Readable } from 'node:stream';
import type { IncomingEvent as ApiEvent } from '@ovation/protocol';

/** An event as any sender writes it, with an id. Without `occurredAt` its arrival counts. */
export type IncomingEvent = ApiEvent & { readonly id: string };

export type AppendResult =
  | { readonly ok: true; readonly duplicate: boolean }
  | { readonly ok: false; readonly detail: string; readonly code: string };

/** What the import does to the organisation, and what it must know of it. */
export interface ImportPorts {
  /** `parent` is the id that an earlier call gave. */
  ensureTeam(
    name: string,
    parent: string | null,
  ): Promise<{ readonly id: string; readonly created: boolean }>;
  /** The name becomes an alias in the source; `team` is the id of a team. */
  ensurePerson(
    name: string,
    team: string | null,
  ): Promise<{ readonly id: string; readonly created: boolean }>;
  /** One result per event, in order. */
  append(events: readonly IncomingEvent[]): Promise<readonly AppendResult[]>;
  /** ISO 4217 code of the organisation. */
  readonly currency: string;
  /** First instant of a date (ISO 8601) in the organisation's zone, as RFC 3339. */
  startOfDay(isoDate: string): string;
  /** Then nothing is ensured and nothing is appended. */
  readonly dryRun: boolean;
}

/** A file that can be opened more than once: it is looked at before it is read. */
export interface ImportFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  open(): Readable;
}
