import { inOrg } from '@ovation/store';
import fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { Answer, TestFloor } from './floor.fixture.ts';

/** Random histories of a floor, and everything that anybody may see of one. */

export const NAMES = ['Ana', 'Bo', 'Cy'] as const;
/** Nobody knows them until they are matched. */
const STRANGERS = ['ext-1', 'ext-2'] as const;
const DAY = 86_400_000;
const WHERE = [{ field: 'attributes.region', is: ['north'] }];

/** Ids that the organisation gave. */
export interface Known {
  readonly people: string[];
  readonly teams: string[];
  /** Of metrics of its own, one of each kind that has no starter. */
  readonly metrics: string[];
  readonly boards: string[];
}

/** One thing that somebody does, on what is there by then. */
export type Deed = (floor: TestFloor, known: Known, id: string) => Promise<Answer>;

const person = fc.constantFrom(...NAMES, ...STRANGERS);
const deal = fc.integer({ min: 1, max: 5 }).map((n) => `law-${n}`);
const time = fc.integer({ min: 0, max: 60 * 24 * 60 });
const cents = fc.integer({ min: 1, max: 90_000 }).map((all) => (all / 100).toFixed(2));
const region = fc.constantFrom(
  {},
  { attributes: { region: 'North' } },
  { attributes: { seats: '7' } },
);

const fact = (body: fc.Arbitrary<object>): fc.Arbitrary<Deed> =>
  fc.tuple(body, time, region).map(
    ([says, minutes, more]) =>
      (floor, _known, id) =>
        floor.send('POST', '/v1/events', {
          id,
          occurredAt: new Date(Date.now() - minutes * 60_000).toISOString(),
          ...('amount' in says || 'activity' in says ? more : {}),
          ...says,
        }),
  );
const amount = cents.map((text) => ({ amount: text, currency: 'USD' }));
const facts = fc.oneof(
  fact(fc.record({ type: fc.constant('deal.won'), deal, person, amount })),
  fact(fc.record({ type: fc.constant('deal.won'), deal, person, amount })),
  fact(fc.record({ type: fc.constant('deal.opened'), deal, person, amount })),
  fact(fc.record({ type: fc.constant('deal.lost'), deal })),
  fact(fc.record({ type: fc.constant('deal.amended'), deal, amount })),
  fact(fc.record({ type: fc.constant('deal.reassigned'), deal, person })),
  fact(
    deal.map((one) => ({
      type: 'deal.split',
      deal: one,
      credits: [
        { person: 'Ana', share: '1/3' },
        { person: 'ext-1', share: '2/3' },
      ],
    })),
  ),
  fact(fc.record({ type: fc.constant('deal.reversed'), deal })),
  fact(
    fc.record({
      type: fc.constantFrom('payment.received', 'payment.refunded'),
      payment: fc.constantFrom('p-1', 'p-2'),
      person,
      amount,
    }),
  ),
  fact(
    fc.record({
      type: fc.constant('activity.logged'),
      activity: fc.constantFrom('call', 'demo'),
      person,
    }),
  ),
  fact(
    fc.record({
      type: fc.constant('activity.logged'),
      activity: fc.constant('demo'),
      person,
      deal,
    }),
  ),
  fact(
    fc.record({
      type: fc.constant('kpi.reported'),
      kpi: fc.constantFrom('calls', 'nps', 'deals'),
      value: fc.constantFrom('3', '-2', '999999999999'),
      person,
    }),
  ),
  fact(
    fc.nat(99).map((n) => ({ type: 'activity.withdrawn', withdraws: `law-0-${n % 4}-${n % 7}` })),
  ),
);

const date = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);
const pick = <T>(all: readonly T[], n: number): T => all[n % all.length]!;

/** Changes of who is who, of what counts and of what is shown. */
const settings: fc.Arbitrary<Deed> = fc
  .tuple(fc.nat(11), fc.nat(99), fc.nat(99))
  .map(([kind, n, m]): Deed => async (floor, known) => {
    const { people, teams, metrics, boards } = known;
    switch (kind) {
      case 0:
      case 1:
        return floor.send('PATCH', `/v1/people/${pick(people, n)}`, {
          team: pick([...teams, null], m),
          since: date(m % 50),
        });
      case 2: {
        const parent = pick([null, teams[0]!, teams[1]!], m);
        return floor.send('PATCH', `/v1/teams/${teams[2]!}`, { parent });
      }
      case 3:
      case 4: {
        const who = await stranger(floor, n);
        const body = { person: pick(people, m) };
        return floor.send('POST', `/v1/unmatched/${who}/match`, body);
      }
      case 5:
        return floor.send('POST', `/v1/unmatched/${await stranger(floor, n)}/undo`, {});
      case 6: {
        const who = await stranger(floor, n);
        return floor.send('POST', `/v1/unmatched/${who}/place`, { team: pick(teams, m) });
      }
      case 7:
      case 8: {
        const events = pick([['deal.won'], ['deal.won', 'deal.lost'], ['deal.opened']], m);
        const caps = n % 2 === 0 ? {} : { caps: { day: '2' } };
        const metric = pick(['deals', 'calls', metrics[0]!], n);
        const definition = { kind: 'count', events, ...caps };
        const from = date(m % 40);
        return floor.send('POST', `/v1/metrics/${metric}/versions`, { definition, from });
      }
      case 9: {
        const metric = pick(['revenue', 'win-rate', 'activity-points', ...metrics], n);
        const answer = await floor.send('POST', '/v1/boards', {
          name: `Board ${n} ${m}`,
          metric,
          period: pick(['all', 'month', 'last-30'], m),
          of: pick(['people', 'teams'], n + m),
          where: WHERE,
          ...(m % 3 === 0 ? { ties: 'first' } : {}),
          ...(m % 4 === 0 ? { rankedBy: pick(['improvement', 'per_head'], n) } : {}),
        });
        if (answer.status === 201) boards.push(String(answer.body.slug));
        return answer;
      }
      case 10: {
        if (boards.length === 0) return floor.send('GET', '/v1/boards');
        const where = [{ field: 'attributes.region', isNot: ['south'] }];
        return floor.send('PATCH', `/v1/boards/${pick(boards, n)}`, { where });
      }
      default: {
        if (boards.length < 3) return floor.send('GET', '/v1/boards');
        return floor.send('DELETE', `/v1/boards/${boards.splice(n % boards.length, 1)[0]}`);
      }
    }
  });

async function stranger(floor: TestFloor, n: number): Promise<string> {
  const rows = await inOrg(
    floor.db.app,
    floor.orgId,
    (tx) => tx<{ subject: string }[]>`
      select distinct credit ->> 'person' as subject from event,
        jsonb_array_elements(case when jsonb_typeof(body::jsonb -> 'credits') = 'array'
          then body::jsonb -> 'credits' else '[]' end) as credit
      where credit ->> 'person' like 'unm%' order by 1`,
  );
  return rows.length === 0 ? 'unm_nobody' : pick(rows, n).subject;
}

/** Batches of deeds. */
export const deeds = fc.array(
  fc.array(fc.oneof({ weight: 4, arbitrary: facts }, settings), { minLength: 3, maxLength: 9 }),
  { minLength: 2, maxLength: 5 },
);

/** Everything is folded, and every change of what counts is counted. */
export function settled(floor: TestFloor): Promise<void> {
  return vi.waitFor(
    async () => {
      const [row] = await inOrg(
        floor.db.app,
        floor.orgId,
        (tx) => tx<{ seq: bigint; head: bigint; counting: bigint }[]>`
          select (select seq from projection) as seq, (select seq from log_head) as head,
            (select count(*) from measure_state where not ready) as counting`,
      );
      expect(row).toEqual({ ...row, seq: row?.head, counting: 0n });
    },
    { timeout: 20_000, interval: 10 },
  );
}

/** People, teams one below another, and a metric of each kind that no starter has. */
export async function settle(floor: TestFloor): Promise<Known> {
  const post = async (url: string, body: object): Promise<string> => {
    const answer = await floor.send('POST', url, body);
    if (answer.status !== 201) throw new Error(`${url}: ${JSON.stringify(answer.body)}`);
    return String(answer.body.id);
  };
  const teams: string[] = [];
  for (const name of ['North', 'South', 'East']) teams.push(await post('/v1/teams', { name }));
  const people: string[] = [];
  for (const [n, name] of NAMES.entries()) {
    const team = teams[n] ?? null;
    people.push(await post('/v1/people', { name, email: `${name}@example.com`, team }));
  }
  const metrics: string[] = [];
  const events = ['deal.won'];
  const of = 'amount';
  for (const [unit, definition] of [
    ['count', { kind: 'count', events: ['activity.logged'], caps: { day: '1' } }],
    ['money', { kind: 'max', of, events }],
    ['money', { kind: 'min', of, events }],
    ['money', { kind: 'latest', of, events }],
    ['count', { kind: 'distinct', of: 'attributes.region', events }],
    ['percent', { kind: 'conversion', from: 'opened', to: 'won' }],
    ['duration', { kind: 'first_activity' }],
    ['money', { kind: 'ratio', top: 'revenue', bottom: 'deals' }],
  ] as const) {
    const name = `A ${definition.kind}`;
    metrics.push(await post('/v1/metrics', { name, unit, better: 'higher', definition }));
  }
  return { people, teams, metrics, boards: [] };
}
