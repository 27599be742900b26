import { announceChannel, type AnnounceNews } from '@ovation/protocol';
import { inOrg, saveScreen } from '@ovation/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type Office, type Send } from '../office.fixture.ts';
import { tellStanding } from './clerk.ts';

const HOUR = 3_600_000;
/** Later than any clock that sessions are measured by. */
let now = Date.UTC(2099, 10, 24, 12);
const at = (afterMs: number) => new Date(now + afterMs).toISOString();

let office: Office;
let manager: Send;
let told: AnnounceNews[] = [];
let ana: string;
let team: string;
beforeAll(async () => {
  office = await openOffice({ clock: { now: () => now } });
  manager = await office.user('manager');
  team = (await office.send('POST', '/v1/teams', { name: 'North' })).body.id;
  const below = await office.send('POST', '/v1/teams', { name: 'Far north', parent: team });
  const body = { name: 'Ana', team: below.body.id };
  ana = (await office.send('POST', '/v1/people', body)).body.id;
  await inOrg(office.db.app, office.orgId, (tx) =>
    saveScreen(tx, office.orgId, { id: 'scr_floor', name: 'Floor', tokenHash: 'x' }),
  );
  await office.bus.subscribe(announceChannel(office.orgId), (news) => {
    told.push(news as AnnounceNews);
  });
});
afterAll(() => office.close());
beforeEach(() => (told = []));

/** The bus delivers in a turn of its own. */
const delivered = () => new Promise((resolve) => setImmediate(resolve));
const tell = async () => {
  await tellStanding(office.deps, office.orgId);
  await delivered();
};
const announce = async (over: object) => {
  const answer = await manager('POST', '/v1/announcements', {
    ...{ text: 'Cake in the kitchen', level: 'info', until: at(HOUR) },
    ...over,
  });
  await delivered();
  return answer;
};
const stateOf = async (id: string): Promise<string> => {
  const { announcements } = (await manager('GET', '/v1/announcements')).body;
  return announcements.find((one: { id: string }) => one.id === id).state;
};

const inFeed = async (id: string): Promise<number> => {
  const { entries } = (await manager('GET', '/v1/feed')).body;
  return entries.filter((one: { item: { id: string } }) => one.item.id === id).length;
};

describe('an announcement', () => {
  test('for now is told at once, in both languages, to all screens and everybody', async () => {
    const { status, body } = await announce({ texts: { fa: 'کیک در آشپزخانه' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'showing', screens: null, people: null });
    expect(await inFeed(body.id)).toBe(1);
    expect(told).toMatchObject([
      {
        kind: 'announce',
        announcement: { id: body.id, texts: { fa: 'کیک در آشپزخانه' }, startsAt: now },
        screens: null,
        people: null,
      },
    ]);
  });

  test('for later is kept whatever restarts, and told shortly before its time', async () => {
    const { body } = await announce({ at: at(2 * HOUR), until: at(3 * HOUR) });
    expect(body.state).toBe('scheduled');
    expect(told).toEqual([]);
    now += 2 * HOUR - 61_000;
    await tell();
    expect(told).toEqual([]);
    now += 1_000;
    await tell();
    await tell();
    expect(told.map((one) => one.kind)).toEqual(['announce', 'announce']);
    expect(await inFeed(body.id)).toBe(0);
    now += 60_000;
    expect(await stateOf(body.id)).toBe('showing');
    await tell();
    await tell();
    expect(await inFeed(body.id)).toBe(1);
    now += HOUR;
    expect(await stateOf(body.id)).toBe('past');
    told = [];
    await tell();
    expect(told).toEqual([]);
  });

  test('for a team is for its people, those of the teams below it included', async () => {
    await announce({ teams: [team], screens: [] });
    expect(told).toMatchObject([{ people: [ana], screens: [] }]);
    const other = await office.user('rep');
    expect((await other('GET', '/v1/announcements/showing')).body.announcements).toEqual([]);
  });

  test('that is cancelled is taken back from everywhere, and told no more', async () => {
    const { body } = await announce({ screens: ['scr_floor'] });
    told = [];
    expect((await manager('DELETE', `/v1/announcements/${body.id}`)).status).toBe(204);
    expect((await manager('DELETE', `/v1/announcements/${body.id}`)).status).toBe(204);
    await delivered();
    expect(told[0]).toEqual({ kind: 'cancel', id: body.id });
    expect(await inFeed(body.id)).toBe(0);
    told = [];
    await tell();
    expect(JSON.stringify(told)).not.toContain(body.id);
    expect(await stateOf(body.id)).toBe('cancelled');
  });

  test.each([
    ['without an end after its beginning', { until: at(-1) }, '/until'],
    ['in the past', { at: at(-HOUR) }, '/at'],
    ['for longer than a month', { until: at(32 * 24 * HOUR) }, '/until'],
    ['at no time', { at: 'tomorrow' }, '/at'],
    ['for a screen that is not there', { screens: ['scr_floor', 'scr_x'] }, '/screens/1'],
    ['without a text', { text: '' }, '/text'],
  ])('%s is refused, pointing at what to mend', async (_name, over, pointer) => {
    const { status, body } = await announce(over);
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test('is no rep’s to make, and no other organisation’s to see', async () => {
    const rep = await office.user('rep');
    const body = { text: 'Hello', level: 'info', until: at(HOUR) };
    expect((await rep('POST', '/v1/announcements', body)).status).toBe(403);
    const { send } = await office.neighbour();
    expect((await send('GET', '/v1/announcements')).body.announcements).toEqual([]);
  });

  test('is in the log without its words', async () => {
    const log = JSON.stringify(await office.log('announcement.changed'));
    expect(log).toContain('info');
    expect(log).not.toContain('Cake');
  });
});
