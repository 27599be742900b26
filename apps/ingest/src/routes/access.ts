import { hash, verify } from '@node-rs/argon2';
import { currencyExponent, DEFAULT_SETTINGS, isTimeZone } from '@ovation/domain';
import { hashToken, newId, newToken, sealTicket } from '@ovation/host';
import {
  PostDemoSession,
  PostScreen,
  PostSession,
  PostSetup,
  revokedChannel,
  SCREEN_COOKIE,
  SESSION_COOKIE,
} from '@ovation/protocol';
import {
  createOrganisation,
  createSession,
  endSession,
  findUsersByEmail,
  readScreens,
  readUsers,
  readViewer,
  removeScreen,
  saveScreen,
  saveUser,
  viewerOfUser,
  type UserRow,
} from '@ovation/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findCaller, mayOrEnd, mustBeSameOrigin, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBe } from './body.ts';
import { ADD_SCREEN, DESCRIBED } from './access-described.ts';
import { Throttle } from './throttle.ts';

const SESSION_MS = 7 * 24 * 3_600_000;
/** Long enough to connect with, too short to be worth stealing. */
const TICKET_MS = 60_000;
/** OWASP's minimum for argon2id is 19 MiB, 2 passes. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2);

export function accessRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const throttle = new Throttle(deps.clock);

  app.post('/v1/sessions', { schema: DESCRIBED.signIn }, async (request, reply) => {
    mustBeSameOrigin(request);
    const { email, password } = mustBe(PostSession, request.body);
    const address = email.trim().toLowerCase();
    throttle.mustBeCalm(`${address}|${request.ip}`);
    for (const user of await findUsersByEmail(deps.sql, address)) {
      if (user.passwordHash === null || !(await verify(user.passwordHash, password))) continue;
      throttle.forget(`${address}|${request.ip}`);
      return signIn(deps, request, reply, user);
    }
    throttle.count(`${address}|${request.ip}`);
    throw new ProblemError('unauthenticated', 'E-mail or password is not right.');
  });

  app.post('/v1/sessions/demo', { schema: DESCRIBED.signInToDemo }, async (request, reply) => {
    mustBeSameOrigin(request);
    const { as } = mustBe(PostDemoSession, request.body);
    const orgId = deps.demoOrg?.();
    if (orgId === undefined) throw new ProblemError('forbidden', 'There is no demo here.');
    const user = (await readUsers(deps.sql, orgId)).find((one) => one.role === as);
    if (!user) throw new ProblemError('not_found', 'There is no such demo user.');
    return signIn(deps, request, reply, user);
  });

  app.delete('/v1/sessions/current', { schema: DESCRIBED.signOut }, async (request, reply) => {
    const caller = await findCaller(deps.sql, request);
    if (caller?.userId) {
      await endSession(deps.sql, caller.orgId, caller.subject);
      await deps.bus.publish(revokedChannel(caller.orgId), { subject: caller.subject });
    }
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send();
  });

  app.get('/v1/viewer', { schema: DESCRIBED.viewer }, async (request) => {
    const viewer = await readViewer(deps.sql, hashesOf(request));
    if (!viewer) throw new ProblemError('unauthenticated', 'Nobody is signed in.');
    return viewer;
  });

  app.post('/v1/setup', { schema: DESCRIBED.setUp }, async (request, reply) => {
    mustBeSameOrigin(request);
    return setUp(deps, request, reply);
  });
  ticketRoutes(app, deps);
  screenRoutes(app, deps);
}

function ticketRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const schema = DESCRIBED.ticket;
  app.get<{ Querystring: { for?: string } }>('/v1/ticket', { schema }, async (request) => {
    const screen = request.query.for === 'screen';
    const caller = await findCaller(deps.sql, request, screen ? 'screen' : undefined);
    if (!caller || caller.role === 'machine') {
      throw new ProblemError('unauthenticated', 'Nobody is signed in.');
    }
    return ticketFor(deps, caller);
  });

  app.post('/v1/tickets', { schema: DESCRIBED.addTicket }, async (request, reply) => {
    const caller = await mayOrEnd(deps.sql, request, 'boards:read');
    return reply.code(201).send(ticketFor(deps, caller));
  });
}

function ticketFor(deps: IngestDeps, caller: Caller): object {
  const { orgId: org, role, subject, personId: person, author } = caller;
  const expiresAt = deps.clock.now() + TICKET_MS;
  const screen = role === 'screen' ? { screen: author.id } : {};
  const ticket = sealTicket(deps.secret, { org, role, subject, person, ...screen, expiresAt });
  return { role, ticket, expiresAt: new Date(expiresAt).toISOString() };
}

function screenRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/screens', { schema: DESCRIBED.screens }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'screens:write');
    const screens = await readScreens(deps.sql, orgId);
    return { screens: screens.map(({ id, name, lastSeenAt }) => ({ id, name, lastSeenAt })) };
  });

  app.post(
    '/v1/screens',
    { schema: DESCRIBED.addScreen, config: ADD_SCREEN },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'screens:write');
      const { name } = mustBe(PostScreen, request.body);
      const token = newToken('ovs');
      const id = newId('scr');
      await writeSettings(deps, orgId, author, async (tx) => {
        await saveScreen(tx, orgId, { id, name, tokenHash: hashToken(token) });
        const event = { type: 'screen.changed', subject: id, now: { name } } as const;
        return { value: undefined, events: [event] };
      });
      const base = deps.publicUrl ?? `${request.protocol}://${request.host}`;
      return reply.code(201).send({ id, name, url: `${base}/tv?screen=${token}` });
    },
  );

  const remove = { schema: DESCRIBED.removeScreen };
  app.delete<{ Params: { id: string } }>('/v1/screens/:id', remove, async (request, reply) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'screens:write');
    const { id } = request.params;
    const subject = await writeSettings(deps, orgId, author, async (tx) => {
      const gone = await removeScreen(tx, orgId, id);
      if (!gone) throw new ProblemError('not_found', 'There is no such screen.');
      const was = { name: gone.name };
      const event = { type: 'screen.changed', subject: id, now: null, was } as const;
      return { value: gone.tokenHash, events: [event] };
    });
    await deps.bus.publish(revokedChannel(orgId), { subject });
    return reply.code(204).send();
  });
}

function hashesOf(request: FastifyRequest): { session?: string; screen?: string } {
  const session = request.cookies[SESSION_COOKIE];
  const screen = request.cookies[SCREEN_COOKIE];
  return {
    ...(session ? { session: hashToken(session) } : {}),
    ...(screen ? { screen: hashToken(screen) } : {}),
  };
}

async function signIn(
  deps: IngestDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  user: UserRow,
): Promise<object> {
  const token = newToken('ovn');
  await createSession(deps.sql, user.orgId, {
    tokenHash: hashToken(token),
    userId: user.userId,
    expiresAt: new Date(deps.clock.now() + SESSION_MS),
  });
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: SESSION_MS / 1_000,
  });
  return { viewer: await viewerOfUser(deps.sql, user) };
}

/** Creates the organisation and its owner, once. */
async function setUp(
  deps: IngestDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<object> {
  const { token, organisation, owner } = mustBe(PostSetup, request.body);
  if (!deps.setup?.valid(token)) {
    throw new ProblemError(
      'gone',
      'This link was used, or is not right. Start again for a new one.',
    );
  }
  const { name, currency, timeZone, language } = organisation;
  const fault = (pointer: string, detail: string) =>
    new ProblemError('refused', detail, [{ code: 'unknown', detail, pointer }]);
  if (currencyExponent(currency) === undefined) {
    throw fault('/organisation/currency', 'This is no ISO 4217 currency code.');
  }
  if (!isTimeZone(timeZone)) {
    throw fault('/organisation/timeZone', 'This is no IANA time zone.');
  }
  deps.setup.use();
  const orgId = newId('org');
  const persian = language === 'fa';
  const calendar = persian ? ({ calendar: 'jalali', weekStart: 6 } as const) : {};
  const settings = { ...DEFAULT_SETTINGS, currency, timeZone, language, ...calendar };
  const user: UserRow = {
    orgId,
    userId: newId('usr'),
    email: owner.email.toLowerCase(),
    name: owner.name,
    passwordHash: await hashPassword(owner.password),
    role: 'owner',
    personId: null,
  };
  await writeSettings(deps, orgId, { kind: 'user', id: user.userId }, async (tx) => {
    await createOrganisation(tx, { id: orgId, name, settings, demo: false });
    await saveUser(tx, user);
    return { value: undefined, events: [{ type: 'organisation.changed', settings }] };
  });
  deps.onOrganisation?.();
  return signIn(deps, request, reply, user);
}
