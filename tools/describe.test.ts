import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DESCRIPTIONS } from './describe.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('a description that is kept beside the code', () => {
  test.each(Object.keys(DESCRIPTIONS))('says what the code does: %s', async (path) => {
    const same = (await DESCRIPTIONS[path]!()) === read(path);
    expect(same, 'run `node tools/describe.mjs` and look at what changed').toBe(true);
  });
});

type Json = Record<string, unknown>;

/** Where a reference leads; `undefined` when nowhere. */
function follow(reference: string, document: Json): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((here, name) => (here as Json | undefined)?.[name], document);
}

describe('the sockets in AsyncAPI', () => {
  const document = parse(read('docs/asyncapi.yaml')) as Json;
  const components = document['components'] as Record<string, Json>;

  test('name their version and themselves', () => {
    expect(document['asyncapi']).toBe('3.0.0');
    expect(document['info']).toMatchObject({ title: expect.any(String), version: '0.1.0' });
  });

  test('refer only to what is there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, reference] of references) {
      expect(follow(reference!, document), reference).toBeDefined();
    }
  });

  test('have channels with addresses, and operations on messages of their channels', () => {
    const channels = document['channels'] as Record<string, { address: string; messages: Json }>;
    expect(Object.values(channels).map((one) => one.address)).toEqual(['/live', '/screen']);
    const operations = Object.entries(document['operations'] as Record<string, Json>);
    for (const [name, operation] of operations) {
      expect(['send', 'receive'], name).toContain(operation['action']);
      const { $ref } = operation['channel'] as { $ref: string };
      for (const message of operation['messages'] as { $ref: string }[]) {
        expect(message.$ref.startsWith(`${$ref}/messages/`), name).toBe(true);
      }
    }
  });

  test('say every event of both directions, with what it carries', () => {
    const source = read('packages/protocol/src/socket-events.ts');
    const events = [...source.matchAll(/^ {2}'?([a-z:]+)'?: \(/gm)].map((match) => match[1]!);
    const messages = Object.values(components['messages'] as Record<string, Json>);
    const named = new Set(messages.map((message) => message['name']));
    expect(named).toEqual(new Set(events));
    expect(events.length).toBeGreaterThan(10);
    for (const message of messages) {
      expect(message['payload'], String(message['name'])).toBeDefined();
      expect(message['summary'], String(message['name'])).toMatch(/\.$/);
    }
    for (const key of Object.keys(components['schemas']!)) expect(key).toMatch(/^[\w.-]+$/);
  });
});
