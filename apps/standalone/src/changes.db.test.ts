import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
beforeAll(async () => {
  floor = await openFloor();
  const events = Array.from({ length: 25 }, (_, n) => ({
    id: `e${n}`,
    type: n % 5 === 0 ? 'deal.opened' : 'activity.logged',
    ...(n % 5 === 0 ? { deal: `d${n}` } : { activity: 'call', person: 'a' }),
  }));
  await floor.send('POST', '/v1/events', { events });
});
afterAll(() => floor.close());

interface Page {
  readonly changes: readonly { seq: number; type: string; id: string }[];
  readonly next: number | null;
  readonly cursor: string | null;
}
const get = (query: string) => floor.send('GET', `/v1/changes${query}`);

/** All pages, by their cursors. */
async function walk(query: string): Promise<Page['changes']> {
  const found: Page['changes'][number][] = [];
  let page = (await get(query)).body as Page;
  for (let pages = 0; pages < 100; pages += 1) {
    found.push(...page.changes);
    expect(page.cursor === null).toBe(page.next === null);
    if (page.cursor === null) return found;
    page = (await get(`?limit=7&cursor=${page.cursor}`)).body as Page;
  }
  throw new Error('the log has no end');
}

test('the log is read to its end by cursors as by numbers', async () => {
  const all = ((await get('?limit=1000')).body as Page).changes;
  expect(all.length).toBeGreaterThan(25);
  expect(await walk('?limit=7')).toEqual(all);
  const numbers = all.map((change) => change.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const rest = ((await get(`?after=${numbers.at(-3)}`)).body as Page).changes;
  expect(rest).toEqual(all.slice(-2));
});

test('only events of some types are read where they are asked for', async () => {
  const opened = await walk('?type=deal.opened&limit=2');
  expect(opened.map((change) => change.id)).toEqual(['e0', 'e5', 'e10', 'e15', 'e20']);
  const both = await walk('?type=deal.opened,activity.logged&limit=4');
  expect(both).toHaveLength(25);
  expect(await walk('?type=nothing.known')).toEqual([]);
});

test.each([
  ['a cursor that is none', '?cursor=abc', 400, '/cursor'],
  ['a number that is none', '?after=-1', 422, '/after'],
  ['a limit that is none', '?limit=ten', 422, '/limit'],
  ['a parameter that is not there', '?since=4', 422, '/since'],
  ['a parameter given twice', '?limit=1&limit=2', 422, '/limit'],
])('%s is refused', async (_name, query, status, pointer) => {
  const answer = await get(query);
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer]);
});
