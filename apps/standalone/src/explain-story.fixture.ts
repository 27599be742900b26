import type { ExplainAnswer, ExplainPart } from '@ovation/protocol';
import { expect } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

/** A month in which everything is corrected that can be: what explanations are tried on. */
export interface Story {
  readonly floor: TestFloor;
  /** By name. */
  readonly ids: Readonly<Record<string, string>>;
  /** By the event's own id. */
  readonly seqs: Readonly<Record<string, number>>;
  post(id: string, event: object): Promise<void>;
  explain<T = ExplainAnswer>(path: string): Promise<T>;
}

const NOW = Date.parse('2026-11-24T12:00:00Z');

export const usd = (amount: string) => ({ amount, currency: 'USD' });
export const EURO = { amount: '50.00', currency: 'EUR' };
/** An hour of a day of the month. */
export const on = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

/** Each event of a part: its id, who, share, whole, value. */
export const eventsOf = (part: ExplainPart | undefined) =>
  part?.events.map(({ event, person, share, whole, value }) =>
    [event.key.split('/')[1], person?.name, share, whole, value].join(' '),
  );

/** Each correction: what was corrected, what it counted and counts, and what ended it. */
export const corrections = ({ corrections: all }: ExplainAnswer) =>
  all.map(({ event, value, now, by }) =>
    [event.key.split('/')[1], value, now ?? '-', by?.type ?? '-', by?.seq ?? '-'].join(' '),
  );

export async function openStory(): Promise<Story> {
  const floor = await openFloor({ clock: { now: () => NOW } });
  const ids: Record<string, string> = {};
  const seqs: Record<string, number> = {};
  for (const [team, parent, names] of [
    ['Sales', null, []],
    ['North', 'Sales', ['Ana', 'Bo']],
    ['South', 'Sales', ['Cy']],
  ] as const) {
    const sent = { name: team, parent: parent && ids[parent] };
    ids[team] = (await floor.send('POST', '/v1/teams', sent)).body.id as string;
    for (const name of names) {
      const email = `${name.toLowerCase()}@example.com`;
      const person = { name, email, team: ids[team] };
      ids[name] = (await floor.send('POST', '/v1/people', person)).body.id as string;
    }
  }
  const post = async (id: string, event: object) => {
    const answer = await floor.send('POST', '/v1/events', { id, ...event });
    expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
    seqs[id] = answer.body.seq as number;
  };
  await tell(floor, post);
  const explain = async <T>(path: string) => {
    const answer = await floor.send('GET', `/v1/explain/${path}`);
    expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
    return answer.body as T;
  };
  return { floor, ids, seqs, post, explain };
}

/** Split, amended, in another currency, reassigned, reversed, lost. */
async function tell(floor: TestFloor, post: Story['post']): Promise<void> {
  await floor.send('PUT', '/v1/rates', { currency: 'EUR', from: '2026-11-01', rate: '1.1' });
  const credits = [
    { person: 'Ana', share: '2/3' },
    { person: 'Bo', share: '1/3' },
  ];
  await post('o1', {
    type: 'deal.opened',
    deal: 'd1',
    person: 'Ana',
    occurredAt: on(2),
    attributes: { account: 'Isdom', product: 'GTX' },
  });
  await post('w1', {
    type: 'deal.won',
    deal: 'd1',
    credits,
    amount: usd('100'),
    occurredAt: on(3),
  });
  await post('a1', { type: 'deal.amended', deal: 'd1', amount: usd('200'), occurredAt: on(4) });
  await post('w2', {
    type: 'deal.won',
    deal: 'd2',
    person: 'Ana',
    amount: EURO,
    occurredAt: on(5),
  });
  await post('w3', {
    type: 'deal.won',
    deal: 'd3',
    person: 'Ana',
    amount: usd('30'),
    occurredAt: on(6),
  });
  await post('m3', { type: 'deal.reassigned', deal: 'd3', person: 'Bo', occurredAt: on(7) });
  await post('w4', {
    type: 'deal.won',
    deal: 'd4',
    person: 'Ana',
    amount: usd('40'),
    occurredAt: on(8),
  });
  await post('r4', { type: 'deal.reversed', reverses: 'w4', occurredAt: on(9) });
  await post('w5', {
    type: 'deal.won',
    deal: 'd5',
    person: 'Ana',
    amount: usd('5'),
    occurredAt: on(9),
  });
  await post('l5', { type: 'deal.lost', deal: 'd5', occurredAt: on(12) });
}
