import { may, type Action, type Role } from '@ovation/domain';
import { hashToken } from '@ovation/host';
import { SCREEN_COOKIE, SESSION_COOKIE } from '@ovation/protocol';
import {
  findApiKey,
  findScreen,
  findSessionUser,
  noteKeyUse,
  SETTINGS_SOURCE,
  type Sql,
} from '@ovation/store';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem.ts';
import type { Author } from './settings-writer.ts';

/** Who sends a request. */
export interface Caller {
  readonly orgId: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly sourceId: string;
  /** The name of a machine's source while it is paused: its events are turned away. */
  readonly pausedSource?: string | null;
  readonly userId: string | null;
  readonly personId: string | null;
  /** What a connection hangs on: the hash of the session or screen token. */
  readonly subject: string;
  readonly author: Author;
}

const found = new WeakMap<FastifyRequest, Promise<Caller | undefined>>();

/**
 * Finds the caller by API key, session or screen token; `undefined` when there is none. A request
 * has one, found once; with `as` the screen is asked for where a browser holds both cookies.
 */
export function findCaller(
  sql: Sql,
  request: FastifyRequest,
  as?: 'screen',
): Promise<Caller | undefined> {
  if (as) return lookForCaller(sql, request, true);
  let caller = found.get(request);
  if (!caller) found.set(request, (caller = lookForCaller(sql, request, false)));
  return caller;
}

async function lookForCaller(
  sql: Sql,
  request: FastifyRequest,
  screenOnly: boolean,
): Promise<Caller | undefined> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return callerByKey(sql, bearer);
  const session = screenOnly ? undefined : request.cookies[SESSION_COOKIE];
  const byUser = session === undefined ? undefined : await callerBySession(sql, session);
  if (byUser) {
    mustBeSameOrigin(request);
    return byUser;
  }
  const screen = request.cookies[SCREEN_COOKIE];
  return screen === undefined ? undefined : callerByScreen(sql, screen);
}

/** How long a key that was right is taken to be right still: senders ask at every request. */
const KEY_TRUSTED_MS = 2_000;
const KEYS_KEPT_MAX = 1_000;
/** How exactly it is known when a key was last used. */
const USE_NOTED_MS = 60_000;

interface TrustedKey {
  readonly until: number;
  readonly caller: Caller;
}
/** Per process and database: keys that were right a moment ago, and when uses were noted. */
const trusted = new WeakMap<Sql, Map<string, TrustedKey>>();
const noted = new WeakMap<Sql, Map<string, number>>();

async function callerByKey(sql: Sql, key: string): Promise<Caller | undefined> {
  const hash = hashToken(key);
  const keys = trusted.get(sql) ?? new Map<string, TrustedKey>();
  trusted.set(sql, keys);
  const known = keys.get(hash);
  if (known && known.until > performance.now()) return known.caller;
  const asked = performance.now();
  const found = await findApiKey(sql, hash);
  if (!found) {
    keys.delete(hash);
    return undefined;
  }
  const { orgId, scopes, sourceId, keyId, leftMs, pausedSource } = found;
  const author = { kind: 'key', id: keyId } as const;
  const unnamed = { userId: null, personId: null, subject: keyId };
  const caller = {
    orgId,
    role: 'machine',
    scopes,
    sourceId,
    pausedSource,
    author,
    ...unnamed,
  } as const;
  if (keys.size >= KEYS_KEPT_MAX) keys.clear();
  // A key that ends sooner is trusted no longer than it lives. One that was forgotten while it was
  // looked up may have ended: it is looked up again the next time.
  const until = asked + Math.min(KEY_TRUSTED_MS, leftMs ?? KEY_TRUSTED_MS);
  if (trusted.get(sql) === keys) keys.set(hash, { until, caller });
  noteUse(sql, caller);
  return caller;
}

/** Writes down that a key was used, beside the request that used it. */
function noteUse(sql: Sql, { orgId, subject }: Caller): void {
  const uses = noted.get(sql) ?? new Map<string, number>();
  noted.set(sql, uses);
  const now = performance.now();
  if (now - (uses.get(subject) ?? -Infinity) < USE_NOTED_MS) return;
  if (uses.size >= KEYS_KEPT_MAX) uses.clear();
  uses.set(subject, now);
  noteKeyUse(sql, orgId, subject).catch(() => uses.delete(subject));
}

/** Keys or their sources changed: they are looked up again. */
export function forgetKeys(sql: Sql): void {
  trusted.delete(sql);
}

async function callerBySession(sql: Sql, token: string): Promise<Caller | undefined> {
  const subject = hashToken(token);
  const user = await findSessionUser(sql, subject);
  if (!user) return undefined;
  const { orgId, role, userId, personId } = user;
  const author = { kind: 'user', id: userId } as const;
  return { orgId, role, scopes: [], sourceId: SETTINGS_SOURCE, userId, personId, subject, author };
}

async function callerByScreen(sql: Sql, token: string): Promise<Caller | undefined> {
  const subject = hashToken(token);
  const screen = await findScreen(sql, subject);
  if (!screen) return undefined;
  const author = { kind: 'system', id: screen.id } as const;
  const unnamed = { userId: null, personId: null, subject, sourceId: SETTINGS_SOURCE };
  return { orgId: screen.orgId, role: 'screen', scopes: [], author, ...unnamed };
}

/** Another site's page must not act with our visitor's cookie. */
export function mustBeSameOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const fromHere =
    site === undefined
      ? origin === undefined || new URL(origin).host === host
      : site === 'same-origin' || site === 'none';
  if (!fromHere) throw new ProblemError('forbidden', 'Another site sent this.');
}

export const nobody = (): ProblemError =>
  new ProblemError('unauthenticated', 'Send an API key as "Authorization: Bearer …", or sign in.');

/** The caller, if they may; ends the request otherwise. */
export async function mayOrEnd(sql: Sql, request: FastifyRequest, action: Action): Promise<Caller> {
  const caller = await findCaller(sql, request);
  if (!caller) throw nobody();
  if (!may(caller, action)) {
    throw new ProblemError('forbidden', `This needs the right "${action}".`);
  }
  return caller;
}
