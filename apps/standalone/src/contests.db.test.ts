import { createHash } from 'node:crypto';
import { Clerk } from '@ovation/ingest';
import { forgetProjection, readBalance, readPrizes } from '@ovation/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The wall clock of the house; tests move it forward. */
let shift = 0;
const clock = { now: () => Date.now() + shift };
let floor: TestFloor;
let clerk: Clerk;
const people: string[] = [];
beforeAll(async () => {
  floor = await openFloor({ clock });
  clerk = new Clerk(floor.deps);
  const team = (await floor.send('POST', '/v1/teams', { name: 'North' })).body.id as string;
  for (const name of ['Ana', 'Bo', 'Cy']) {
    const email = `${name.toLowerCase()}@example.com`;
    people.push((await floor.send('POST', '/v1/people', { name, email, team })).body.id as string);
  }
});
afterAll(() => floor.close());

const iso = (at: number) => new Date(at).toISOString();
let count = 0;
const won = async (person: string, amount: string, minutesAgo = 1) => {
  count += 1;
  const event = {
    ...{ id: `won-${count}`, type: 'deal.won', deal: `opp-${count}`, person },
    amount: { amount, currency: 'USD' },
    occurredAt: iso(Date.now() - minutesAgo * 60_000),
  };
  expect((await floor.send('POST', '/v1/events', event)).status).toBe(201);
  return event.id;
};
const rules = (more: object = {}) => ({
  of: 'people',
  scoring: { metric: 'revenue' },
  rules: { kind: 'highest' },
  who: {},
  from: iso(Date.now() - 2 * HOUR),
  to: iso(clock.now() + HOUR),
  graceHours: 2,
  ties: 'earliest',
  prizes: [
    {
      id: 'first',
      for: { to: 'ranks', from: 1, until: 1 },
      item: { kind: 'money', amount: '100.00', currency: 'USD' },
    },
    { id: 'second', for: { to: 'ranks', from: 2, until: 2 }, item: { kind: 'points', points: 50 } },
  ],
  ...more,
});
const begin = async (name: string, more: object = {}) => {
  const draft = await floor.send('POST', '/v1/contests', { name, definition: rules(more) });
  expect(draft.status).toBe(201);
  const id = draft.body.id as string;
  const published = await floor.send('POST', `/v1/contests/${id}/publish`);
  expect(published.body).toMatchObject({ phase: 'live' });
  await clerk.actOn(floor.orgId);
  return id;
};
const contest = async (id: string) => (await floor.send('GET', `/v1/contests/${id}`)).body;
const standing = async (id: string) => {
  const answer = await floor.send('GET', `/v1/contests/${id}/standing`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const lines = async (id: string) =>
  (await standing(id)).rows.map(
    (row: { rank: number | null; entrant: { name: string }; score: string }) =>
      `${row.rank ?? '-'} ${row.entrant.name} ${row.score}`,
  );
/** Everything until the grace is over, by two clerks at once. */
const finish = async () => {
  shift += 3 * HOUR + 60_000;
  await clerk.actOn(floor.orgId);
  await Promise.all([clerk.actOn(floor.orgId), new Clerk(floor.deps).actOn(floor.orgId)]);
};

test('a draft is saved as it is typed and says what is missing', async () => {
  const draft = await floor.send('POST', '/v1/contests', { name: 'Half a thought' });
  expect(draft.body).toMatchObject({ phase: 'draft', kind: null });
  const { id } = draft.body;
  const refused = await floor.send('POST', `/v1/contests/${id}/publish`);
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(
    '/definition/scoring',
  );
  const saved = await floor.send('PATCH', `/v1/contests/${id}`, {
    definition: { scoring: { metric: 'revenue' }, of: 'people' },
  });
  expect(saved.body.definition).toMatchObject({ of: 'people' });
  const check = await floor.send('POST', `/v1/contests/${id}/check`, {
    definition: rules({ prizes: [] }),
  });
  expect(check.body.faults).toEqual([]);
  expect(check.body.warnings.map((one: { code: string }) => one.code)).toContain('no_prizes');
  expect((await floor.send('DELETE', `/v1/contests/${id}`)).status).toBe(204);
  expect((await floor.send('GET', `/v1/contests/${id}`)).status).toBe(404);
});

test('what cannot work is refused with where it stands', async () => {
  const wrong = rules({
    rules: { kind: 'tiers', steps: ['500', '200'] },
    to: iso(Date.now() - HOUR),
    budget: '50.00',
  });
  const { id } = (await floor.send('POST', '/v1/contests', { name: 'No', definition: wrong })).body;
  const refused = await floor.send('POST', `/v1/contests/${id}/publish`);
  const errors = refused.body.errors.map(
    (one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`,
  );
  expect(errors).toEqual(
    expect.arrayContaining([
      '/definition/to over',
      '/definition/rules/steps not_rising',
      '/definition/budget over_budget',
    ]),
  );
});

test('a contest starts, counts what happened, ends provisional, is decided once', async () => {
  const id = await begin('Sprint');
  await won('Ana', '300.00');
  const late = await won('Bo', '500.00', 30);
  await won('Cy', '200.00', 300);
  expect(await lines(id)).toEqual(['1 Bo 500.00', '2 Ana 300.00', '- Cy 0.00']);
  // Its rows are a board that screens watch.
  const board = await floor.send('GET', `/v1/contests/${id}`);
  expect(board.body).toMatchObject({ slug: `contest-${id}`, entrants: 3 });
  await floor.send('POST', '/v1/events', {
    ...{ id: 'amend-1', type: 'deal.amended', deal: late.replace('won', 'opp') },
    amount: { amount: '250.00', currency: 'USD' },
  });
  expect(await lines(id)).toEqual(['1 Ana 300.00', '2 Bo 250.00', '- Cy 0.00']);
  shift = HOUR + 60_000;
  await clerk.actOn(floor.orgId);
  expect(await contest(id)).toMatchObject({ phase: 'provisional' });
  await Promise.all([clerk.actOn(floor.orgId), new Clerk(floor.deps).actOn(floor.orgId)]);
  expect(await readPrizes(floor.db.app, floor.orgId, { contest: id })).toEqual([]);
  await finish();
  expect(await contest(id)).toMatchObject({ phase: 'final' });
  const entries = await readPrizes(floor.db.app, floor.orgId, { contest: id });
  expect(entries.map((one) => [one.person, one.prize, one.amount])).toEqual(
    expect.arrayContaining([
      [people[0], 'first', 10_000n],
      [people[1], 'second', 50n],
    ]),
  );
  expect(entries).toHaveLength(2);
  expect(await readBalance(floor.db.app, floor.orgId, people[1]!)).toBe(50);
  const { body } = await floor.send('GET', `/v1/contests/${id}/history`);
  const closed = body.steps.filter((step: { type: string }) => step.type === 'contest.closed');
  expect(closed).toHaveLength(1);
});

test('what changes after the end is shown with its effect, and a manager decides', async () => {
  const id = await begin('Late news');
  const first = await won('Ana', '900.00');
  await won('Bo', '800.00');
  await finish();
  expect((await standing(id)).changes).toEqual([]);
  await floor.send('POST', '/v1/events', { id: 'rev-1', type: 'deal.reversed', reverses: first });
  const { changes, rows } = await standing(id);
  expect(rows[0]).toMatchObject({ entrant: { name: 'Ana' }, score: '1200.00' });
  expect(changes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ entrant: expect.objectContaining({ name: 'Ana' }), rankWas: 1 }),
    ]),
  );
  const keep = { decision: 'keep', reason: 'The trip is booked.' };
  expect((await floor.send('POST', `/v1/contests/${id}/decision`, keep)).status).toBe(200);
  expect((await standing(id)).changes).toEqual([]);
  const restate = { decision: 'restate', reason: 'The works council asked.' };
  expect((await floor.send('POST', `/v1/contests/${id}/decision`, restate)).status).toBe(200);
  expect((await standing(id)).rows[0]).toMatchObject({ entrant: { name: 'Bo' } });
  const entries = await readPrizes(floor.db.app, floor.orgId, { contest: id });
  const money = (person: string) =>
    entries
      .filter((one) => one.person === person && one.kind === 'money')
      .reduce((sum, one) => sum + one.amount, 0n);
  expect([money(people[0]!), money(people[1]!)]).toEqual([0n, 10_000n]);
  expect(entries.length).toBeGreaterThan(2);
});

test('an event that a visible rule holds up waits for a word with its reason', async () => {
  const id = await begin('Guarded', {
    scoring: { metric: 'activities' },
    guard: { burst: 2 },
    from: iso(Date.now() - 9 * 60_000),
  });
  for (const n of [1, 2, 3]) {
    await floor.send('POST', '/v1/events', {
      ...{ id: `call-${n}`, type: 'activity.logged', activity: 'call', person: 'Cy' },
      occurredAt: iso(Date.now() - (8 - n) * 60_000),
    });
  }
  await new Clerk(floor.deps).actOn(floor.orgId);
  expect(await contest(id)).toMatchObject({ underReview: 1 });
  expect((await lines(id))[0]).toBe('1 Cy 2');
  const { flags } = (await floor.send('GET', `/v1/contests/${id}/flags`)).body;
  expect(flags).toMatchObject([{ rule: 'burst', verdict: null, person: { name: 'Cy' } }]);
  const review = { fact: flags[0].fact, verdict: 'counts', reason: 'Three short calls.' };
  await floor.send('POST', `/v1/contests/${id}/reviews`, review);
  expect(await contest(id)).toMatchObject({ underReview: 0 });
  expect((await lines(id))[0]).toBe('1 Cy 3');
});

test('a draw is committed to before, revealed after, and its winners are paid', async () => {
  const id = await begin('Raffle', {
    rules: { kind: 'raffle', ticket: '100' },
    prizes: [
      { id: 'trip', for: { to: 'drawn', winners: 1 }, item: { kind: 'thing', name: 'A trip' } },
    ],
  });
  const { commitment } = await contest(id);
  expect(commitment).toMatch(/^[0-9a-f]{64}$/);
  await won('Ana', '300.00');
  await won('Bo', '100.00');
  expect((await standing(id)).draw).toBeNull();
  await finish();
  const { draw, awards } = await standing(id);
  expect(createHash('sha256').update(draw.seed, 'utf8').digest('hex')).toBe(commitment);
  expect(draw.drawn).toHaveLength(1);
  expect(awards[0].person.id).toBe(draw.drawn[0][1]);
});

test('rules are frozen by the start; a change is announced with its reason', async () => {
  const id = await begin('Amended');
  const { definition } = await contest(id);
  const moved = { ...definition, from: iso(Date.now() - 5 * HOUR) };
  const change = (body: object) =>
    floor.send('POST', `/v1/contests/${id}/amend`, { definition: body, reason: 'New budget.' });
  const refused = await change(moved);
  expect(refused.body.errors[0].pointer).toBe('/definition/from');
  const qualify = await change({ ...definition, qualify: '1000' });
  expect(qualify.body).toMatchObject({ amended: 1, phase: 'live' });
  const paused = await floor.send('POST', `/v1/contests/${id}/pause`, { reason: 'Fire drill.' });
  expect(paused.body.phase).toBe('paused');
  await floor.send('POST', `/v1/contests/${id}/resume`, { reason: 'Back again.' });
  const to = iso(clock.now() + 5 * HOUR);
  const longer = await floor.send('POST', `/v1/contests/${id}/extend`, { to, reason: 'Snow.' });
  expect(longer.body).toMatchObject({ phase: 'live', definition: { to } });
  const gone = await floor.send('POST', `/v1/contests/${id}/cancel`, { reason: 'Rethought.' });
  expect(gone.body.phase).toBe('cancelled');
  const { steps } = (await floor.send('GET', `/v1/contests/${id}/history`)).body;
  expect(steps.map((step: { type: string }) => step.type)).toEqual([
    'contest.cancelled',
    'contest.amended',
    'contest.resumed',
    'contest.paused',
    'contest.amended',
    'contest.started',
    'contest.published',
  ]);
});

test('people leave and come in where the rules let them', async () => {
  const id = await begin('Choice', { entry: 'leave' });
  await won('Bo', '5000.00');
  const entry = (comesIn: boolean) =>
    floor.send('POST', `/v1/contests/${id}/entry`, { person: people[1], in: comesIn });
  await entry(false);
  expect((await lines(id)).some((line: string) => /^\d+ Bo/.test(line))).toBe(false);
  await entry(true);
  expect((await lines(id))[0]).toMatch(/^1 Bo/);
});

test('a backtest replays the past by the same rules and says what it would have cost', async () => {
  const draft = rules({
    from: iso(clock.now() + HOUR),
    to: iso(clock.now() + 7 * DAY - HOUR),
  });
  const { id } = (await floor.send('POST', '/v1/contests', { name: 'Next', definition: draft }))
    .body;
  const answer = await floor.send('POST', `/v1/contests/${id}/backtest`, { windows: 2 });
  expect(answer.status).toBe(200);
  expect(answer.body.windows).toHaveLength(2);
  const newest = answer.body.windows.at(-1);
  expect(newest).toMatchObject({ winner: { name: 'Bo' }, entrants: 3, cost: '100.00' });
  expect(answer.body.chances.runs).toBe(1_000);
});

test('a series begins again by itself', async () => {
  const id = await begin('Daily', {
    series: { every: 'day', until: iso(clock.now() + 10 * DAY) },
  });
  const all = (await floor.send('GET', '/v1/contests')).body.contests;
  const next = all.find((one: { parent: string | null }) => one.parent === id);
  expect(next).toMatchObject({ phase: 'scheduled', name: 'Daily' });
  expect(Date.parse(next.definition.from) - Date.parse((await contest(id)).definition.from)).toBe(
    DAY,
  );
});

test('law: a backtest of a window that was a contest says what the contest did', async () => {
  const to = clock.now() + HOUR;
  const definition = rules({ to: iso(to), ties: 'split' });
  const id = await begin('Twice the same', { to: iso(to), ties: 'split' });
  await won('Ana', '710.00', 3);
  await won('Cy', '710.00', 2);
  await won('Bo', '90.00', 1);
  await finish();
  const live = await standing(id);
  // The same rules, so many weeks later that the newest past window is that of the contest.
  const week = 7 * DAY;
  const later = {
    ...definition,
    from: iso(Date.parse(definition.from) + week),
    to: iso(Date.parse(definition.to) + week),
  };
  const again = await floor.send('POST', '/v1/contests', { name: 'Again', definition: later });
  const { body } = await floor.send('POST', `/v1/contests/${again.body.id}/backtest`, {
    windows: 1,
  });
  const [window] = body.windows;
  expect([window.from, window.to]).toEqual([definition.from, definition.to]);
  const shape = (rows: { entrant: { name: string }; rank: number | null; score: string }[]) =>
    rows.map(({ entrant, rank, score }) => [entrant.name, rank, score]);
  expect(shape(window.rows)).toEqual(shape(live.rows));
  expect(window.cost).toBe(live.cost.amount);
});

test('law: what was decided stays so when all is folded again, by two projectors', async () => {
  const all = async () => {
    const { contests } = (await floor.send('GET', '/v1/contests')).body;
    const standings = await Promise.all(
      contests
        .filter((one: { phase: string }) => one.phase !== 'draft')
        .map((one: { id: string }) => standing(one.id)),
    );
    return standings.map(({ rows, awards, phase, draw }) => ({ rows, awards, phase, draw }));
  };
  const before = { all: await all(), prizes: await readPrizes(floor.db.app, floor.orgId, {}) };
  await floor.projector.stop();
  await forgetProjection(floor.db.projector, floor.orgId);
  // Two projectors want the floor; one of them folds it.
  floor.projector = await floor.startProjector();
  const other = await floor.startProjector();
  await Promise.all([clerk.actOn(floor.orgId), new Clerk(floor.deps).actOn(floor.orgId)]);
  await other.stop();
  expect(await all()).toEqual(before.all);
  expect(await readPrizes(floor.db.app, floor.orgId, {})).toEqual(before.prizes);
});
