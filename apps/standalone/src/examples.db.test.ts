import { hashToken, newId } from '@ovation/host';
import { hashPassword } from '@ovation/ingest';
import { addWalletEntries, createSession, inOrg, saveUser } from '@ovation/store';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

/**
 * Every example of the API's description is sent to the API, in the order of the document, and must
 * be answered as the document says. `{id}` in a path is what the example before made there.
 */

interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { value: unknown; 'x-status'?: number }>>;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { content?: Record<string, Media> }>>;
}
interface Sent {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: unknown;
  readonly status: number;
  readonly responses: Operation['responses'];
}

let floor: TestFloor;
let document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
};
/** Ids that examples made, by the collection they were made in. */
const made = new Map<string, string>();

beforeAll(async () => {
  floor = await openFloor();
  await prepare();
  document = (await floor.send('GET', '/v1/openapi.json')).body as typeof document;
});
afterAll(() => floor.close());

/** Whoever signs in, somebody to thank, and a delivery that could not be used. */
async function prepare(): Promise<void> {
  const { orgId } = floor;
  const passwordHash = await hashPassword('correct horse battery');
  rival = (await floor.send('POST', '/v1/people', { name: 'Vicki Laflamme' })).body.id as string;
  const personId = (await floor.send('POST', '/v1/people', { name: 'Olga' })).body.id as string;
  const user = { userId: newId('usr'), email: 'owner@example.com', name: 'Olga', personId };
  const session = { tokenHash: hashToken(SESSION), userId: user.userId };
  const grant = { person: personId, points: 1_000, kind: 'grant' as const, cause: 'start' };
  await inOrg(floor.db.app, orgId, async (tx) => {
    await saveUser(tx, { ...user, orgId, passwordHash, role: 'owner' });
    await addWalletEntries(tx, orgId, [{ ...grant, at: new Date(0) }]);
  });
  await createSession(floor.db.app, orgId, { ...session, expiresAt: new Date(4e12) });
  await floor.send('POST', '/v1/events', {
    id: 'crm-7790',
    type: 'deal.won',
    amount: { amount: '910.00', currency: 'USD' },
    credits: [{ person: 'darcel@example.com', share: '0.9' }],
  });
}

const SESSION = 'a session of the examples';
/** Somebody whom the examples name by this id. */
const SAMPLE_PERSON = 'per_cd6ebgyhm6wedgcx';
let rival: string;

/** Read by tests of their own: tickets need a screen, statements a closed month. */
const ELSEWHERE = /^\/v1\/(ticket$|viewer$|statements\/\{id\}|pay\/payouts\/\{id\})/;
/** What only somebody who is signed in has or says. */
const FOR_PEOPLE = /^\/v1\/(feed|kudos|wallet|pay\/me|rewards|redemptions|duels|second-factors?)\b/;
/** Codes of an authenticator hold for half a minute: `second-factor.db.test.ts` gives them. */
const CODES = /^\/v1\/second-factor\//;
const headersFor = (path: string): Record<string, string> =>
  FOR_PEOPLE.test(path)
    ? { cookie: `ovation_session=${encodeURIComponent(SESSION)}` }
    : { authorization: `Bearer ${floor.key}` };
const withPeople = (body: string): string => body.replaceAll(SAMPLE_PERSON, rival);

/** Makers first: what an example changes or removes was made by one before. */
const ORDER = ['put', 'post', 'patch', 'delete'];

function examplesOf(): Sent[] {
  const paths = Object.entries(document.paths).filter(([path]) => !CODES.test(path));
  const sent = paths.flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, responses }]) =>
      Object.entries(requestBody?.content ?? {}).flatMap(([type, { example, examples }]) => {
        const success = Number(Object.keys(responses).find((code) => code.startsWith('2')));
        const named = Object.entries(examples ?? {});
        const all =
          example === undefined ? named : [['example', { value: example }] as const, ...named];
        return all.map(([name, one]) => ({
          name: `${method.toUpperCase()} ${path} ${name}`,
          method,
          path,
          type,
          body: one.value,
          status: ('x-status' in one ? one['x-status'] : undefined) ?? success,
          responses,
        }));
      }),
    ),
  );
  const depth = (path: string) => path.split('/').length;
  return sent.sort(
    (a, b) => depth(a.path) - depth(b.path) || ORDER.indexOf(a.method) - ORDER.indexOf(b.method),
  );
}

async function addressOf(path: string): Promise<string> {
  const parts = path.split('/');
  const found = await Promise.all(parts.map((part, index) => partOf(part, parts.slice(0, index))));
  return found.join('/');
}

/** Somebody's wish that waits for a word. */
async function aWish(): Promise<string> {
  const answer = await floor.ingest.app.inject({
    method: 'POST',
    url: `/v1/rewards/${made.get('/v1/rewards')}/redeem`,
    headers: headersFor('/v1/rewards'),
  });
  return answer.json<{ id: string }>().id;
}

/** What stands for a parameter: made in the collection before it, or read from there. */
async function partOf(part: string, before: readonly string[]): Promise<string> {
  if (!part.startsWith('{')) return part;
  const collection = before.join('/');
  if (part === '{subject}') {
    return (await floor.send('GET', collection)).body.subjects[0].subject as string;
  }
  if (collection === '/v1/quarantine') {
    return (await floor.send('GET', collection)).body.deliveries[0].id as string;
  }
  if (collection === '/v1/feed') return encodeURIComponent(made.get('/v1/kudos')!);
  if (collection === '/v1/redemptions') return aWish();
  if (collection === '/v1/feed/comments') return made.get('/v1/feed/{id}/comments')!;
  const known = part === '{since}' ? 'ever' : made.get(collection);
  if (known === undefined) throw new Error(`nothing was made at ${collection}`);
  return known;
}

/** The answer is of the type that the document names, where it names one. */
function mustHaveShape(
  name: string,
  response: Operation['responses'][string] | undefined,
  given: unknown,
) {
  const shape = response?.content?.['application/json']?.schema;
  if (!shape) return;
  const faults = [...Compile({ ...shape, components: document.components } as never).Errors(given)];
  const shown = faults.map((fault) => `${fault.instancePath} ${fault.message}`);
  expect([name, shown.slice(0, 5), shown.length > 0 ? given : null]).toEqual([name, [], null]);
}

/** Parameters that stand for somebody or something that is there. */
const VALUES: Readonly<Record<string, string>> = {
  scope: 'person',
  metric: 'revenue',
  number: '1',
};

function valueOf(path: string, name: string): string | undefined {
  const collection = path.slice(0, path.indexOf(`/{${name}}`));
  if (collection === '/v1/feed') return encodeURIComponent(made.get('/v1/kudos')!);
  if (name === 'id') return made.get(collection);
  if (name === 'entity') return made.get('/v1/people');
  if (name === 'board' || name === 'slug') return 'revenue-month';
  return VALUES[name];
}

describe('the examples of the description', () => {
  test('are there', () => {
    const names = examplesOf().map((one) => one.name);
    expect(names.length).toBeGreaterThan(5);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are answered as it says', async () => {
    for (const { name, method, path, type, body, status, responses } of examplesOf()) {
      const answer = await floor.ingest.app.inject({
        method: method.toUpperCase() as 'POST',
        url: await addressOf(path),
        payload: withPeople(typeof body === 'string' ? body : JSON.stringify(body)),
        headers: { ...headersFor(path), 'content-type': type },
      });
      expect([name, answer.statusCode, answer.statusCode === status ? '' : answer.body]).toEqual([
        name,
        status,
        '',
      ]);
      expect(Object.keys(responses), name).toContain(String(status));
      if (answer.body === '') continue;
      const given: unknown = answer.json();
      mustHaveShape(name, responses[status], given);
      const { id, item } = given as { id?: string; item?: { id: string } };
      if (item && !made.has(path)) made.set(path, item.id);
      if (method === 'post' && id !== undefined && !made.has(path)) made.set(path, id);
    }
  });
});

test('what can be read has the shape that the document says', async () => {
  const read: string[] = [];
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || !path.startsWith('/v1/') || ELSEWHERE.test(path)) continue;
    const url = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = valueOf(path, name);
      if (value === undefined) throw new Error(`nothing is known for ${name} in ${path}`);
      return value;
    });
    const answer = await floor.ingest.app.inject({
      url,
      headers: headersFor(path),
    });
    const good = answer.statusCode === 200;
    expect([path, answer.statusCode, good ? '' : answer.body]).toEqual([path, 200, '']);
    mustHaveShape(path, get.responses[200], answer.json());
    read.push(path);
  }
  expect(read.length).toBeGreaterThan(10);
});
