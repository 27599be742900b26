import type { FloorAnswer, FloorPersonAnswer } from '@ovation/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { addStaff, signedIn, type SendAs } from './staff.fixture.ts';

/** A Tuesday noon; the floor works from 9 to 18 o'clock, Monday to Friday, in UTC. */
const NOW = Date.UTC(2026, 10, 24, 12);
const at = (day: number, hour = 10): string =>
  new Date(Date.UTC(2026, 10, day, hour)).toISOString();

let floor: TestFloor;
let ids: Record<string, string>;
let lead: SendAs;
let ana: SendAs;
beforeAll(async () => {
  floor = await openFloor({ clock: { now: () => NOW } });
  ids = await addStaff(floor, { North: ['Lead', 'Ana', 'Bo'], South: ['Cy'] });
  lead = await signedIn(floor, 'manager', ids['Lead']);
  ana = await signedIn(floor, 'rep', ids['Ana']);
  await tellStory();
});
afterAll(() => floor.close());

async function tellStory(): Promise<void> {
  const month = { scope: 'person', metric: 'revenue', period: 'month' };
  for (const [name, value] of Object.entries({ Ana: '1000', Bo: '1000', Cy: '500' })) {
    await floor.send('PUT', '/v1/targets', { ...month, entity: ids[name], value });
  }
  const consequence = { metric: 'revenue', period: 'month', atPercent: 100, text: 'Tier 2' };
  await floor.send('PUT', '/v1/consequences', consequence);
  const won = (id: string, person: string, amount: string, occurredAt: string) => ({
    ...{ id, type: 'deal.won', deal: id, person, occurredAt },
    amount: { amount, currency: 'USD' },
    attributes: { account: `Customer ${id}` },
  });
  const did = (id: string, person: string, activity: string, occurredAt: string) => ({
    ...{ id, type: 'activity.logged', person, activity, occurredAt },
  });
  const events = [
    won('w1', 'Ana', '300', at(20)),
    won('w2', 'Ana', '300', at(23)),
    won('w3', 'Ana', '320', at(24)),
    did('a1', 'Ana', 'call', at(24, 9)),
    did('a2', 'Ana', 'demo', at(24, 11)),
    did('a3', 'Bo', 'call', at(20, 12)),
    won('w4', 'Cy', '260', at(24)),
    {
      id: 'o1',
      type: 'deal.opened',
      deal: 'o1',
      person: 'Ana',
      occurredAt: at(19),
      amount: { amount: '90', currency: 'USD' },
      attributes: { account: 'Isdom' },
    },
    {
      id: 'o2',
      type: 'deal.opened',
      deal: 'o2',
      person: 'Ana',
      occurredAt: at(19),
      amount: { amount: '400', currency: 'USD' },
      attributes: { account: 'Larger' },
    },
  ];
  const { body } = await floor.send('POST', '/v1/events', { events });
  for (const one of body.results) expect(one.status).toBe(201);
}

describe('the floor', () => {
  let answer: FloorAnswer;
  let by: (name: string) => FloorPersonAnswer;
  beforeAll(async () => {
    answer = (await floor.send('GET', '/v1/floor')).body;
    by = (name) => answer.people.find((one) => one.id === ids[name])!;
  });

  test('says how somebody does: today, period, target, mix, last event, row of wins', () => {
    expect(by('Ana')).toMatchObject({
      today: '320.00',
      value: '920.00',
      target: '1000.00',
      percent: '92',
      mix: { sourcing: 1, 'deal-making': 1, relationship: 0 },
      last: { type: 'activity.logged', activity: 'demo', at: at(24, 11) },
      silent: false,
      streak: 3,
      near: { percent: 100, missing: '80.00' },
    });
  });

  test('has a word about who is near a target: what it brings, the deal that does it', () => {
    const [word] = answer.words;
    expect(word).toMatchObject({
      kind: 'near_target',
      person: { id: ids['Ana'], name: 'Ana' },
      missing: '80.00',
      consequence: { text: 'Tier 2' },
      deal: { account: 'Isdom', amount: '90.00' },
    });
  });

  test('calls somebody silent in working days, whoever never logged anything too', () => {
    expect(by('Bo')).toMatchObject({ silent: true, silentDays: '2.0', streak: 0, near: null });
    expect(by('Lead')).toMatchObject({ silent: true, silentDays: null, last: null });
    const silent = answer.words.filter((word) => word.kind === 'silent');
    expect(silent.map((word) => word.person.name)).toEqual(['Lead', 'Bo']);
  });

  test('says who passed a mark today', () => {
    const passed = answer.words.find((word) => word.kind === 'passed');
    expect(passed).toMatchObject({ person: { name: 'Cy' }, percent: 50 });
  });

  test('names its sources with the time of their last event', () => {
    expect(answer.sources).toMatchObject([{ name: 'First key', late: false }]);
  });

  test('shows a team’s manager the people of the team, and a rep nothing', async () => {
    const own: FloorAnswer = (await lead('GET', '/v1/floor?period=week')).body;
    expect(own.people.map((one) => one.id).sort()).toEqual(
      ['Lead', 'Ana', 'Bo'].map((name) => ids[name]!).sort(),
    );
    expect(own.words.some((word) => word.person.name === 'Cy')).toBe(false);
    expect((await ana('GET', '/v1/floor')).status).toBe(403);
  });
});

describe('a note', () => {
  test('is for the managers of the team, and nothing is left of it once it is erased', async () => {
    const path = `/v1/people/${ids['Ana']}/notes`;
    const text = 'Ask about the Isdom deal';
    const written = await lead('POST', path, { text });
    expect(written).toMatchObject({ status: 201, body: { text, own: true } });
    expect((await floor.send('GET', path)).body.notes).toMatchObject([{ text, own: false }]);
    expect((await ana('GET', path)).status).toBe(403);
    expect((await lead('POST', `/v1/people/${ids['Cy']}/notes`, { text })).status).toBe(403);

    const { changes } = (await floor.send('GET', '/v1/changes?limit=1000')).body;
    expect(JSON.stringify(changes)).toContain('note.changed');
    expect(JSON.stringify(changes)).not.toContain('Isdom deal');
    expect((await lead('DELETE', `/v1/notes/${written.body.id}`)).status).toBe(204);
    expect((await floor.send('GET', path)).body.notes).toEqual([]);
  });
});

describe('applause', () => {
  test('goes through the log to the walls, and not again at once for the same person', async () => {
    const heard: unknown[] = [];
    const leave = await floor.bus.subscribe(`ovation:live:${floor.orgId}`, (news) => {
      if ((news as { kind: string }).kind === 'celebrate') heard.push(news);
    });
    const asked = { person: ids['Ana'], occasion: 'streak' };
    expect((await lead('POST', '/v1/celebrations', asked)).status).toBe(201);
    await floor.send('GET', '/v1/boards/revenue-month');
    expect(heard).toMatchObject([
      {
        celebration: {
          person: { name: 'Ana' },
          occasion: 'streak',
          tier: 'takeover',
          amount: null,
        },
      },
    ]);
    expect((await lead('POST', '/v1/celebrations', asked)).body.errors[0].code).toBe(
      'celebrated_lately',
    );
    expect((await lead('POST', '/v1/celebrations', { ...asked, person: ids['Cy'] })).status).toBe(
      403,
    );
    expect((await ana('POST', '/v1/celebrations', asked)).status).toBe(403);
    await leave();
  });
});
