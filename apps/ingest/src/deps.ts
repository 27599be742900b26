import type {} from '@fastify/swagger';
import type { Bus } from '@ovation/bus';
import type { Clock, Logger } from '@ovation/host';
import type { Sql } from '@ovation/store';

/** What ingest needs of the world. */
export interface IngestDeps {
  readonly sql: Sql;
  /** One connection each: a lane is one writer. */
  readonly lanes: readonly Sql[];
  readonly bus: Bus;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Seals tickets for the gateway. */
  readonly secret: string;
  /** Where people reach this server, for links; without it the request's own host is used. */
  readonly publicUrl?: string;
  /** Version of the app, for the API's description. */
  readonly appVersion?: string;
  /** How many requests one API key may send a minute; people and screens a hundredth of it. */
  readonly requestsAMinute?: number;
  /** The one-time right to create the organisation; `undefined` when there is none. */
  readonly setup?: SetupRight;
  /** The demonstration organisation, where anybody may sign in as a demo user. */
  readonly demoOrg?: () => string | undefined;
  /** Called when an organisation was created, so that it is folded at once. */
  readonly onOrganisation?: () => void;
}

export interface SetupRight {
  /** Whether the token still opens the door. */
  valid(token: string): boolean;
  /** Shuts it. */
  use(): void;
}
