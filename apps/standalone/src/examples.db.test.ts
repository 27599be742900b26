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
let document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
/** Ids that examples made, by the collection they were made in. */
const made = new Map<string, string>();

beforeAll(async () => {
  floor = await openFloor();
  document = (await floor.send('GET', '/v1/openapi.json')).body as typeof document;
});
afterAll(() => floor.close());

/** Makers first: what an example changes or removes was made by one before. */
const ORDER = ['post', 'put', 'patch', 'delete'];

function examplesOf(): Sent[] {
  const sent = Object.entries(document.paths).flatMap(([path, methods]) =>
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

function addressOf(path: string): string {
  return path.replace(/\{\w+\}/g, (_whole, at: number) => {
    const collection = path.slice(0, at - 1);
    const id = made.get(collection);
    if (id === undefined) throw new Error(`nothing was made at ${collection} that ${path} can use`);
    return id;
  });
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
        url: addressOf(path),
        payload: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { authorization: `Bearer ${floor.key}`, 'content-type': type },
      });
      expect([name, answer.statusCode, answer.statusCode === status ? '' : answer.body]).toEqual([
        name,
        status,
        '',
      ]);
      expect(Object.keys(responses), name).toContain(String(status));
      const shape = responses[status]?.content?.['application/json']?.schema;
      if (answer.body === '') continue;
      const given: unknown = answer.json();
      if (shape) {
        const check = Compile(shape as never);
        expect([name, [...check.Errors(given)]]).toEqual([name, []]);
      }
      const { id } = given as { id?: string };
      if (method === 'post' && id !== undefined && !made.has(path)) made.set(path, id);
    }
  });
});
