import type { CorrectionPreviewAnswer, EffectAnswer } from '@ovation/protocol';
import { Clerk } from '@ovation/ingest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { addStaff, signedIn, type SendAs } from './staff.fixture.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

let floor: TestFloor;
let ids: Record<string, string>;
let ana: SendAs;
let bo: SendAs;
let lead: SendAs;
let source: string;
let race: string;
beforeAll(async () => {
  floor = await openFloor({ clock: { now: () => NOW } });
  ids = await addStaff(floor, { North: ['Lead', 'Ana', 'Bo'], South: ['Cy'] });
  ana = await signedIn(floor, 'rep', ids['Ana']);
  bo = await signedIn(floor, 'rep', ids['Bo']);
  lead = await signedIn(floor, 'manager', ids['Lead']);
  const won = (id: string, person: string, amount: string) => ({
    ...{ id, type: 'deal.won', deal: id, person, occurredAt: '2026-11-23T10:00:00Z' },
    amount: { amount, currency: 'USD' },
  });
  const events = [
    won('w1', 'Ana', '300'),
    won('w2', 'Bo', '500'),
    won('w3', 'Cy', '400'),
    won('w4', 'Cy', '50'),
    { id: 'call', type: 'activity.logged', activity: 'call', person: 'Ana' },
  ];
  await floor.send('POST', '/v1/events', { events });
  source = (await floor.send('GET', '/v1/sources')).body.sources.find(
    (one: { events: number; kind: string }) => one.kind === 'key',
  ).id;
  race = await begin('The race', { who: { people: [ids['Ana'], ids['Bo']] } });
});
afterAll(() => floor.close());

/** A contest for most revenue that has begun before every event, and goes on. */
async function begin(name: string, more: object): Promise<string> {
  const definition = {
    ...{ of: 'people', scoring: { metric: 'revenue' }, rules: { kind: 'highest' } },
    ...{ from: '2026-11-23T00:00:00Z', to: '2026-11-25T00:00:00Z', graceHours: 2 },
    ...{ ties: 'earliest', prizes: [], ...more },
  };
  const { id } = (await floor.send('POST', '/v1/contests', { name, definition })).body;
  expect((await floor.send('POST', `/v1/contests/${id}/publish`)).status).toBe(200);
  await new Clerk(floor.deps).actOn(floor.orgId);
  return id;
}

const key = (id: string) => `${source}/${id}`;
const preview = async (as: SendAs, id: string, change?: object) => {
  const body = { event: key(id), ...(change && { change }) };
  return as('POST', '/v1/corrections/preview', body);
};
const money = (amount: string) => ({ kind: 'amend', amount: { amount, currency: 'USD' } });

/** Rank and value of everybody on a board or in a contest, as the API tells it now. */
async function standings(slug: string): Promise<Record<string, [number, string]>> {
  if (slug === race) {
    const { rows } = (await floor.send('GET', `/v1/contests/${race}/standing`)).body;
    return Object.fromEntries(
      rows.map((row: { entrant: { id: string }; rank: number; score: string }) => [
        row.entrant.id,
        [row.rank, row.score],
      ]),
    );
  }
  const { rows } = (await floor.send('GET', `/v1/boards/${slug}`)).body;
  return Object.fromEntries(
    rows.map((row: { entity: { id: string }; rank: number; value: string }) => [
      row.entity.id,
      [row.rank, row.value],
    ]),
  );
}

/** Effects are what boards and contests said before, and what they say after. */
async function mustBeTrue(
  effects: readonly EffectAnswer[],
  side: 'before' | 'after',
): Promise<number> {
  // Windows that are over are not on the boards of now.
  const now = effects.filter((one) => Date.parse(one.to!) > NOW);
  for (const one of now) {
    const { rank, value } = one[side];
    expect([one.id, (await standings(one.id))[one.entity.id]]).toEqual([one.id, [rank, value]]);
  }
  return now.length;
}

describe('a preview', () => {
  test('without a change shows the event as it counts, and what can be asked', async () => {
    const { body } = await preview(ana, 'w1');
    expect(body).toMatchObject({
      before: { amount: { amount: '300.00', currency: 'USD' }, credits: [{ share: '1' }] },
      kinds: ['amend', 'reassign', 'split', 'withdraw'],
      effects: [],
    });
  });

  test.each([
    ['another amount', money('900')],
    ['somebody else', () => ({ kind: 'reassign', person: ids['Bo'] })],
    [
      'shared',
      () => ({
        kind: 'split',
        credits: [
          { person: ids['Ana'], share: '1/3' },
          { person: ids['Cy'], share: '2/3' },
        ],
      }),
    ],
    ['not at all', { kind: 'withdraw' }],
  ])('of %s says what is said now, and changes nothing', async (_name, change) => {
    const asked = typeof change === 'function' ? change() : change;
    const { body } = await preview(lead, 'w1', asked);
    const { effects } = body as CorrectionPreviewAnswer;
    expect(await mustBeTrue(effects, 'before')).toBeGreaterThan(2);
    expect((await preview(lead, 'w1', asked)).body.effects).toEqual(effects);
  });

  test('shows the rank that another amount would bring', async () => {
    const { effects } = (await preview(ana, 'w1', money('900'))).body as CorrectionPreviewAnswer;
    const month = effects.filter((one) => one.id === 'revenue-month');
    expect(month).toMatchObject([
      {
        entity: { name: 'Ana' },
        before: { rank: 3, value: '300.00' },
        after: { rank: 1, value: '900.00' },
      },
    ]);
    // Cy is not in the race, so that Ana passes one only.
    expect(effects.filter((one) => one.kind === 'contest')).toMatchObject([
      {
        ...{ id: race, name: 'The race', entity: { name: 'Ana' } },
        before: { rank: 2, value: '300.00' },
        after: { rank: 1, value: '900.00' },
      },
    ]);
    // A day that is over is looked at as it ended.
    const day = effects.find((one) => one.id === 'revenue-day');
    expect(day).toMatchObject({ from: '2026-11-23T00:00:00.000Z', after: { rank: 1 } });
  });

  test.each([
    ['somebody else’s event', 'w2', money('1'), 403],
    ['an event that is not there', 'w99', money('1'), 404],
    ['a negative amount', 'w1', money('-5'), 422],
    ['the amount it has', 'w1', money('300'), 422],
    ['a person who is not there', 'w1', { kind: 'reassign', person: 'per_x' }, 422],
    ['another amount of a call', 'call', money('5'), 422],
  ])('of %s is refused', async (_name, id, change, status) => {
    expect((await preview(ana, id, change)).status).toBe(status);
  });
});

describe('a request', () => {
  const ask = (as: SendAs, id: string, change: object, more: object = {}) =>
    as('POST', '/v1/corrections', {
      event: key(id),
      change,
      reason: 'The invoice says so',
      ...more,
    });
  const decide = (as: SendAs, id: string, body: object) =>
    as('POST', `/v1/corrections/${id}/decision`, body);

  test('of a rep waits, and the boards stay as they are', async () => {
    const before = await standings('revenue-month');
    const asked = await ask(ana, 'w1', money('900'));
    expect(asked).toMatchObject({
      status: 201,
      body: { state: 'waiting', person: { name: 'Ana' } },
    });
    expect((await ask(ana, 'w1', money('901'))).status).toBe(409);
    expect(await standings('revenue-month')).toEqual(before);
    expect((await bo('GET', '/v1/corrections')).body.corrections).toEqual([]);
    expect((await decide(ana, asked.body.id, { decision: 'approve' })).status).toBe(403);
  });

  test('approved does what was foretold, once, and is in the audit with who decided', async () => {
    const { effects } = (await preview(lead, 'w1', money('900'))).body as CorrectionPreviewAnswer;
    const [asked] = (await lead('GET', '/v1/corrections?state=waiting')).body.corrections;
    const done = await decide(lead, asked.id, { decision: 'approve' });
    expect(done.body).toMatchObject({ state: 'approved', effects });
    expect((await decide(lead, asked.id, { decision: 'approve' })).body.state).toBe('approved');
    expect(await mustBeTrue(effects, 'after')).toBeGreaterThan(2);
    const { changes } = (await floor.send('GET', '/v1/changes?type=deal.amended')).body;
    expect(changes).toHaveLength(1);
    const audit = (await floor.send('GET', '/v1/audit?type=correction.decided')).body.changes;
    expect(audit).toMatchObject([{ by: { kind: 'user' }, now: { state: 'approved' } }]);
  });

  test('of a manager can be decided at once, and reassigns what another source sent', async () => {
    const { effects } = (await preview(lead, 'w2', { kind: 'reassign', person: ids['Cy'] }))
      .body as CorrectionPreviewAnswer;
    await ask(lead, 'w2', { kind: 'reassign', person: ids['Cy'] }, { approve: true });
    expect(await mustBeTrue(effects, 'after')).toBeGreaterThan(2);
    expect((await standings('revenue-month'))[ids['Bo']!]).toEqual([3, '0.00']);
  });

  test('declined keeps its reason for who asked; taken back it can be asked again', async () => {
    const { body } = await ask(ana, 'call', { kind: 'withdraw' });
    expect((await decide(lead, body.id, { decision: 'decline' })).status).toBe(422);
    await decide(lead, body.id, { decision: 'decline', reason: 'It was a real call' });
    const [mine] = (await ana('GET', '/v1/corrections')).body.corrections;
    expect(mine).toMatchObject({ state: 'declined', answer: 'It was a real call' });

    const again = await ask(ana, 'call', { kind: 'withdraw' });
    const path = `/v1/corrections/${again.body.id}/withdrawal`;
    expect((await ana('POST', path, { reason: 'Never mind' })).body.state).toBe('withdrawn');
    const third = await ask(ana, 'call', { kind: 'withdraw' });
    await decide(lead, third.body.id, { decision: 'approve' });
    expect((await standings('activities-day'))[ids['Ana']!]![1]).toBe('0');
  });

  test('about another team is not a manager’s to see or decide', async () => {
    expect((await preview(lead, 'w4', money('60'))).status).toBe(403);
    expect((await ask(lead, 'w4', money('60'), { approve: true })).status).toBe(403);
  });
});
