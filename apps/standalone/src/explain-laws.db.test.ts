import { STARTER_METRICS } from '@ovation/domain';
import type { BoardRowsAnswer, ExplainAnswer } from '@ovation/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from './explain-sums.fixture.ts';
import { openFloor, type TestFloor } from './floor.fixture.ts';

/** What explanations say adds up to what boards show, after any history. */

const NAMES = ['Ana', 'Bo', 'Cy'];
const ids: string[] = [];
const teams: string[] = [];
const metrics = STARTER_METRICS.map((metric) => metric.id);
let floor: TestFloor;

beforeAll(async () => {
  floor = await openFloor();
  for (const rate of ['1.085', '0.333333']) {
    const from = rate === '1.085' ? '2020-01-01' : '2026-10-01';
    await floor.send('PUT', '/v1/rates', { currency: 'EUR', from, rate });
  }
  for (const [index, name] of NAMES.entries()) {
    const above = index === 0 ? null : teams[0];
    const team = { name: `Team ${name}`, parent: above };
    teams.push((await floor.send('POST', '/v1/teams', team)).body.id as string);
    const person = { name, email: `${name}@example.com`, team: teams[index] };
    ids.push((await floor.send('POST', '/v1/people', person)).body.id as string);
  }
  const won = { events: ['deal.won'] };
  const visits = { events: ['activity.logged', 'deal.won'] };
  for (const [unit, definition] of [
    ['count', { kind: 'count', ...visits, caps: { day: '1.5' } }],
    ['money', { kind: 'sum', of: 'amount', ...won, caps: { event: '500', day: '600' } }],
    ['money', { kind: 'sum', of: 'amount', events: ['payment.received', 'payment.refunded'] }],
    ['money', { kind: 'max', of: 'amount', ...won }],
    ['money', { kind: 'min', of: 'amount', ...won }],
    ['money', { kind: 'latest', of: 'amount', ...won }],
    ['count', { kind: 'distinct', of: 'attributes.account', ...visits }],
    ['percent', { kind: 'conversion', from: 'opened', to: 'won' }],
    ['duration', { kind: 'first_activity' }],
    ['count', { kind: 'ratio', top: 'activities', bottom: 'average-deal' }],
  ] as const) {
    const draft = { name: definition.kind, unit, definition };
    const made = await floor.send('POST', '/v1/metrics', draft);
    expect([made.status, made.body.detail]).toEqual([201, undefined]);
    metrics.push(made.body.id as string);
  }
});
afterAll(() => floor.close());

const start = Date.now();
const minutesAgo = (minutes: number) => new Date(start - minutes * 60_000).toISOString();
const anyTime = fc.integer({ min: 1, max: 90 * 1_440 }).map(minutesAgo);
const anyPerson = fc.constantFrom(...NAMES, 'somebody else');
const anyCredits = fc.oneof(
  anyPerson.map((person) => ({ person })),
  fc.constantFrom(['1/3', '1/3', '1/3'], ['0.5', '0.3', '0.2']).map((shares) => ({
    credits: shares.map((share, index) => ({ person: NAMES[index]!, share })),
  })),
);
const anyAmount = fc
  .record({ cents: fc.integer({ min: 1, max: 90_000 }), currency: fc.constantFrom('USD', 'EUR') })
  .map(({ cents, currency }) => ({ amount: (cents / 100).toFixed(2), currency }));
const anyAccount = fc.constantFrom(
  {},
  { attributes: { account: 'Isdom' } },
  { attributes: { account: 'Acme' } },
);
const deal = fc.integer({ min: 1, max: 4 }).map((n) => ({ deal: `deal-${n}` }));
const amount = anyAmount.map((one) => ({ amount: one }));
const payment = fc.constantFrom({ payment: 'one' }, { payment: 'two' });
const activity = fc.constantFrom('call', 'demo', 'visit').map((one) => ({ activity: one }));

/** An event of a type with these things to say. */
const event = (type: string, ...said: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc
    .tuple(anyTime, ...said)
    .map(([occurredAt, ...all]) => Object.assign({ type, occurredAt }, ...all) as object);

/** What somebody sends; `earlier` names an event of the same history by place. */
const anyEvent = fc.oneof(
  { arbitrary: event('deal.won', deal, amount, anyCredits, anyAccount), weight: 5 },
  { arbitrary: event('deal.opened', deal, amount, anyCredits), weight: 2 },
  event('deal.lost', deal),
  event('deal.stage_changed', deal, fc.constant({ stage: 'offer' })),
  event('deal.amended', deal, amount),
  event('deal.amended', deal, fc.constant({ attributes: { account: 'Globex' } })),
  event(
    'deal.reassigned',
    deal,
    anyPerson.map((person) => ({ person })),
  ),
  event(
    'deal.split',
    deal,
    fc.constant({
      credits: [
        { person: 'Bo', share: '1/3' },
        { person: 'Cy', share: '2/3' },
      ],
    }),
  ),
  event('deal.reversed', deal),
  event(
    'deal.reversed',
    fc.nat(15).map((earlier) => ({ reverses: `#${earlier}` })),
  ),
  { arbitrary: event('activity.logged', activity, anyCredits, anyAccount), weight: 3 },
  event('activity.logged', activity, anyCredits, deal),
  event(
    'activity.withdrawn',
    fc.nat(15).map((earlier) => ({ withdraws: `#${earlier}` })),
  ),
  event('payment.received', payment, amount, anyCredits),
  event('payment.refunded', payment, amount),
  event('kpi.reported', anyCredits, fc.constant({ kpi: 'revenue', value: '12.34' })),
);
/** A person moves, for ever or from a day on. */
const anyMove = fc.record({
  move: fc.nat(NAMES.length - 1),
  team: fc.nat(NAMES.length - 1),
  since: fc.constantFrom({}, { since: minutesAgo(30 * 1_440).slice(0, 10) }),
});
type Step = object | { move: number; team: number; since: object };
const anyHistory = fc.array(
  fc.oneof({ arbitrary: anyEvent, weight: 12 }, { arbitrary: anyMove, weight: 1 }),
  { minLength: 1, maxLength: 16 },
);

let run = 0;
async function live(steps: readonly Step[]): Promise<void> {
  run += 1;
  const named = (text: string) => text.replace(/^#/, `law-${run}-`);
  for (const [place, step] of steps.entries()) {
    if ('move' in step) {
      const patch = { team: teams[step.team], ...step.since };
      await floor.send('PATCH', `/v1/people/${ids[step.move]}`, patch);
      continue;
    }
    const sent = Object.entries(step).map(([key, value]) =>
      key === 'reverses' || key === 'withdraws' ? [key, named(value as string)] : [key, value],
    );
    const body = { ...(Object.fromEntries(sent) as object), id: `law-${run}-${place}` };
    const answer = await floor.send('POST', '/v1/events', body);
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  }
}

async function get<T>(path: string): Promise<T> {
  const answer = await floor.send('GET', path);
  expect([path, answer.status, answer.body.detail]).toEqual([path, 200, undefined]);
  return answer.body as T;
}

/** An instant at which the log grew, once all metrics were there. */
async function someKnown(share: number): Promise<string> {
  const rows = await floor.db.owner<{ at: Date }[]>`
    select recorded_at as at from event
    where seq >= (select max(seq) from event where type = 'metric.published') order by seq`;
  return new Date(rows[Math.floor(share * (rows.length - 1))]!.at.getTime() + 1).toISOString();
}

const anyQuestion = fc.record({
  metric: fc.nat(),
  of: fc.constantFrom('', 'team-'),
  period: fc.constantFrom('month', 'quarter', 'all', 'last-30'),
  at: fc.option(anyTime),
  known: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

test('the parts of every number add up to what the board shows, then and now', async () => {
  for (const metric of metrics) {
    await expect
      .poll(async () => (await floor.send('GET', `/v1/metrics/${metric}`)).body.rebuild)
      .toBeNull();
  }
  await fc.assert(
    fc.asyncProperty(
      anyHistory,
      fc.array(anyQuestion, { minLength: 8, maxLength: 8 }),
      async (steps, questions) => {
        await live(steps);
        for (const { metric, of, period, at, known } of questions) {
          const query = new URLSearchParams({
            at: at ?? new Date(Date.now()).toISOString(),
            ...(known === null ? {} : { known: await someKnown(known) }),
          });
          const slug = `${of}${metrics[metric % metrics.length]}-${period}`;
          const board = await get<BoardRowsAnswer>(`/v1/boards/${slug}?${query}`);
          const whole = { value: board.total, rank: null, tied: false, entity: { id: '*' } };
          for (const row of [whole, ...board.rows]) {
            const path = `/v1/explain/boards/${slug}/${row.entity.id}?${query}`;
            const answer = await get<ExplainAnswer>(path);
            expect([path, answer.value, answer.rank?.rank ?? null]).toEqual([
              path,
              row.value,
              row.rank,
            ]);
            expect([path, ...faultsOf(answer)]).toEqual([path]);
          }
        }
      },
    ),
    { numRuns: 15 },
  );
}, 180_000);
