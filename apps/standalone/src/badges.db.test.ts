import { forgetProjection, inOrg } from '@ovation/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.floor.close());

const DEALS = {
  icon: 'trophy',
  rules: { kind: 'sum', metric: 'deals', window: 'all' },
  steps: [
    { level: 'bronze', at: '2', points: 20 },
    { level: 'silver', at: '3', points: 30 },
  ],
  repeat: 'once',
};
const FIRST = {
  icon: 'star',
  rules: { kind: 'first', of: 'own', metric: 'deals', window: 'all' },
  steps: [{ level: 'plain', at: '1', points: 5 }],
  repeat: 'once',
};
const save = async (name: string, definition: object): Promise<string> => {
  const answer = await crew.as.manager('POST', '/v1/achievements', { name, definition });
  expect(answer.status).toBe(201);
  return answer.body.id as string;
};
const badges = async (who: 'Ana' | 'Bo' | 'Cy') =>
  (await crew.as[who]('GET', `/v1/people/${crew.ids[who]}/badges`)).body;
const levels = async (who: 'Ana' | 'Bo' | 'Cy', badge: string): Promise<string[]> =>
  (await badges(who)).badges
    .filter((one: { badge: { id: string } }) => one.badge.id === badge)
    .flatMap((one: { levels: { level: string; times: number }[] }) =>
      one.levels.map(({ level, times }) => `${level} ${times}`),
    );

/** All that badges left behind. */
const written = () =>
  inOrg(crew.floor.db.owner, crew.floor.orgId, async (tx) => ({
    awards: await tx`select * from badge_award order by achievement_id, person_id, level`,
    entries: await tx`select person_id, points, kind, cause from wallet_entry order by entry_id`,
    feed: await tx`select item_id, withdrawn_at is null as shown from feed_item order by place`,
  }));

async function foldAgain(): Promise<void> {
  await crew.floor.projector.stop();
  await forgetProjection(crew.floor.db.owner, crew.floor.orgId);
  crew.floor.projector = await crew.floor.startProjector();
  await badges('Ana');
}

let deals: string;

test('a badge that is saved looks back, and what is long ago is no news', async () => {
  await crew.win('Ana', 'a1', 40);
  await crew.win('Ana', 'a2', 30);
  await crew.win('Bo', 'b1', 30);
  const preview = await crew.as.manager('POST', '/v1/achievements/preview', { definition: DEALS });
  expect(preview.body).toMatchObject({ awards: 1, points: 20, without: 2, from: null });
  expect(preview.body.people).toMatchObject([{ person: { name: 'Ana' }, level: 'bronze', has: 0 }]);
  deals = await save('Closer', DEALS);
  expect(await levels('Ana', deals)).toEqual(['bronze 1']);
  expect(await crew.balance('Ana')).toBe(20);
  expect((await crew.feed()).filter(({ kind }) => kind === 'badge')).toEqual([]);
});

test('what is earned is given at once, told and paid; a reversal takes it back', async () => {
  await crew.win('Ana', 'a3');
  expect(await levels('Ana', deals)).toEqual(['bronze 1', 'silver 1']);
  expect(await crew.balance('Ana')).toBe(50);
  expect(await crew.feed()).toEqual([
    { kind: 'badge', person: 'Ana' },
    { kind: 'win', person: 'Ana' },
  ]);
  await crew.floor.send('POST', '/v1/events', { id: 'r3', type: 'deal.reversed', deal: 'a3' });
  expect(await levels('Ana', deals)).toEqual(['bronze 1']);
  expect(await crew.balance('Ana')).toBe(20);
  expect(await crew.feed()).toEqual([]);
  await crew.win('Ana', 'a4');
  expect(await levels('Ana', deals)).toEqual(['bronze 1', 'silver 1']);
  expect(await crew.balance('Ana')).toBe(50);
});

test('a restart and a log that is folded again give nothing twice', async () => {
  const before = await written();
  await crew.floor.projector.stop();
  crew.floor.projector = await crew.floor.startProjector();
  await badges('Ana');
  expect(await written()).toEqual(before);
  await foldAgain();
  expect(await written()).toEqual(before);
  await crew.win('Bo', 'b2');
  expect(await levels('Bo', deals)).toEqual(['bronze 1']);
});

test('a changed badge is given and taken by its new rules, and says so before', async () => {
  const harder = { ...DEALS, steps: [{ level: 'plain', at: '3', points: 10 }] };
  const preview = await crew.as.manager('POST', '/v1/achievements/preview', {
    id: deals,
    definition: harder,
  });
  expect(
    preview.body.people.map((one: { person: { name: string }; awards: number; has: number }) => [
      one.person.name,
      one.awards,
      one.has,
    ]),
  ).toEqual([
    ['Ana', 1, 2],
    ['Bo', 0, 1],
  ]);
  const changed = { name: 'Closer', definition: harder };
  expect((await crew.as.manager('PUT', `/v1/achievements/${deals}`, changed)).status).toBe(200);
  expect(await levels('Ana', deals)).toEqual(['plain 1']);
  expect(await levels('Bo', deals)).toEqual([]);
  expect([await crew.balance('Ana'), await crew.balance('Bo')]).toEqual([10, 0]);
});

test('a badge with conditions of its own counts what has them', async () => {
  const big = {
    ...FIRST,
    where: [{ field: 'attributes.product', is: ['Enterprise'] }],
  };
  await crew.floor.send('POST', '/v1/events', {
    id: 'won-e1',
    type: 'deal.won',
    deal: 'e1',
    person: 'Cy',
    amount: { amount: '1.00', currency: 'USD' },
    attributes: { product: 'enterprise' },
  });
  const preview = await crew.as.manager('POST', '/v1/achievements/preview', { definition: big });
  expect(preview.body.people).toMatchObject([{ person: { name: 'Cy' }, awards: 1 }]);
  expect(preview.body.from).not.toBeNull();
  const id = await save('Enterprise', big);
  await expect.poll(() => levels('Cy', id)).toEqual(['plain 1']);
  expect(await levels('Ana', id)).toEqual([]);
});

test('a badge that is taken away takes its points along, as far as they are there', async () => {
  const id = await save('First', FIRST);
  expect(await crew.balance('Bo')).toBe(5);
  expect((await crew.as.manager('DELETE', `/v1/achievements/${id}`)).status).toBe(204);
  expect(await crew.balance('Bo')).toBe(0);
  expect(await levels('Bo', id)).toEqual([]);
});

test('what was so on the way is not given again when the log is folded anew', async () => {
  await crew.floor.send('POST', '/v1/events', { id: 'r4', type: 'deal.reversed', deal: 'a4' });
  expect(await levels('Ana', deals)).toEqual([]);
  const before = await written();
  // A badge with conditions is counted before the next setting is folded: there are pieces.
  await foldAgain();
  expect(await written()).toEqual(before);
});

test('a page of one’s own: level, records and progress', async () => {
  const mine = await badges('Bo');
  expect(mine).toMatchObject({ earned: 0, level: { level: 1, from: 0, next: 100 } });
  const own = mine.badges.find((one: { badge: { id: string } }) => one.badge.id === deals);
  expect(own.progress).toMatchObject({
    amount: '2',
    needed: '3',
    counts: 'metric',
    level: 'plain',
  });
  const best = mine.records.filter((one: { metric: string }) => one.metric === 'revenue');
  expect(best.map((one: { period: string; value: string }) => [one.period, one.value])).toEqual([
    ['day', '100.00'],
    ['week', '100.00'],
    ['month', '100.00'],
  ]);
});

test('reps see their own and change none; what is wrong is said with its place', async () => {
  const { as, ids } = crew;
  expect((await as.Bo('GET', `/v1/people/${ids.Ana}/badges`)).status).toBe(403);
  expect((await as.manager('GET', `/v1/people/${ids.Ana}/badges`)).status).toBe(200);
  expect((await as.Bo('POST', '/v1/achievements', { name: 'X', definition: FIRST })).status).toBe(
    403,
  );
  const odd = { ...DEALS, rules: { kind: 'sum', metric: 'met_none', window: 'month' } };
  const answer = await as.manager('POST', '/v1/achievements', { name: 'X', definition: odd });
  expect(answer).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'unknown_metric', pointer: '/definition/rules/metric' }] },
  });
});
