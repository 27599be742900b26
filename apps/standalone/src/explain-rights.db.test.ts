import { hashToken } from '@ovation/host';
import type { ExplainAnswer, ExplainTargetAnswer } from '@ovation/protocol';
import { createSession, inOrg, saveApiKey, saveScreen, saveUser } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStory, type Story } from './explain-story.fixture.ts';
import type { TestFloor } from './floor.fixture.ts';

let story: Story;
let floor: TestFloor;
let ids: Story['ids'];
beforeAll(async () => {
  story = await openStory();
  ({ floor, ids } = story);
});
afterAll(() => floor.close());

const explain = <T = ExplainAnswer>(path: string) => story.explain<T>(path);

test('a target is explained with its pace and who set it when', async () => {
  const target = { scope: 'person', entity: ids['Ana'], metric: 'revenue', period: 'month' };
  await floor.send('PUT', '/v1/targets', { ...target, value: '1000' });
  await floor.send('PUT', '/v1/targets', { ...target, value: '500' });
  const path = `targets/revenue/person/${ids['Ana']}?period=month`;
  const answer = await explain<ExplainTargetAnswer>(path);
  expect(answer).toMatchObject({ value: '188.33', target: '500.00', percent: '37.6' });
  expect(answer.workDays!.of).toBe('21');
  expect(Number(answer.pace)).toBeGreaterThan(350);
  expect(answer.changes.map(({ by, was, now }) => [typeof by, was, now])).toEqual([
    ['string', '1000.00', '500.00'],
    ['string', null, '1000.00'],
  ]);
  const none = await explain<ExplainTargetAnswer>('targets/deals/organisation/*');
  expect(none).toMatchObject({ target: null, percent: null, pace: null, changes: [] });
  const like = await floor.send(
    'GET',
    `/v1/attainment?metric=revenue&period=month&scope=person&entity=${ids['Ana']}`,
  );
  expect(like.body).toMatchObject({ pace: answer.pace, percent: answer.percent });
});

test.each([
  ['boards/nothing-here/x', 404],
  ['boards/revenue-month/nobody', 404],
  ['metrics/nothing/organisation/*', 404],
  ['metrics/revenue/person/nobody', 404],
  ['metrics/revenue/team/nobody', 404],
  ['metrics/revenue/crowd/*', 404],
  ['metrics/revenue/person/*', 404],
  ['targets/revenue/person/nobody', 404],
  ['metrics/revenue/organisation/*?period=fortnight', 422],
  ['metrics/revenue/organisation/*?at=yesterday', 422],
  ['boards/revenue-month/*?period=day', 422],
])('%s is answered with %i', async (path, status) => {
  expect((await floor.send('GET', `/v1/explain/${path}`)).status).toBe(status);
});

describe('who may ask', () => {
  let rep: (path: string) => Promise<{ status: number; body: ExplainAnswer }>;
  beforeAll(async () => {
    const userId = 'usr_rep';
    const personId = ids['Ana']!;
    const user = { userId, email: 'rep@example.com', name: 'Ana', passwordHash: null };
    await inOrg(floor.db.app, floor.orgId, (tx) =>
      saveUser(tx, { orgId: floor.orgId, ...user, role: 'rep', personId }),
    );
    const expiresAt = new Date(Date.UTC(2100, 0, 1));
    const session = { tokenHash: hashToken('rep token'), userId, expiresAt };
    await createSession(floor.db.app, floor.orgId, session);
    const where = [{ field: 'attributes.product', is: ['GTX'] }];
    const gtx = { name: 'GTX only', metric: 'revenue', period: 'month', of: 'people', where };
    expect((await floor.send('POST', '/v1/boards', gtx)).body.slug).toBe('gtx-only');
    rep = async (path) => {
      const cookie = 'ovation_session=rep%20token';
      const url = `/v1/explain/${path}`;
      const answer = await floor.ingest.app.inject({ url, headers: { cookie } });
      return { status: answer.statusCode, body: answer.json() };
    };
  });

  test('a rep: all of their own', async () => {
    const path = `boards/revenue-month/${ids['Ana']}`;
    const own = await rep(path);
    expect(own.status).toBe(200);
    expect(own.body).toEqual(await explain(path));
  });

  test('a rep: of teams and the organisation the total, and their own events alone', async () => {
    for (const path of [
      'boards/revenue-month/*',
      `boards/team-revenue-month/${ids['North']}`,
      `metrics/revenue/team/${ids['Sales']}`,
      'targets/revenue/organisation/*',
    ]) {
      const all = await explain(path);
      const { status, body } = await rep(path);
      expect([path, status, body.value]).toEqual([path, 200, all.value]);
      const [part] = body.parts;
      expect(part!.events.length).toBe(2);
      expect(part!.events.every(({ person }) => person?.name === 'Ana')).toBe(true);
      expect(part!.more).toEqual({ count: 2, value: '96.67' });
      expect(body.corrections.every(({ person }) => person?.name === 'Ana')).toBe(true);
      expect(JSON.stringify(body.parts)).not.toContain('"d3"');
    }
  });

  test('a rep: of others nothing', async () => {
    for (const path of [
      `boards/revenue-month/${ids['Bo']}`,
      `metrics/deals/person/${ids['Bo']}`,
      `metrics/revenue/team/${ids['South']}`,
      `targets/revenue/person/${ids['Bo']}`,
      'boards/gtx-only/*',
    ]) {
      expect([path, (await rep(path)).status]).toEqual([path, 403]);
    }
    expect((await rep('boards/gtx-only/' + ids['Ana'])).status).toBe(200);
  });

  test('nobody without a name, no screen, no machine that may not read people', async () => {
    const url = `/v1/explain/boards/revenue-month/${ids['Ana']}`;
    const statusOf = async (headers: Record<string, string>) =>
      (await floor.ingest.app.inject({ url, headers })).statusCode;
    expect(await statusOf({})).toBe(401);
    const key = (scopes: readonly string[]) => ({
      ...{ orgId: floor.orgId, keyId: `key_${scopes.length}`, prefix: 'ovk_s', name: 'Some' },
      ...{ scopes, sourceId: 'src_ovation', keyHash: hashToken(`ovk_some_${scopes.length}`) },
    });
    const screen = { id: 'scr_1', name: 'Lobby', tokenHash: hashToken('wall') };
    await inOrg(floor.db.app, floor.orgId, async (tx) => {
      await saveApiKey(tx, key(['boards:read']));
      await saveApiKey(tx, key(['boards:read', 'people:read']));
      await saveScreen(tx, floor.orgId, screen);
    });
    expect(await statusOf({ cookie: 'ovation_screen=wall' })).toBe(403);
    expect(await statusOf({ authorization: 'Bearer ovk_some_1' })).toBe(403);
    expect(await statusOf({ authorization: 'Bearer ovk_some_2' })).toBe(200);
  });
});
