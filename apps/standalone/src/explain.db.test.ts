import type { ExplainAnswer } from '@ovation/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  corrections,
  EURO,
  eventsOf,
  on,
  openStory,
  usd,
  type Story,
} from './explain-story.fixture.ts';
import type { TestFloor } from './floor.fixture.ts';

let story: Story;
let floor: TestFloor;
let ids: Story['ids'];
let seqs: Story['seqs'];
beforeAll(async () => {
  story = await openStory();
  ({ floor, ids, seqs } = story);
});
afterAll(() => floor.close());

const explain = <T = ExplainAnswer>(path: string) => story.explain<T>(path);

test('a sum names its events with shares, wholes, rates and what was corrected', async () => {
  const answer = await explain(`boards/revenue-month/${ids['Ana']}`);
  expect(answer).toMatchObject({
    metric: { id: 'revenue', name: '', unit: { kind: 'money', currency: 'USD' } },
    definition: { kind: 'sum', of: 'amount', events: ['deal.won'] },
    version: 1,
    versionFrom: null,
    entity: { id: ids['Ana'], name: 'Ana' },
    scope: 'person',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
    at: '2026-11-24T12:00:00.000Z',
    known: null,
    rankedBy: 'value',
    value: '188.33',
    rank: { rank: 1, of: 3, tied: false, level: [] },
  });
  const [part] = answer.parts;
  expect(part).toMatchObject({ role: 'value', aggregate: 'sum', total: '188.33', count: 2 });
  expect(eventsOf(part)).toEqual(['w2 Ana 1 55.00 55.00', 'w1 Ana 2/3 200.00 133.33']);
  expect(part!.events[0]).toMatchObject({
    event: { deal: 'd2', amount: EURO },
    rate: { rate: '1.1', date: '2026-11-01', sent: '50.00' },
  });
  expect(part!.events[1]).toMatchObject({
    event: { account: 'Isdom', amount: { amount: '200.00' }, attributes: { product: 'GTX' } },
    rate: null,
  });
  expect(corrections(answer).sort()).toEqual(
    [
      `w1 66.67 133.33 deal.amended ${seqs['a1']}`,
      `w3 30.00 - deal.reassigned ${seqs['m3']}`,
      `w4 40.00 - deal.reversed ${seqs['r4']}`,
      `w5 5.00 - deal.lost ${seqs['l5']}`,
    ].sort(),
  );
  expect(answer.corrections.find(({ by }) => by?.type === 'deal.lost')?.at).toBe(on(12));
});

test('the whole organisation and a team have the credits of all their people', async () => {
  const all = await explain('boards/revenue-month/*');
  expect(all).toMatchObject({ scope: 'organisation', entity: null, value: '285.00', rank: null });
  const [first, second, ...shared] = eventsOf(all.parts[0])!;
  expect([first, second]).toEqual(['w3 Bo 1 30.00 30.00', 'w2 Ana 1 55.00 55.00']);
  expect(shared.sort()).toEqual(['w1 Ana 2/3 200.00 133.33', 'w1 Bo 1/3 200.00 66.67']);
  for (const path of [
    'metrics/revenue/organisation/all?period=month',
    `metrics/revenue/organisation/${floor.orgId}?period=month`,
    `metrics/revenue/team/${ids['Sales']}?period=month`,
    `boards/team-revenue-month/${ids['North']}`,
  ]) {
    expect((await explain(path)).parts, path).toEqual(all.parts);
  }
  const south = await explain(`metrics/revenue/team/${ids['South']}`);
  expect(south).toMatchObject({ value: '0.00', parts: [{ total: '0.00', count: 0, events: [] }] });
});

test('what stood at a moment, and as it was known, is explained as it was', async () => {
  const before = await explain(`boards/revenue-month/${ids['Ana']}?at=${on(10)}`);
  expect(before.value).toBe('193.33');
  expect(eventsOf(before.parts[0])?.[0]).toBe('w5 Ana 1 5.00 5.00');
  expect(corrections(before)).not.toContainEqual(expect.stringContaining('w5'));
  const [log] = await floor.db.owner<{ at: Date }[]>`
    select recorded_at + interval '1 millisecond' as at from event where seq = ${seqs['w1']!}`;
  const [next] = await floor.db.owner<{ at: Date }[]>`
    select recorded_at as at from event where seq = ${seqs['a1']!}`;
  const known = new Date(Math.min(log!.at.getTime(), next!.at.getTime())).toISOString();
  const then = await explain(`boards/revenue-month/${ids['Ana']}?at=${on(24)}&known=${known}`);
  expect(then).toMatchObject({ value: '66.67', known, seq: seqs['w1'], corrections: [] });
  expect(eventsOf(then.parts[0])).toEqual(['w1 Ana 2/3 100.00 66.67']);
  expect(then.parts[0]!.events[0]!.event.amount).toEqual({ amount: '100.00', currency: 'USD' });
});

test('means, rates and points are taken apart into what they are made of', async () => {
  const average = await explain(`boards/average-deal-month/${ids['Ana']}`);
  expect(average.parts.map(({ role, total, unit }) => [role, total, unit.kind])).toEqual([
    ['top', '188.33', 'money'],
    ['bottom', '1.666666666667', 'count'],
  ]);
  expect(average.value).toBe('113.00');
  const rate = await explain(`metrics/win-rate/organisation/*`);
  expect(rate).toMatchObject({ value: '75', parts: [{ total: '3' }, { total: '4' }] });
  expect(rate.parts[1]!.events.map(({ event }) => event.type)).toContain('deal.lost');
  await story.post('c1', {
    type: 'activity.logged',
    activity: 'call',
    person: 'Ana',
    occurredAt: on(2),
  });
  await story.post('c2', {
    type: 'activity.logged',
    activity: 'demo',
    person: 'Ana',
    occurredAt: on(2),
  });
  await story.post('c3', {
    type: 'activity.logged',
    activity: 'call',
    person: 'Ana',
    occurredAt: on(2),
  });
  await story.post('x3', { type: 'activity.withdrawn', withdraws: 'c3', reason: 'twice' });
  const points = await explain(`boards/activity-points-month/${ids['Ana']}`);
  expect(points.value).toBe('9');
  expect(
    points.parts.map((part) => [part.role, part.total, part.weight, part.cap, part.points]),
  ).toEqual([
    ['calls', '1', '1', '500', '1'],
    ['meetings', '0', '5', null, '0'],
    ['demos', '1', '8', null, '8'],
    ['proposals', '0', '10', null, '0'],
  ]);
  expect(eventsOf(points.parts[0])).toEqual(['c1 Ana 1 1 1']);
  expect(corrections(points)).toEqual([`c3 1 - activity.withdrawn ${seqs['x3']}`]);
});

test('payments with their refunds, and whoever is not known yet', async () => {
  const { body } = await floor.send('POST', '/v1/metrics', {
    name: 'Paid',
    names: { fa: 'پرداخت‌شده' },
    unit: 'money',
    definition: { kind: 'sum', of: 'amount', events: ['payment.received', 'payment.refunded'] },
  });
  await settled(body.id as string);
  const person = 'stranger@example.com';
  const paid = { payment: 'p1', occurredAt: on(10), amount: usd('50') };
  await story.post('p1', { type: 'payment.received', person, ...paid });
  await story.post('f1', {
    type: 'payment.refunded',
    ...paid,
    occurredAt: on(11),
    amount: usd('20'),
  });
  const all = await explain(`metrics/${body.id}/organisation/*`);
  expect(all).toMatchObject({ metric: { name: 'Paid', names: { fa: 'پرداخت‌شده' } } });
  expect(all.value).toBe('30.00');
  expect(eventsOf(all.parts[0])).toEqual([
    `f1 ${person} 1 -20.00 -20.00`,
    `p1 ${person} 1 50.00 50.00`,
  ]);
  const subject = all.parts[0]!.events[0]!.person!.id;
  const own = await explain(`metrics/${body.id}/person/${subject}`);
  expect(own).toMatchObject({ entity: { id: subject, name: person }, value: '30.00' });
  const match = `/v1/unmatched/${subject}/match`;
  expect((await floor.send('POST', match, { person: ids['Cy'] })).status).toBe(200);
  const known = await explain(`metrics/${body.id}/person/${ids['Cy']}`);
  expect(known).toMatchObject({ value: '30.00', corrections: [] });
  expect(eventsOf(known.parts[0])).toEqual(['f1 Cy 1 -20.00 -20.00', 'p1 Cy 1 50.00 50.00']);
  const gone = await explain(`metrics/${body.id}/person/${subject}`);
  expect(gone.value).toBe('0.00');
  expect(gone.corrections.map(({ by }) => by?.type)).toEqual(['person.matched', 'person.matched']);
  expect((await explain(`metrics/${body.id}/organisation/*`)).corrections).toEqual([]);
});

async function settled(id: string): Promise<void> {
  await expect
    .poll(async () => (await floor.send('GET', `/v1/metrics/${id}`)).body.rebuild)
    .toBeNull();
}

async function metric(name: string, unit: string, definition: object): Promise<string> {
  const answer = await floor.send('POST', '/v1/metrics', { name, unit, definition });
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
  await settled(answer.body.id as string);
  return answer.body.id as string;
}

test('caps, extremes, different things, ratios: each adds up in its own way', async () => {
  const events = ['activity.logged'];
  const where = [{ field: 'activity', is: ['visit'] }];
  const capped = await metric('Capped', 'count', {
    kind: 'count',
    events,
    where,
    caps: { day: '2' },
  });
  const firms = await metric('Firms', 'count', {
    kind: 'distinct',
    of: 'attributes.account',
    events,
    where,
  });
  const best = await metric('Best', 'money', { kind: 'max', of: 'amount', events: ['deal.won'] });
  const ratio = await metric('Visits a deal', 'count', {
    kind: 'ratio',
    top: capped,
    bottom: 'average-deal',
  });
  for (const [id, day, account] of [
    ['v1', 2, 'Isdom'],
    ['v2', 2, 'Isdom'],
    ['v3', 2, 'Acme'],
    ['v4', 3, 'Acme'],
  ] as const) {
    const attributes = { account };
    const visit = { type: 'activity.logged', activity: 'visit', person: 'Cy', attributes };
    await story.post(id, { ...visit, occurredAt: on(day) });
  }
  const visits = await explain(`metrics/${capped}/person/${ids['Cy']}`);
  expect(visits).toMatchObject({ value: '3', parts: [{ count: 4, capped: '-1', more: null }] });
  const different = await explain(`metrics/${firms}/person/${ids['Cy']}`);
  expect(different).toMatchObject({ value: '2', parts: [{ aggregate: 'distinct', total: '2' }] });
  expect(different.parts[0]!.events.map((one) => one.item)).toEqual([
    'Acme',
    'Acme',
    'Isdom',
    'Isdom',
  ]);
  const most = await explain(`metrics/${best}/person/${ids['Ana']}`);
  expect(most).toMatchObject({ value: '133.33', parts: [{ aggregate: 'max', count: 2 }] });
  const each = await explain(`metrics/${ratio}/organisation/*`);
  expect(each.parts).toMatchObject([
    { role: 'top', metric: capped, total: '3', aggregate: 'sum', parts: [] },
    { role: 'bottom', metric: 'average-deal', total: '95.00', aggregate: null },
  ]);
  expect(each.parts[1]!.parts.map((part) => [part.role, part.total])).toEqual([
    ['top', '285.00'],
    ['bottom', '3'],
  ]);
});

test('more than 200 events: the rest is counted and summed', async () => {
  const events = Array.from({ length: 230 }, (_, n) => ({
    id: `many${n}`,
    type: 'activity.logged',
    activity: 'letter',
    person: 'Cy',
    occurredAt: new Date(Date.UTC(2026, 9, 1, 8, n)).toISOString(),
  }));
  await floor.send('POST', '/v1/events', { events });
  const path = `metrics/activities/person/${ids['Cy']}?at=2026-10-31T00:00:00Z`;
  const [part] = (await explain(path)).parts;
  expect(part).toMatchObject({ total: '230', count: 230, more: { count: 30, value: '30' } });
  expect(part!.events).toHaveLength(200);
  expect(part!.events[0]!.event.key).toMatch(/\/many229$/);
});

describe('boards', () => {
  test('say who is level, and who got there first', async () => {
    const won = { type: 'deal.won', amount: usd('70') };
    await story.post('t1', { ...won, deal: 't1', person: 'Bo', occurredAt: on(24, 9) });
    await story.post('t2', { ...won, deal: 't2', person: 'Ana', occurredAt: on(24, 8) });
    const { rank } = await explain(`boards/revenue-day/${ids['Bo']}`);
    expect(rank).toEqual({
      rank: 1,
      of: 3,
      tied: true,
      level: [
        { entity: { id: ids['Ana'], name: 'Ana' }, reachedAt: on(24, 8) },
        { entity: { id: ids['Bo'], name: 'Bo' }, reachedAt: on(24, 9) },
      ],
    });
    const none = await explain(`boards/revenue-day/${ids['Cy']}`);
    expect(none).toMatchObject({ value: '0.00', rank: { rank: 3, level: [] } });
  });

  test('that rank by something made of the value say of what', async () => {
    const target = { scope: 'person', metric: 'deals', period: 'day', value: '4' };
    await floor.send('PUT', '/v1/targets', { ...target, entity: ids['Bo'] });
    const board = { metric: 'deals', period: 'day', of: 'people' };
    const slugs: Record<string, string> = {};
    for (const [rankedBy, of] of [
      ['target', 'people'],
      ['improvement', 'people'],
      ['per_head', 'teams'],
    ] as const) {
      const draft = { ...board, name: `By ${rankedBy}`, rankedBy, of };
      const made = await floor.send('POST', '/v1/boards', draft);
      expect(made.body.detail).toBeUndefined();
      slugs[rankedBy] = made.body.slug as string;
    }
    const reached = await explain(`boards/${slugs['target']}/${ids['Bo']}`);
    expect(reached).toMatchObject({ value: '25', unit: { kind: 'percent' }, rankedBy: 'target' });
    expect(reached.parts.map((part) => [part.role, part.total])).toEqual([
      ['value', '1'],
      ['target', '4'],
    ]);
    const more = await explain(`boards/${slugs['improvement']}/${ids['Bo']}`);
    expect(more).toMatchObject({ value: '1', parts: [{ total: '1' }, { total: '0' }] });
    expect(more.parts[1]!.window).toEqual({
      from: '2026-11-23T00:00:00.000Z',
      to: '2026-11-24T00:00:00.000Z',
    });
    const heads = await explain(`boards/${slugs['per_head']}/${ids['North']}`);
    expect(heads).toMatchObject({
      value: '1',
      parts: [{ total: '2' }, { role: 'heads', total: '2' }],
    });
  });

  test('with a filter of their own count by it', async () => {
    const where = [{ field: 'attributes.product', is: ['GTX'] }];
    const draft = { name: 'GTX only', metric: 'revenue', period: 'month', of: 'people', where };
    const { body } = await floor.send('POST', '/v1/boards', draft);
    await expect
      .poll(async () => (await explain(`boards/${body.slug}/*`)).value, { timeout: 10_000 })
      .toBe('200.00');
    const answer = await explain(`boards/${body.slug}/${ids['Ana']}`);
    expect(answer).toMatchObject({ value: '133.33', where });
    expect(eventsOf(answer.parts[0])).toEqual(['w1 Ana 2/3 200.00 133.33']);
  });
});
