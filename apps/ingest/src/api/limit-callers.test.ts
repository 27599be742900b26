import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ingest } from '../app.ts';
import { ingestWithoutFloor } from '../floorless.fixture.ts';
import { RequestCounter } from './limit-callers.ts';

describe('a counter', () => {
  test('counts each caller for itself and begins anew with the minute', () => {
    let now = 60_000 * 10 + 15_000;
    const counter = new RequestCounter({ now: () => now });
    expect(counter.take('a', 2)).toEqual({ allowed: 2, left: 1, seconds: 45, exceeded: false });
    expect(counter.take('a', 2)).toMatchObject({ left: 0, exceeded: false });
    expect(counter.take('a', 2)).toMatchObject({ left: 0, exceeded: true });
    expect(counter.take('b', 2)).toMatchObject({ left: 1, exceeded: false });
    now += 45_000;
    expect(counter.take('a', 2)).toEqual({ allowed: 2, left: 1, seconds: 60, exceeded: false });
  });
});

describe('an address', () => {
  let now = 0;
  let ingest: Ingest;
  beforeEach(async () => {
    now = 1_000_000 * 60_000;
    ingest = await ingestWithoutFloor({ requestsAMinute: 100, clock: { now: () => now } });
  });
  afterEach(() => ingest.close());
  const ask = (url = '/v1/openapi.json') => ingest.app.inject(url);

  test('is told what it has left, and when it has too much, when to come back', async () => {
    const first = await ask();
    expect(first.headers['ratelimit-policy']).toBe('"address";q=60;w=60');
    expect(first.headers['ratelimit']).toBe('"address";r=59;t=60');
    for (let count = 1; count < 60; count += 1) expect((await ask()).statusCode).toBe(200);
    now += 20_000;
    const late = await ask();
    expect(late.statusCode).toBe(429);
    expect(late.headers['retry-after']).toBe('40');
    expect(late.headers['ratelimit']).toBe('"address";r=0;t=40');
    expect(late.headers['content-type']).toContain('application/problem+json');
    expect(late.json()).toMatchObject({ type: '/problems/too_fast', status: 429 });
    now += 40_000;
    expect((await ask()).statusCode).toBe(200);
  });

  test('is asked who it is before anything else is looked at', async () => {
    const answer = await ingest.app.inject({ method: 'POST', url: '/v1/people?x=1', payload: '{' });
    expect(answer.statusCode).toBe(401);
  });

  test('may ask for health and pages as often as it likes', async () => {
    for (const url of ['/livez', '/docs/json']) {
      expect((await ask(url)).headers['ratelimit']).toBeUndefined();
    }
  });
});
