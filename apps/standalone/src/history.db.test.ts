import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
let [north, south] = ['', ''];
let [ana, bo] = ['', ''];

const at = (date: string) => `2025-03-${date}T12:00:00Z`;
const money = (amount: string) => ({ amount, currency: 'USD' });
let count = 0;
const send = async (event: object) => {
  count += 1;
  const answer = await floor.send('POST', '/v1/events', { id: `h${count}`, ...event });
  expect(answer.status).toBe(201);
  return `h${count}`;
};
const read = async (path: string) => {
  const days = 'from=2025-03-01&to=2025-03-31';
  const answer = await floor.send(
    'GET',
    `/v1/history${path}${path.includes('?') ? '&' : '?'}${days}`,
  );
  expect(answer.status).toBe(200);
  return answer.body;
};

beforeAll(async () => {
  floor = await openFloor();
  const team = async (name: string) =>
    (await floor.send('POST', '/v1/teams', { name })).body.id as string;
  [north, south] = [await team('North'), await team('South')];
  const person = async (name: string, of: string) =>
    (await floor.send('POST', '/v1/people', { name, team: of })).body.id as string;
  [ana, bo] = [await person('Ana', north), await person('Bo', south)];
  const deal = async (name: string, owner: string, source: string | null) => {
    const attributes = source === null ? {} : { lead_source: source };
    const of = { deal: name, person: owner };
    const stage = (date: string, to: string) =>
      send({ ...of, type: 'deal.stage_changed', stage: to, occurredAt: at(date) });
    return {
      open: (date: string) =>
        send({ ...of, type: 'deal.opened', occurredAt: at(date), attributes }),
      stage,
      win: (date: string, amount: string, more: object = {}) =>
        send({ ...of, type: 'deal.won', occurredAt: at(date), amount: money(amount), ...more }),
      lose: (date: string) => send({ ...of, type: 'deal.lost', occurredAt: at(date) }),
    };
  };
  // One goes all the way in eight days, one skips the demo in four, one is lost after the demo,
  // one stays where it began, and one was never opened before it was won.
  const a = await deal('a', 'Ana', 'Web');
  await a.open('01');
  await a.stage('03', 'Demo');
  await a.stage('04', 'demo');
  await a.stage('06', 'Offer');
  await a.win('09', '100.00');
  const b = await deal('b', 'Ana', 'web');
  await b.open('02');
  await b.stage('04', 'Offer');
  await b.win('06', '50.00');
  const c = await deal('c', 'Bo', 'Fair');
  await c.open('10');
  await c.stage('14', 'Demo');
  await c.lose('20');
  const d = await deal('d', 'Bo', null);
  await d.open('20');
  const e = await deal('e', 'Bo', '=HYPERLINK("x")');
  await e.win('21', '30.00', { attributes: { product: 'Box', lead_source: '=HYPERLINK("x")' } });
  // Not of this month; and a win that was taken back.
  const f = await deal('f', 'Bo', 'Web');
  await send({ deal: 'f', person: 'Bo', type: 'deal.opened', occurredAt: '2025-02-28T12:00:00Z' });
  await f.stage('05', 'Offer');
  const g = await deal('g', 'Ana', 'Fair');
  await g.open('11');
  const taken = await g.win('12', '900.00');
  await send({ type: 'deal.reversed', reverses: taken, occurredAt: at('13') });
});
afterAll(() => floor.close());

test('the funnel of the deals that began in the time', async () => {
  expect(await read('/funnel')).toEqual({
    from: '2025-03-01T00:00:00.000Z',
    to: '2025-04-01T00:00:00.000Z',
    stages: [
      { stage: 'opened', deals: 6, percent: null, medianDays: null },
      // a, c; and b and e, which came past it.
      { stage: 'Demo', deals: 4, percent: '66.6', medianDays: '3' },
      { stage: 'Offer', deals: 3, percent: '75', medianDays: '2.5' },
      { stage: 'won', deals: 3, percent: '100', medianDays: '2.5' },
    ],
    won: 3,
    lost: 1,
    open: 2,
  });
  const own = await read(`/funnel?entity=${bo}`);
  expect(own).toMatchObject({ won: 1, lost: 1, open: 1 });
  const team = await read(`/funnel?scope=team&entity=${north}`);
  expect(team).toMatchObject({ won: 2, lost: 0, open: 1 });
});

test('what each lead source brought', async () => {
  const { attribute, rows } = await read('/sources');
  expect(attribute).toBe('lead_source');
  expect(rows).toEqual([
    { value: 'web', opened: 2, won: 2, winRate: '100', revenue: '150.00', averageDays: '6' },
    {
      value: '=HYPERLINK("x")',
      opened: 1,
      won: 1,
      winRate: '100',
      revenue: '30.00',
      averageDays: '0',
    },
    { value: 'Fair', opened: 2, won: 0, winRate: '0', revenue: '0.00', averageDays: null },
    { value: '', opened: 1, won: 0, winRate: null, revenue: '0.00', averageDays: null },
  ]);
  const { rows: products } = await read('/sources?attribute=product');
  expect(
    products.map((one: { value: string; revenue: string }) => [one.value, one.revenue]),
  ).toEqual([
    ['', '150.00'],
    ['Box', '30.00'],
  ]);
  const csv = (await read('/sources?format=csv')) as string;
  expect(csv.split('\r\n')[0]).toBe(
    '\uFEFFlead_source,opened,won,win rate,revenue,average days to win',
  );
  expect(csv).toContain(`"'=HYPERLINK(""x"")",1,1,100,30.00,0`);
});

test('a series by an attribute goes by what the deal and its corrections say', async () => {
  const url = '?metric=revenue&by=month&split=attributes.lead_source';
  const parts = async () =>
    (await read(url)).parts.map((one: { name: string; total: string }) => [one.name, one.total]);
  expect(await parts()).toEqual([
    [expect.stringMatching(/^web$/i), '150.00'],
    ['=HYPERLINK("x")', '30.00'],
  ]);
  await send({
    type: 'deal.amended',
    deal: 'e',
    attributes: { lead_source: 'Fair' },
    occurredAt: at('22'),
  });
  expect((await parts())[1]).toEqual(['Fair', '30.00']);
});

test('the mix of activities, shared and without what was withdrawn', async () => {
  const did = (activity: string, more: object = {}) =>
    send({ type: 'activity.logged', activity, occurredAt: at('05'), person: 'Ana', ...more });
  await did('call');
  await did('Call');
  await did('call', { person: 'Bo' });
  const both = [
    { person: 'Ana', share: '1/2' },
    { person: 'Bo', share: '1/2' },
  ];
  await did('meeting', { person: undefined, credits: both });
  const wrong = await did('demo');
  await send({ type: 'activity.withdrawn', withdraws: wrong });
  expect((await read('/mix')).kinds).toEqual([
    { activity: 'call', class: 'sourcing', count: '3' },
    { activity: 'meeting', class: 'relationship', count: '1' },
  ]);
  expect((await read(`/mix?entity=${ana}`)).kinds).toMatchObject([
    { activity: expect.stringMatching(/call/i), count: '2' },
    { activity: 'meeting', count: '0.5' },
  ]);
  expect((await read(`/mix?scope=team&entity=${south}`)).kinds).toMatchObject([
    { count: '1' },
    { count: '0.5' },
  ]);
});
