import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, ONE_OF, type Desk, type TestOrg } from '../history/desk.fixture.ts';

let desk: Desk;
let org: TestOrg;
let other: TestOrg;
let [north, coast] = ['', ''];
let [ana, bo] = ['', ''];
// A Tuesday; by 10:00 one of nine working hours is gone.
const NOW = '2026-11-24T10:00:00Z';
const month = { metric: 'revenue', period: 'month' } as const;
const WORKED = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23];
const day = (date: number) => `2026-11-${String(date).padStart(2, '0')}T12:00:00Z`;
const won = (person: string, team: string, at: string, value: bigint) => ({
  measure: 'revenue',
  person,
  team,
  at,
  value,
});

beforeAll(async () => {
  desk = await openDesk(NOW);
  org = await desk.organisation();
  other = await desk.organisation();
  north = await org.team('North');
  coast = await org.team('Coast', north);
  [ana, bo] = [await org.person('Ana', north), await org.person('Bo', coast)];
  for (const metric of ['revenue', 'calls', 'meetings', 'demos', 'proposals']) {
    await org.measured(metric);
  }
  await org.measured('win-rate', 2);
  for (const [scope, entity, value] of [
    ['person', ana, '2100'],
    ['team', north, '5000'],
    ['organisation', null, '1000'],
  ]) {
    await org.send('PUT', '/v1/targets', { ...month, scope, entity, value });
  }
  await org.send('PUT', '/v1/consequences', { ...month, atPercent: 100, text: 'Tier 2' });
  // 100 on every working day so far, 11.11 in the first hour of this one.
  await org.give(
    ...WORKED.flatMap((date) => [
      won(ana, north, day(date), 60_00n),
      won(ana, north, day(date), 40_00n),
    ]),
    won(ana, north, '2026-11-24T09:30:00Z', 11_11n),
    won(bo, coast, day(5), 500_00n),
  );
});
afterAll(() => desk.close());

const ask = async (query: string, user?: string) =>
  org.send('GET', `/v1/attainment?metric=revenue&period=month&${query}`, undefined, user);

test('value, target, pace and what is needed, in working days', async () => {
  // 16 and 1/9 of 21 working days: pace 2100 x 16.111 / 21 = 1611.11, and just that is there.
  expect((await ask(`entity=${ana}`)).body).toMatchObject({
    metric: 'revenue',
    period: 'month',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
    at: '2026-11-24T10:00:00.000Z',
    unit: { kind: 'money', currency: 'USD', scale: 2 },
    value: '1611.11',
    target: '2100.00',
    percent: '76.7',
    pace: '1611.11',
    days: '0',
    // (2100 - 1611.11) / 4.8889 days, rounded up to the cent.
    neededPerDay: '100.01',
    workDaysLeft: '4.9',
    consequences: [{ atPercent: 100, text: 'Tier 2' }],
  });
});

test('who always brings the same is projected to end there', async () => {
  const { projection } = (await ask(`entity=${ana}`)).body;
  expect(projection).toMatchObject({ runs: 1000 });
  expect(projection.days).toEqual([
    '2026-11-24',
    '2026-11-25',
    '2026-11-26',
    '2026-11-27',
    '2026-11-30',
  ]);
  for (const end of ['p10', 'p50', 'p90']) expect(Number(projection[end])).toBeCloseTo(2100, 0);
  expect(projection.paths[0]).toHaveLength(5);
  expect(Number(projection.paths[0][1])).toBeCloseTo(1611.11 + 188.89, 0);
  expect((await ask(`entity=${ana}`)).body.projection).toEqual(projection);
});

test('too little to go by is not projected, and says so with nothing', async () => {
  expect((await ask(`entity=${bo}`)).body).toMatchObject({
    value: '500.00',
    target: null,
    percent: null,
    pace: null,
    neededPerDay: null,
    projection: null,
  });
  expect((await ask(`entity=${ana}&at=2026-11-03T12:00:00Z`)).body).toMatchObject({
    value: '200.00',
    projection: null,
  });
});

test('a team has what the teams below it have', async () => {
  const north1 = (await ask(`scope=team&entity=${north}`)).body;
  expect(north1).toMatchObject({ value: '2111.11', target: '5000.00', percent: '42.2' });
  expect((await ask(`scope=team&entity=${coast}`)).body).toMatchObject({ value: '500.00' });
  expect((await ask('')).body).toMatchObject({ value: '2111.11', percent: '211.1' });
});

test('a rep asks for themselves, their team and all, and for nobody else', async () => {
  const rep = await org.user('rep', ana);
  expect((await ask('scope=person', rep)).body).toMatchObject({ value: '1611.11' });
  expect((await ask(`entity=${ana}`, rep)).status).toBe(200);
  expect((await ask(`entity=${bo}`, rep)).status).toBe(403);
  expect((await ask(`scope=team&entity=${coast}`, rep)).status).toBe(200);
  expect((await ask('', rep)).status).toBe(200);
  const manager = await org.user('manager', null);
  expect((await ask(`entity=${bo}`, manager)).status).toBe(200);
  expect((await other.send('GET', `/v1/attainment?entity=${ana}`)).status).toBe(422);
  expect((await other.send('GET', '/v1/attainment')).body.value).toBe('0.00');
});

test('a rate has a target and percent, and no pace', async () => {
  const rate = { metric: 'win-rate', period: 'quarter', scope: 'organisation', entity: null };
  await org.send('PUT', '/v1/targets', { ...rate, value: '40' });
  const credit = (measure: string, value: bigint) => ({ measure, person: ana, at: day(5), value });
  await org.give(credit('win-rate', ONE_OF), credit('win-rate:1', 3n * ONE_OF));
  const { body } = await org.send('GET', '/v1/attainment?metric=win-rate&period=quarter');
  expect(body).toMatchObject({
    value: '33.333',
    target: '40',
    percent: '83.3',
    pace: null,
    projection: null,
  });
});

test('a scorecard is made of its parts, caps included', async () => {
  const at = day(6);
  await org.give(
    { measure: 'calls', person: bo, at, value: 600n * ONE_OF },
    { measure: 'meetings', person: bo, at, value: 3n * ONE_OF },
    { measure: 'proposals', person: bo, at, value: ONE_OF / 2n },
  );
  const url = `/v1/attainment?metric=activity-points&period=month&entity=${bo}`;
  // 500 calls of 600 at 1, 3 meetings at 5, half a proposal at 10.
  expect((await org.send('GET', url)).body.value).toBe('520');
});

test('the season moves the pace: what came late in earlier months is expected late', async () => {
  const cy = await org.person('Cy', north);
  const own = { ...month, scope: 'person', entity: cy };
  await org.send('PUT', '/v1/targets', { ...own, value: '2100' });
  // In October everything came on the last working day.
  await org.give(won(cy, north, '2026-10-30T12:00:00Z', 1000_00n));
  const even = (await ask(`entity=${cy}`)).body;
  expect(even).toMatchObject({ value: '0.00', pace: '1611.11', days: '-16.1' });
  const season = (await ask(`entity=${cy}&pace=seasonal`)).body;
  expect(Number(season.pace)).toBeLessThan(1);
  expect(season.workDaysLeft).toBe('4.9');
});

test.each(['period=fortnight', 'metric=sleep', 'at=yesterday', 'scope=team&entity=no'])(
  '%s is refused with what to mend',
  async (query) => {
    const { status, body } = await org.send('GET', `/v1/attainment?${query}`);
    expect(status).toBe(422);
    expect(body.errors[0].detail).toMatch(/\w/);
  },
);

test('moving and open-ended periods are answered as well', async () => {
  const last = await org.send('GET', `/v1/attainment?period=last-7&entity=${ana}`);
  // 18, 19, 20, 23 and this day.
  expect(last.body).toMatchObject({ value: '411.11', target: null });
  const all = await org.send('GET', `/v1/attainment?period=all&entity=${ana}`);
  expect(all.body).toMatchObject({ value: '1611.11', workDaysLeft: '0', pace: null });
});
