import type { IncomingMessage, ServerResponse } from 'node:http';
import { hashToken } from '@ovation/host';
import { readUsers, readViewer, type Sql } from '@ovation/store';
import { WEB_DEPS, type WebDeps } from './deps.ts';

export type { WebDeps } from './deps.ts';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

export interface WebOptions {
  readonly sql: Sql;
  /** The demonstration organisation and a screen token of it, where there is one. */
  readonly demo?: () => { readonly orgId: string; readonly screenToken: string } | undefined;
  /** Where the build of the pages is; a development server brings its own handler. */
  readonly handler?: Handler;
}

/** The pages' side of the server: what they may ask, and the handler that serves them. */
export async function createWeb(options: WebOptions): Promise<Handler> {
  const { sql, demo } = options;
  const deps: WebDeps = {
    viewerOf: ({ session, screen }) =>
      readViewer(sql, {
        ...(session ? { session: hashToken(session) } : {}),
        ...(screen ? { screen: hashToken(screen) } : {}),
      }),
    demoScreen: () => Promise.resolve(demo?.()?.screenToken ?? null),
    async demo() {
      const orgId = demo?.()?.orgId;
      if (orgId === undefined) return null;
      const users = await readUsers(sql, orgId);
      const accounts = users.map(({ role, name, email }) => ({ as: role, name, email }));
      return { accounts };
    },
  };
  Object.assign(globalThis, { [WEB_DEPS]: deps });
  return options.handler ?? builtHandler();
}

async function builtHandler(): Promise<Handler> {
  const address = new URL('../build/handler.js', import.meta.url).href;
  const { handler } = (await import(address)) as { handler: Handler };
  return handler;
}
export { runWeb } from './main.ts';
