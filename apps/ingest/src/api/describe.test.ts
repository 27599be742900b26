import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ingest } from '../app.ts';
import { ingestWithoutFloor } from '../floorless.fixture.ts';
import type { ApiDocument } from './document.ts';
import { openapiFaults } from './openapi-faults.fixture.ts';

const JSON_TYPE = 'application/json';
interface Media {
  readonly schema?: object;
  readonly example?: unknown;
}

let ingest: Ingest;
let document: ApiDocument;
beforeAll(async () => {
  ingest = await ingestWithoutFloor({ appVersion: '1.2.3' });
  document = (await ingest.app.inject('/v1/openapi.json')).json();
});
afterAll(() => ingest.close());

/** `method /path/{id}` of every route that the server has. */
function routesOf(): string[] {
  const routes: string[] = [];
  const above: string[] = [];
  for (const line of ingest.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const found =
      /^([│ ]*)[├└]── (\S*) \(([A-Z, ]+)\)/.exec(line) ?? /^([│ ]*)[├└]── (\S*)/.exec(line);
    if (!found) continue;
    const depth = found[1]!.length / 4;
    above.length = depth;
    above[depth] = found[2]!;
    for (const method of found[3]?.split(', ') ?? []) routes.push(`${method} ${above.join('')}`);
  }
  return routes;
}

describe('the description', () => {
  test('is OpenAPI 3.1', () => {
    expect(document['openapi']).toBe('3.1.0');
    expect(document['info']).toMatchObject({ title: 'Ovation', version: '1.2.3' });
    expect(openapiFaults(document as never)).toEqual([]);
  });

  test('has every route, with a part it belongs to and a sentence', () => {
    const routes = routesOf().filter((one) => !/^(HEAD|OPTIONS) | \/docs|\*/.test(one));
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const inDocument = path.replace(/:(\w+)/g, '{$1}');
      const operation = document.paths[inDocument]?.[method.toLowerCase()];
      expect(operation, `${route} has no schema`).toBeDefined();
      expect(operation?.summary, `${route} has no summary`).toMatch(/\S.*\.$/);
      expect(operation?.tags?.length, `${route} has no tag`).toBe(1);
    }
  });

  test('has a sentence for every part, in an order', () => {
    const tags = document['tags'] as { name: string; description: string }[];
    const used = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap((operation) => operation.tags ?? []),
    );
    expect(new Set(tags.map((tag) => tag.name))).toEqual(new Set(used));
    expect(tags[0]?.name).toBe('events');
  });

  test('names the refusals of a route', () => {
    const post = document.paths['/v1/people']!['post']!;
    const codes = Object.keys(post.responses);
    expect(codes).toEqual(
      expect.arrayContaining([
        '201',
        '400',
        '401',
        '403',
        '409',
        '413',
        '415',
        '422',
        '429',
        '503',
      ]),
    );
    expect(document.paths['/v1/people/{id}']!['patch']!.responses['404']).toEqual({
      $ref: '#/components/responses/not_found',
    });
  });
});

describe('the examples of answers', () => {
  test('have the shape that is documented', () => {
    const faults: string[] = [];
    let seen = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        for (const response of Object.values(responses)) {
          const media = (response['content'] as Record<string, Media> | undefined)?.[JSON_TYPE];
          if (!media?.schema || media.example === undefined) continue;
          seen += 1;
          const shape = { ...media.schema, components: document['components'] };
          for (const fault of Compile(shape as never).Errors(media.example)) {
            faults.push(`${method} ${path}: ${fault.instancePath} ${fault.message}`);
          }
        }
      }
    }
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(20);
  });
});

describe('the viewer', () => {
  test('loads nothing from elsewhere and may run nothing of its own', async () => {
    const page = await ingest.app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.body).not.toMatch(/https?:/);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const path = new URL(source, 'http://here/docs').pathname;
      expect((await ingest.app.inject(path)).statusCode, path).toBe(200);
    }
  });
});
