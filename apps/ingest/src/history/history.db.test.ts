import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, ONE_OF, type Desk, type TestOrg } from './desk.fixture.ts';

let desk: Desk;
/** Tehran, Jalali, weeks from Saturday; today is 3 Azar 1405. */
let org: TestOrg;
let other: TestOrg;
let [north, coast, south] = ['', '', ''];
let [ana, bo] = ['', ''];
beforeAll(async () => {
  desk = await openDesk('2026-11-24T10:00:00Z');
  org = await desk.organisation({
    timeZone: 'Asia/Tehran',
    calendar: 'jalali',
    weekStart: 6,
    currency: 'IRR',
  });
  other = await desk.organisation();
  [north, south] = [await org.team('North'), await org.team('South')];
  coast = await org.team('Coast', north);
  [ana, bo] = [await org.person('Ana', north), await org.person('Bo', coast)];
  for (const metric of ['revenue', 'deals', 'calls']) await org.measured(metric);
  await org.measured('win-rate', 2);
  await org.give(
    // The first instant of Aban in Tehran, and the second before it.
    won(ana, north, '2026-10-22T20:30:00Z', 100_00n),
    won(ana, north, '2026-10-22T20:29:59Z', 7_00n),
    won(bo, coast, '2026-11-20T12:00:00Z', 50_00n),
    won(bo, coast, '2026-11-24T09:00:00Z', 25_50n),
    won(bo, south, '2026-10-01T09:00:00Z', 3_00n),
    // What was taken back, or ended later, is in no series.
    { ...won(ana, north, '2026-11-10T09:00:00Z', 900_00n), goneSeq: 5 },
    { ...won(ana, north, '2026-11-10T09:00:00Z', 800_00n), endedAt: '2026-11-12T00:00:00Z' },
    // A year before.
    won(ana, north, '2025-11-01T09:00:00Z', 11_00n),
  );
});
afterAll(() => desk.close());

const won = (person: string, team: string, at: string, value: bigint) => ({
  measure: 'revenue',
  person,
  team,
  at,
  value,
});
const ask = async (query: string, user?: string) =>
  org.send('GET', `/v1/history?metric=revenue&${query}`, undefined, user);
interface Point {
  start: string;
  value: string | null;
  before: string | null;
  target: string | null;
}
const lines = (points: readonly Point[]) =>
  points.map(({ start, value, before, target }) => [start, value, before, target].join(' '));

test('Jalali months of Tehran, with the months before and their targets', async () => {
  const target = { metric: 'revenue', period: 'month', scope: 'organisation', entity: null };
  await org.send('PUT', '/v1/targets', { ...target, start: '2026-11-01', value: '200' });
  const { body } = await ask('by=month&from=2026-09-25&to=2026-11-24&compare=previous');
  expect(body).toMatchObject({
    metric: 'revenue',
    unit: { kind: 'money', currency: 'IRR', scale: 2 },
    by: 'month',
    from: '2026-09-22T20:30:00.000Z',
    to: '2026-12-21T20:30:00.000Z',
    // 107.00 + 50.00 + 25.50 + 3.00
    total: '185.50',
    totalBefore: '0.00',
    parts: [],
  });
  expect(lines(body.points)).toEqual([
    '2026-09-23 10.00 0.00 ',
    '2026-10-23 150.00 0.00 200.00',
    '2026-11-22 25.50 0.00 ',
  ]);
  expect(body.points[1]).toMatchObject({
    from: '2026-10-22T20:30:00.000Z',
    to: '2026-11-21T20:30:00.000Z',
  });
});

test('the same place in the period before is the same number of windows back', async () => {
  const { body } = await ask('by=year&from=2026-05-01&to=2026-05-01&compare=previous');
  expect(lines(body.points)).toEqual(['2026-03-21 185.50 11.00 ']);
  const quarters = await ask('by=quarter&from=2026-09-25&compare=previous');
  expect(lines(quarters.body.points)).toEqual(['2026-09-23 185.50 0.00 ']);
});

test('days and weeks, and nothing where the time has not come', async () => {
  const { body } = await ask('by=day&from=2026-11-23&to=2026-11-26');
  expect(lines(body.points)).toEqual([
    '2026-11-23 0.00  ',
    '2026-11-24 25.50  ',
    '2026-11-25   ',
    '2026-11-26   ',
  ]);
  const weeks = (await ask('by=week&from=2026-11-14&to=2026-11-24')).body;
  expect(lines(weeks.points)).toEqual(['2026-11-14 50.00  ', '2026-11-21 25.50  ']);
  expect((await ask('by=day')).body.points).toHaveLength(30);
  expect((await ask('')).body.points).toHaveLength(12);
});

test('a person, a team with those below it, and everybody', async () => {
  const of = async (query: string) => (await ask(`by=year&from=2026-05-01&${query}`)).body.total;
  expect(await of(`entity=${ana}`)).toBe('107.00');
  expect(await of(`entity=${bo}`)).toBe('78.50');
  // What Bo did for South stays with South.
  expect(await of(`scope=team&entity=${north}`)).toBe('182.50');
  expect(await of(`scope=team&entity=${coast}`)).toBe('75.50');
  expect(await of(`scope=team&entity=${south}`)).toBe('3.00');
  expect(await of('')).toBe('185.50');
});

test('by person and team: largest first, adding up to the whole', async () => {
  const { body } = await ask('by=month&from=2026-10-23&to=2026-11-24&split=person');
  expect(body.parts).toEqual([
    { key: ana, name: 'Ana', total: '100.00', values: ['100.00', '0.00'] },
    { key: bo, name: 'Bo', total: '75.50', values: ['50.00', '25.50'] },
  ]);
  const teams = (await ask(`by=year&from=2026-05-01&split=team`)).body.parts;
  expect(teams.map((one: { name: string; total: string }) => [one.name, one.total])).toEqual([
    ['North', '107.00'],
    ['Coast', '75.50'],
    ['South', '3.00'],
  ]);
});

test('of many parts the first twelve are told, and the rest together', async () => {
  const people = await Promise.all(
    Array.from({ length: 15 }, (_, n) => org.person(`P${String(n).padStart(2, '0')}`)),
  );
  const at = '2026-11-24T08:00:00Z';
  await org.give(
    ...people.map((person, n) => ({
      measure: 'calls',
      person,
      at,
      value: BigInt(n + 1) * ONE_OF,
    })),
  );
  const url = '/v1/history?metric=calls&by=day&from=2026-11-23&split=person';
  const { body } = await org.send('GET', url);
  expect(body.parts).toHaveLength(13);
  expect(body.parts[0]).toMatchObject({ name: 'P14', total: '15', values: ['0', '15'] });
  // 1 + 2 + 3
  expect(body.parts[12]).toEqual({ key: '~rest', name: '', total: '6', values: ['0', '6'] });
  expect(body.total).toBe('120');
});

test('a rate is divided once, for the whole and for each part', async () => {
  const at = '2026-11-23T08:00:00Z';
  const give = (person: string, wins: bigint, closed: bigint) => [
    { measure: 'win-rate', person, at, value: wins * ONE_OF },
    { measure: 'win-rate:1', person, at, value: closed * ONE_OF },
  ];
  await org.give(...give(ana, 1n, 4n), ...give(bo, 1n, 1n));
  const url = '/v1/history?metric=win-rate&by=day&from=2026-11-22&split=person';
  const { body } = await org.send('GET', url);
  expect(body.points.map((one: Point) => one.value)).toEqual([null, '40', null]);
  expect(body.total).toBe('40');
  expect(body.parts.map((one: { total: string }) => one.total)).toEqual(['100', '25']);
});

test('a person who caps out in a day adds no more to the series', async () => {
  const definition = {
    metric: {
      id: 'met_capped',
      unit: 'count',
      better: 'higher',
      class: null,
      retired: false,
      versions: [
        {
          version: 1,
          from: -8_640_000_000_000_000,
          definition: { kind: 'count', events: ['activity.logged'], caps: { day: '10' } },
        },
      ],
    },
    notes: [],
  };
  await desk.db.app.begin(async (tx) => {
    await tx`select set_config('app.org', ${org.orgId}, true)`;
    await tx`
      insert into metric (org_id, metric_id, name, definition)
      values (${org.orgId}, 'met_capped', 'Capped', ${tx.json(definition as never)})`;
  });
  await org.measured('met_capped');
  const call = (person: string, at: string) => ({
    measure: 'met_capped',
    person,
    at,
    value: 6n * ONE_OF,
  });
  // 20:30 UTC is midnight in Tehran: two days of Ana, one of them over the cap; Bo under it.
  await org.give(
    call(ana, '2026-11-22T19:00:00Z'),
    call(ana, '2026-11-22T20:00:00Z'),
    call(ana, '2026-11-22T20:30:00Z'),
    call(bo, '2026-11-22T20:00:00Z'),
  );
  const url = '/v1/history?metric=met_capped&by=month&from=2026-11-22&split=person';
  const { body } = await org.send('GET', url);
  expect(body.total).toBe('22');
  expect(body.parts.map((one: { total: string }) => one.total)).toEqual(['16', '6']);
});

test('a table for spreadsheets, by parameter or by what is accepted', async () => {
  const csv = await ask('by=month&from=2026-10-23&to=2026-11-24&split=person&format=csv');
  expect(csv.type).toBe('text/csv; charset=utf-8');
  expect(csv.text).toBe(
    [
      '\uFEFFmetric,unit,start,from,to,value,before,target,Ana,Bo',
      'revenue,IRR,2026-10-23,2026-10-22T20:30:00.000Z,2026-11-21T20:30:00.000Z,' +
        '150.00,,200.00,100.00,50.00',
      'revenue,IRR,2026-11-22,2026-11-21T20:30:00.000Z,2026-12-21T20:30:00.000Z,' +
        '25.50,,,0.00,25.50',
      '',
    ].join('\r\n'),
  );
});

test('a rep reads the organisation, the teams and themselves, a stranger nothing', async () => {
  const rep = await org.user('rep', ana);
  const status = async (query: string) => (await ask(query, rep)).status;
  expect(await status('')).toBe(200);
  expect(await status(`scope=team&entity=${south}&split=team`)).toBe(200);
  expect(await status(`entity=${ana}`)).toBe(200);
  expect(await status(`entity=${bo}`)).toBe(403);
  expect(await status('split=person')).toBe(403);
  for (const table of ['mix', 'funnel', 'sources']) {
    const url = `/v1/history/${table}`;
    expect((await org.send('GET', url, undefined, rep)).status).toBe(200);
    expect((await org.send('GET', `${url}?entity=${bo}`, undefined, rep)).status).toBe(403);
  }
  expect((await org.send('GET', '/v1/history', undefined, 'nobody')).status).toBe(401);
});

test('another organisation sees nothing of it', async () => {
  const { body } = await other.send('GET', '/v1/history?metric=revenue&split=person');
  expect(body).toMatchObject({ total: '0.00', parts: [] });
  expect((await other.send('GET', `/v1/history?entity=${ana}`)).status).toBe(422);
});

test.each([
  ['by=day&from=2020-01-01', 'too_many'],
  ['by=day&from=0001-01-01', 'too_many'],
  ['by=month&from=2026-11-01&to=2026-01-01', 'range'],
  ['from=2026-02-30', 'bad_date'],
  ['metric=sleep', 'unknown_metric'],
  ['by=decade', undefined],
  ['split=mood', undefined],
])('%s is refused with what to mend', async (query, code) => {
  const url = query.startsWith('metric') ? `/v1/history?${query}` : '';
  const { status, body } = url ? await org.send('GET', url) : await ask(query);
  expect(status).toBe(422);
  if (code) expect(body.errors[0].code).toBe(code);
  expect(body.errors[0].detail).toMatch(/\w/);
});
