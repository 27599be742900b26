import { may, type Action } from '@ovation/domain';
import { hashToken, newId, newToken } from '@ovation/host';
import { PostKey, PostRotation, revokedChannel, type KeyAnswer } from '@ovation/protocol';
import {
  createSource,
  expireKey,
  inOrg,
  lockKey,
  lockSource,
  readKeys,
  revokeKey,
  saveApiKey,
  type KeyRow,
  type Tx,
} from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { forgetKeys, mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Written } from '../settings-writer.ts';
import { mustBe } from './body.ts';

const OVERLAP_HOURS = 24;
/** Characters of a key that are shown, to tell one from another. */
const PREFIX_LENGTH = 8;

const tags = ['keys'];
const KEYS = { tags, summary: 'API keys, newest first, without their secrets.' };
const MAKE_KEY = {
  tags,
  summary: 'Makes a key; its secret is in this answer only.',
  body: PostKey,
};
const ROTATE_KEY = {
  tags,
  summary: 'Makes a new key in place of one that ends some hours from now.',
  body: PostRotation,
};
const END_KEY = { tags, summary: 'Ends a key at once.' };

interface ById {
  Params: { id: string };
}

/** API keys: their rights, their rotation, their end. */
export function keyRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const answer = async (orgId: string, id: string, secret?: string): Promise<KeyAnswer> => {
    const rows = await inOrg(deps.sql, orgId, (tx) => readKeys(tx, orgId));
    const key = shown(rows.find((row) => row.id === id)!);
    return secret === undefined ? key : { ...key, secret };
  };

  app.get('/v1/keys', { schema: KEYS }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'keys:write');
    return { keys: (await inOrg(deps.sql, orgId, (tx) => readKeys(tx, orgId))).map(shown) };
  });

  app.post('/v1/keys', { schema: MAKE_KEY }, async (request, reply) => {
    const caller = await mayOrEnd(deps.sql, request, 'keys:write');
    const { id, secret } = await addKey(deps, caller, mustBe(PostKey, request.body));
    return reply.code(201).send(await answer(caller.orgId, id, secret));
  });

  app.post<ById>('/v1/keys/:id/rotate', { schema: ROTATE_KEY }, async (request, reply) => {
    const caller = await mayOrEnd(deps.sql, request, 'keys:write');
    const { overlapHours = OVERLAP_HOURS } = mustBe(PostRotation, request.body ?? {});
    const old = request.params.id;
    const { id, secret } = await rotateKey(deps, caller, old, overlapHours);
    await ended(deps, caller.orgId, overlapHours === 0 ? old : null);
    return reply.code(201).send(await answer(caller.orgId, id, secret));
  });

  app.delete<ById>('/v1/keys/:id', { schema: END_KEY }, async (request, reply) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'keys:write');
    const { id } = request.params;
    await writeSettings(deps, orgId, author, async (tx) => {
      const key = await lockKey(tx, orgId, id);
      if (!key) throw new ProblemError('not_found', 'There is no such key.');
      if (key.revokedAt) return { value: undefined, events: [] };
      await revokeKey(tx, orgId, id);
      const event = { type: 'key.changed', subject: id, now: null, was: logged(key) } as const;
      return { value: undefined, events: [event] };
    });
    await ended(deps, orgId, id);
    return reply.code(204).send();
  });
}

/** This process looks keys up anew; whoever is connected by one that ended is told. */
async function ended(deps: IngestDeps, orgId: string, id: string | null): Promise<void> {
  forgetKeys(deps.sql);
  if (id !== null) await deps.bus.publish(revokedChannel(orgId), { subject: id });
}

function shown(row: KeyRow): KeyAnswer {
  const { id, name, prefix, scopes, sourceId, rotatedTo } = row;
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    id,
    name,
    prefix,
    scopes,
    source: sourceId,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: iso(row.lastUsedAt),
    expiresAt: iso(row.expiresAt),
    revokedAt: iso(row.revokedAt),
    rotatedTo,
  };
}

/** A key as the audit knows it. */
const logged = ({ name, scopes, sourceId }: Pick<KeyRow, 'name' | 'scopes' | 'sourceId'>) => ({
  name,
  scopes,
  source: sourceId,
});

/** Nobody gives rights that they have not. */
function mustHave(caller: Caller, scopes: readonly string[]): void {
  const index = scopes.findIndex((scope) => !may(caller, scope as Action));
  if (index < 0) return;
  const detail = `You cannot give the right "${scopes[index]}": you do not have it yourself.`;
  throw new ProblemError('forbidden', detail, [
    { code: 'not_yours', detail, pointer: `/scopes/${index}` },
  ]);
}

interface NewKey {
  readonly id: string;
  readonly secret: string;
}

async function saveNewKey(
  tx: Tx,
  orgId: string,
  key: Pick<KeyRow, 'name' | 'scopes' | 'sourceId'>,
): Promise<NewKey & { event: Written }> {
  const secret = newToken('ovk');
  const id = newId('key');
  await saveApiKey(tx, {
    ...key,
    orgId,
    keyId: id,
    prefix: secret.slice(0, PREFIX_LENGTH),
    keyHash: hashToken(secret),
  });
  return { id, secret, event: { type: 'key.changed', subject: id, now: logged(key) } };
}

function addKey(deps: IngestDeps, caller: Caller, input: PostKey): Promise<NewKey> {
  const { orgId, author } = caller;
  const { scopes, source } = input;
  mustHave(caller, scopes);
  const name = input.name.trim();
  return writeSettings<NewKey>(deps, orgId, author, async (tx) => {
    const sourceId = source ?? newId('src');
    const events: Written[] = [];
    if (source === undefined) {
      await createSource(tx, orgId, { id: sourceId, name, kind: 'key' });
      events.push({ type: 'source.changed', subject: sourceId, now: { name, paused: false } });
    } else if ((await lockSource(tx, orgId, source))?.kind !== 'key') {
      // Nor may a machine speak as the settings or an import.
      const detail = 'There is no source with this id that keys are made for.';
      const fault = { code: 'unknown_source', detail, pointer: '/source' };
      throw new ProblemError('refused', detail, [fault]);
    }
    const made = await saveNewKey(tx, orgId, { name, scopes, sourceId });
    return { value: made, events: [...events, made.event] };
  });
}

function rotateKey(deps: IngestDeps, caller: Caller, id: string, hours: number): Promise<NewKey> {
  const { orgId, author } = caller;
  return writeSettings<NewKey>(deps, orgId, author, async (tx) => {
    const key = await lockKey(tx, orgId, id);
    if (!key) throw new ProblemError('not_found', 'There is no such key.');
    if (key.ended) throw new ProblemError('gone', 'This key has ended: make a new one.');
    if (key.rotatedTo !== null) {
      throw new ProblemError('gone', 'This key was rotated already: rotate the one that follows.');
    }
    mustHave(caller, key.scopes);
    const made = await saveNewKey(tx, orgId, key);
    const expiresAt = await expireKey(tx, orgId, { id, hours, rotatedTo: made.id });
    const was = logged(key);
    const now = { ...was, rotatedTo: made.id, expiresAt: expiresAt.toISOString() };
    return {
      value: made,
      events: [made.event, { type: 'key.changed', subject: id, now, was }],
    };
  });
}
