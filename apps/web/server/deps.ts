import type { Viewer } from '@ovation/protocol';

/** Where the process that serves the pages leaves what they need. */
export const WEB_DEPS: unique symbol = Symbol.for('ovation.web') as never;

export interface DemoAccount {
  readonly as: 'owner' | 'manager' | 'rep';
  readonly name: string;
  readonly email: string;
}

/** All that pages need of the server. */
export interface WebDeps {
  viewerOf(cookies: { session?: string; screen?: string }): Promise<Viewer | null>;
  /** Demonstration only: a screen token for a wall in a browser that has none; else `null`. */
  demoScreen(): Promise<string | null>;
  /** Accounts that anybody may try; `null` where this is no demonstration. */
  demo(): Promise<{ accounts: DemoAccount[] } | null>;
}
