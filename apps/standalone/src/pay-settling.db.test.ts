import { addPrizes, inOrg, type PrizeEntry } from '@ovation/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

/** How periods end: draws and their recovery, and money that was won in contests. */

let crew: Crew;
let now = Date.parse('2026-02-10T12:00:00Z');
beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const definition = {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'sold', sum: 'amount' }],
    components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
    draw: { kind: 'recoverable', amount: '1000.00', periods: 3 },
  };
  const plan = await act('POST', '/v1/plans', { name: 'Draw', from: '2026-01-01', definition });
  await act('POST', `/v1/plans/${plan.id}/versions/1/approve`);
  const person = crew.ids.Ana;
  await act('POST', `/v1/plans/${plan.id}/assignments`, { person, from: '2026-01-01' });
  await act('POST', '/v1/pay/periods', { start: '2026-01-01' });
});
afterAll(() => crew.floor.close());

async function act(method: 'GET' | 'POST', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body ?? (method === 'POST' ? {} : undefined));
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}
const win = (id: string, amount: string, occurredAt: string) =>
  crew.floor.send('POST', '/v1/events', {
    ...{ id, type: 'deal.won', deal: id, person: 'Ana', occurredAt },
    amount: { amount, currency: 'USD' },
  });
const lines = async (posting: string) => {
  const { entries } = await act('GET', `/v1/pay/entries?posting=${posting}`);
  return (entries as { type: string; amount: string }[]).map(({ type, amount }) => [type, amount]);
};
const prize = (id: string, amount: bigint, at: string): PrizeEntry => ({
  ...{ id, contest: 'con_1', person: crew.ids.Ana, prize: 'first', kind: 'money', amount },
  ...{ currency: 'USD', item: {}, place: 1, seq: 1, at: new Date(at), reason: null },
});
const addPrize = (one: PrizeEntry) =>
  inOrg(crew.floor.db.app, crew.floor.orgId, (tx) => addPrizes(tx, crew.floor.orgId, [one]));

test('a draw tops up a weak period and is recovered from a strong one', async () => {
  await win('d1', '4000.00', '2026-01-10T10:00:00Z');
  await act('POST', '/v1/pay/periods/2026-01-01/close');
  expect(await lines('2026-01-01')).toEqual([
    ['earning', '400.00'],
    ['draw_advance', '600.00'],
  ]);
  await win('d2', '13000.00', '2026-02-03T10:00:00Z');
  now = Date.parse('2026-03-02T12:00:00Z');
  await act('POST', '/v1/pay/periods/2026-02-01/close');
  expect(await lines('2026-02-01')).toEqual([
    ['earning', '1300.00'],
    ['draw_recovery', '-300.00'],
  ]);
});

test('money that was won is paid once, and taken back by its name', async () => {
  await addPrize(prize('prz_1', 50_000n, '2026-02-20T10:00:00Z'));
  const url = '/v1/pay/periods/2026-03-01/calculate';
  expect(await act('POST', url)).toMatchObject({ posted: 1, late: { total: '500.00' } });
  expect(await act('POST', url)).toMatchObject({ posted: 0 });
  await addPrize(prize('prz_2', -20_000n, '2026-03-01T10:00:00Z'));
  expect(await act('POST', url)).toMatchObject({ posted: 1, total: '-200.00' });
  const { entries } = await act('GET', '/v1/pay/entries?posting=2026-03-01');
  expect(entries[1].reverses).toBe(entries[0].id);
});

test('what was earned, advanced and recovered is what is paid, to the last cent', async () => {
  const { entries } = await act('GET', '/v1/pay/entries');
  const sum = (type: string) =>
    (entries as { type: string; amount: string }[])
      .filter((entry) => entry.type === type)
      .reduce((all, { amount }) => all + BigInt(amount.replace('.', '')), 0n);
  const { statements } = await act('POST', '/v1/statements', { period: '2026-01-01' });
  const { statements: more } = await act('POST', '/v1/statements', { period: '2026-02-01' });
  const shown = [...statements, ...more].map(({ total }: { total: string }) => total);
  expect(shown).toEqual(['1000.00', '1000.00']);
  expect(sum('earning') + sum('draw_advance') + sum('draw_recovery')).toBe(200_000n);
});
