import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk, type TestOrg } from '../history/desk.fixture.ts';

let desk: Desk;
let org: TestOrg;
let ana: string;
let bo: string;
beforeAll(async () => {
  desk = await openDesk('2026-11-24T10:00:00Z');
  // Tehran works from Saturday to Wednesday and half of Thursday; 22 November is 1 Azar 1405.
  org = await desk.organisation({
    timeZone: 'Asia/Tehran',
    calendar: 'jalali',
    weekStart: 6,
    workdays: [1, 1, 1, 0.5, 0, 1, 1],
    holidays: ['2026-11-24'],
    currency: 'IRR',
  });
  [ana, bo] = [await org.person('Ana'), await org.person('Bo')];
  await org.measured('revenue');
});
afterAll(() => desk.close());

const month = { metric: 'revenue', period: 'month' } as const;
const plan = (body: object) => org.send('POST', '/v1/targets/plan', body);
const set = (body: object) => org.send('PUT', '/v1/targets', body);
interface Line {
  start: string;
  value: string;
  was: string | null;
  because: string;
}
const lines = (answer: { body: { targets: Line[] } }) =>
  answer.body.targets.map((one) => `${one.start} ${one.value} ${one.because}`);

test('targets of a month are copied into another, looked at first and then set', async () => {
  await set({ ...month, scope: 'person', entity: ana, value: '1001.01' });
  await set({ ...month, scope: 'organisation', entity: null, value: '5000.00' });
  const copy = { kind: 'copy', ...month, to: '2026-12-25', percent: '112.5' };
  const preview = await plan(copy);
  expect(preview.body).toMatchObject({ applied: false });
  expect(lines(preview)).toEqual([
    '2026-12-22 5625.00 112.5% of 2026-11-22',
    // 1001.01 x 1.125 = 1126.13625, halves away from zero.
    '2026-12-22 1126.14 112.5% of 2026-11-22',
  ]);
  const there = '/v1/targets?metric=revenue&period=month&start=2026-12-22';
  expect((await org.send('GET', there)).body.targets).toEqual([]);
  expect((await plan({ ...copy, apply: true })).body.applied).toBe(true);
  expect((await org.send('GET', there)).body.targets).toHaveLength(2);
  const again = await plan({ ...copy, percent: '100' });
  expect(again.body.targets[1]).toMatchObject({ value: '1001.01', was: '1126.14' });
  const nowhere = await plan({ kind: 'copy', ...month, start: '2020-01-01', to: '2026-12-25' });
  expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ code: 'no_target' }] } });
});

test('a quarter is spread over its Jalali months by working days, to the last unit', async () => {
  const quarter = { metric: 'revenue', period: 'quarter', scope: 'person', entity: ana } as const;
  await set({ ...quarter, value: '100.00' });
  const spread = { kind: 'spread', ...quarter, into: 'month', by: 'working_days' };
  // Mehr has 23.5 working days, Aban 23, Azar 23 without the holiday: 100 / 69.5 for each.
  expect(lines(await plan(spread))).toEqual([
    '2026-09-23 33.81 23.5 of 69.5 working days',
    '2026-10-23 33.10 23 of 69.5 working days',
    '2026-11-22 33.09 23 of 69.5 working days',
  ]);
  const weeks = await plan({ ...spread, into: 'week' });
  expect(weeks).toMatchObject({ status: 422, body: { errors: [{ code: 'does_not_fit' }] } });
  const all = await plan({ ...spread, into: 'all' });
  expect(all.status).toBe(422);
});

test('a season is spread as the same months of earlier years went', async () => {
  const quarter = { metric: 'revenue', period: 'quarter', scope: 'organisation', entity: null };
  await set({ ...quarter, value: '1000.00' });
  // 1404: Mehr 100, Aban 300, Azar 600; 1403: 300, 300, 400; two years make 20, 30 and 50 percent.
  const won = (at: string, value: bigint) => ({ measure: 'revenue', person: bo, at, value });
  await org.give(
    won('2025-09-22T20:30:00Z', 100_00n),
    won('2025-11-01T10:00:00Z', 300_00n),
    won('2025-12-01T10:00:00Z', 600_00n),
    won('2024-10-01T10:00:00Z', 300_00n),
    won('2024-11-01T10:00:00Z', 300_00n),
    won('2024-12-01T10:00:00Z', 400_00n),
  );
  const spread = { kind: 'spread', ...quarter, into: 'month', by: 'seasonality', apply: true };
  expect(lines(await plan(spread))).toEqual([
    '2026-09-23 200.00 20.0% in 2 earlier years',
    '2026-10-23 300.00 30.0% in 2 earlier years',
    '2026-11-22 500.00 50.0% in 2 earlier years',
  ]);
});

test('who comes or goes in the middle is asked for their working days', async () => {
  const prorate = { kind: 'prorate', ...month, person: bo, value: '2400.00' };
  const joiner = await plan({ ...prorate, from: '2026-12-07' });
  expect(lines(joiner)).toEqual(['2026-11-22 1252.17 12 of 23 working days']);
  const leaver = await plan({ ...prorate, until: '2026-12-06' });
  expect(lines(leaver)).toEqual(['2026-11-22 1147.83 11 of 23 working days']);
  expect((await plan(prorate)).status).toBe(422);
  const { value: _, ...without } = prorate;
  const none = await plan({ ...without, from: '2026-12-07' });
  expect(none).toMatchObject({ status: 422, body: { errors: [{ code: 'no_target' }] } });
});

test('a new hire gets there step by step', async () => {
  const ramp = { kind: 'ramp', ...month, person: bo, percents: [25, 50, 100], value: '1000' };
  expect(lines(await plan(ramp))).toEqual([
    '2026-11-22 250.00 25%, step 1 of 3',
    '2026-12-22 500.00 50%, step 2 of 3',
    '2027-01-21 1000.00 100%, step 3 of 3',
  ]);
  const nobody = await plan({ ...ramp, person: 'per_x' });
  expect(nobody).toMatchObject({ status: 422, body: { errors: [{ pointer: '/person' }] } });
});

test('a file sets what it can, once it was looked at', async () => {
  await org.person('Bo');
  const csv = [
    'کارمند;1405/09;۱۴۰۵/۱۰;November;2026-12-01',
    'ANA;1.250.000,5;۱۳۰۰;7;8',
    'ana@example.com;1;;;',
    'Bo;5;6;;',
    'nobody;5;6;;',
    `${bo};0;6;;`,
  ].join('\r\n');
  const file = { ...month, csv: `\uFEFF${csv}`, dryRun: true };
  const { body } = await org.send('POST', '/v1/targets/import', file);
  expect(body.columns).toEqual([
    { column: '1405/09', start: '2026-11-22' },
    { column: '۱۴۰۵/۱۰', start: '2026-12-22' },
  ]);
  expect(body.targets).toEqual([
    {
      scope: 'person',
      entity: { id: ana, name: 'Ana' },
      start: '2026-11-22',
      value: '1250000.50',
      was: '1001.01',
    },
    expect.objectContaining({ start: '2026-12-22', value: '1300.00' }),
    expect.objectContaining({ entity: { id: bo, name: 'Bo' }, value: '6.00' }),
  ]);
  const refused = body.refused as { line: number; column: string; code: string }[];
  expect(refused.map((one) => [one.line, one.column, one.code])).toEqual([
    [1, 'November', 'bad_heading'],
    [1, '2026-12-01', 'twice'],
    [3, '1405/09', 'twice'],
    [4, null, 'ambiguous'],
    [5, null, 'unknown'],
    [6, '1405/09', 'range'],
  ]);
  const read = '/v1/targets?metric=revenue&period=month&start=2026-11-24';
  const before = (await org.send('GET', read)).body.targets;
  expect((await org.send('GET', read)).body.targets).toEqual(before);
  await org.send('POST', '/v1/targets/import', { ...file, dryRun: false });
  expect((await org.send('GET', read)).body.targets).toContainEqual({
    scope: 'person',
    entity: ana,
    value: '1250000.50',
  });
});

test('a file without headings, or of teams that are not there, says so', async () => {
  const one = await org.send('POST', '/v1/targets/import', { ...month, csv: 'Ana' });
  expect(one).toMatchObject({ status: 422, body: { errors: [{ code: 'no_heading' }] } });
  const csv = 'team,2026-11-24\nNorth,5\nSouth,7';
  const team = await org.team('North');
  const { body } = await org.send('POST', '/v1/targets/import', { ...month, csv, scope: 'team' });
  expect(body.targets).toMatchObject([{ scope: 'team', entity: { id: team }, value: '5.00' }]);
  expect(body.refused).toMatchObject([{ line: 3, who: 'South', code: 'unknown' }]);
});
