import { LivePay, PaidGroups } from '@ovation/ingest';
import { liveChannel, type LiveNews } from '@ovation/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

/**
 * Pay that is kept up to date, event by event, is what is worked out from nothing: whatever is
 * sold, changed, shared, taken back and paid, in whatever order it comes.
 */

let crew: Crew;
let now = Date.parse('2026-02-20T12:00:00Z');
beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const plan = await act('POST', '/v1/plans', {
    ...{ name: 'Field', from: '2026-01-01', definition: RULES },
  });
  await act('POST', `/v1/plans/${plan.id}/versions/1/approve`);
  for (const name of PEOPLE) {
    const seat = { person: crew.ids[name], from: '2026-01-01' };
    await act('POST', `/v1/plans/${plan.id}/assignments`, seat);
  }
  await act('POST', '/v1/pay/periods', { start: '2026-01-01' });
  await act('POST', '/v1/pay/periods', { start: '2026-02-01' });
  await listen();
});
afterAll(() => crew.floor.close());

/** Whom the projector told of since it was asked last; `all` for everybody. */
const toldOf = new Set<string>();
async function listen() {
  await crew.floor.bus.subscribe(liveChannel(crew.floor.orgId), (message) => {
    const news = message as LiveNews;
    if (news.kind === 'pay') for (const who of news.people ?? ['all']) toldOf.add(who);
  });
}

const PEOPLE = ['Ana', 'Bo'] as const;
const PERIODS = ['2026-01-01', '2026-02-01'] as const;
type Rep = (typeof PEOPLE)[number];
/** Everything that could go wrong between a fact and a figure: tiers, limits, waiting, shares. */
const RULES = {
  schema: 1,
  currency: 'USD',
  measures: [
    { id: 'sold', sum: 'amount', window: 'quarter', where: { kind: ['booked', 'cancelled'] } },
    { id: 'large', sum: 'count', where: { kind: ['booked', 'cancelled'], product: ['Pro'] } },
  ],
  components: [
    {
      ...{ id: 'base', kind: 'tiers', measure: 'sold', position: 'amount', mode: 'marginal' },
      bands: [
        { from: '0', rate: '0.05' },
        { from: '1000', rate: '0.0777' },
      ],
    },
    { id: 'each', kind: 'per_event', measure: 'large', amount: '33.33' },
    { id: 'most', kind: 'cap', scope: 'period', amount: '400.00', applies_to: ['base'] },
  ],
  pay: { on: 'invoice_paid', proration: 'paid_share' },
};

async function act(method: 'GET' | 'POST', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body ?? (method === 'POST' ? {} : undefined));
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}

interface Step {
  readonly what: 'won' | 'amended' | 'reassigned' | 'split' | 'reversed' | 'paid' | 'refunded';
  readonly deal: number;
  readonly day: number;
  readonly cents: number;
  readonly who: Rep;
}
const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom<Step['what'][]>(
      ...(['won', 'won', 'won', 'amended', 'reassigned', 'split'] as const),
      ...(['reversed', 'paid', 'paid', 'refunded'] as const),
    ),
    deal: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 5, max: 45 }),
    cents: fc.integer({ min: 1, max: 200_000 }),
    who: fc.constantFrom(...PEOPLE),
  }),
  { minLength: 6, maxLength: 10 },
);

let run = 0;
let sent = 0;
/** What a step says to the API. A deal that is not there yet, or no more, may be spoken of too. */
function eventOf({ what, deal, day, cents, who }: Step): object {
  const id = `e${(sent += 1)}`;
  const occurredAt = new Date(Date.UTC(2026, 0, day, 10)).toISOString();
  const of = { id, deal: `r${run}-d${deal}`, occurredAt };
  const amount = { amount: (cents / 100).toFixed(2), currency: 'USD' };
  const payment = `r${run}-p${deal}`;
  switch (what) {
    case 'won': {
      const attributes = { product: cents % 2 ? 'Pro' : 'Basic', account: `Account ${deal}` };
      return { ...of, type: 'deal.won', person: who, amount, attributes };
    }
    case 'amended':
      return { ...of, type: 'deal.amended', amount };
    case 'reassigned':
      return { ...of, type: 'deal.reassigned', person: who };
    case 'split':
      return {
        ...{ ...of, type: 'deal.split' },
        credits: [
          { person: 'Ana', share: '2/3' },
          { person: 'Bo', share: '1/3' },
        ],
      };
    case 'reversed':
      return { ...of, type: 'deal.reversed' };
    case 'paid':
      return { ...of, type: 'payment.received', payment, person: who, amount };
    case 'refunded':
      return { ...of, type: 'payment.refunded', payment, amount };
  }
}

/** What somebody's pay is, worked out from nothing. */
async function fromNothing(who: Rep) {
  const { deps, orgId } = crew.floor;
  const book = await new LivePay(deps, new PaidGroups(deps.sql)).book(orgId);
  return PERIODS.map((period) => {
    const payee = book.engineOf(period).payee(crew.ids[who])!;
    const own = payee.periods.find((one) => one.period === period)!;
    return { period, earned: own.earnedMinor, held: own.heldMinor };
  });
}

const same = (a: unknown, b: unknown) => textOf(a) === textOf(b);
const textOf = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));

const minorOf = (text: string) => BigInt(text.replace('.', ''));
const total = (amounts: readonly { amount: string }[]) =>
  amounts.reduce((sum, { amount }) => sum + minorOf(amount), 0n);

/** What the API says of somebody: its sums hang together, and it is asked what a deal would pay. */
async function asTold(who: Rep) {
  await crew.as[who]('POST', '/v1/pay/deal', { amount: '700.00' });
  const told = [];
  for (const period of PERIODS) {
    const { body } = await crew.as[who]('GET', `/v1/pay/me?period=${period}`);
    expect(total(body.parts), JSON.stringify(body.parts)).toBe(minorOf(body.payable));
    expect(total(body.components)).toBe(minorOf(body.earned));
    const whys = body.parts.map(({ why }: { why: string }) => why);
    const waits = body.pending.filter(({ why }: { why: string }) =>
      ['unpaid', 'held', 'holdback', 'not_invoiced'].includes(why),
    );
    // Nothing is explained away: what is left over is held, or the period takes nothing any more.
    if (whys.includes('held')) expect(waits).not.toEqual([]);
    expect(whys.includes('elsewhere') && body.period.state !== 'closed').toBe(false);
    told.push({ period, earned: minorOf(body.earned), held: total(waits) });
  }
  return told;
}

test(
  'pay that is kept is pay from nothing, and whose it is is told, after every event',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        run += 1;
        for (const step of story) {
          toldOf.clear();
          const before = await Promise.all(PEOPLE.map(fromNothing));
          const said = await crew.floor.send('POST', '/v1/events', eventOf(step));
          expect(said.status, JSON.stringify(said.body)).toBe(201);
          expect(await asTold(step.who)).toEqual(await fromNothing(step.who));
          // Whoever's pay is other than before was told so.
          for (const [index, who] of PEOPLE.entries()) {
            if (same(before[index], await fromNothing(who))) continue;
            const told = () => toldOf.has('all') || toldOf.has(crew.ids[who]);
            await vi.waitFor(() => expect(told()).toBe(true));
          }
        }
        for (const who of PEOPLE) expect(await asTold(who)).toEqual(await fromNothing(who));
        // What is posted and closed meanwhile changes no figure, and the steps still add up.
        if (run === 2) await act('POST', '/v1/pay/periods/2026-01-01/calculate');
        if (run === 3) {
          now = Date.parse('2026-02-21T12:00:00Z');
          await act('POST', '/v1/pay/periods/2026-01-01/close');
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
  },
);
