import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { settle } from './laws.fixture.ts';

let floor: TestFloor;
beforeAll(async () => {
  floor = await openFloor();
  await settle(floor);
});
afterAll(() => floor.close());

/** As the store has it: past boards are read there. */
const total = async (): Promise<unknown> => {
  const at = new Date().toISOString();
  return (await floor.send('GET', `/v1/boards/revenue-all?at=${at}`)).body.total;
};
const won = (id: string) =>
  floor.send('POST', '/v1/events', {
    ...{ id, deal: id, type: 'deal.won', person: 'Ana' },
    amount: { amount: '5.00', currency: 'USD' },
  });

test('what could not be written, nor read again at once, is folded when it can', async () => {
  await won('before');
  expect(await total()).toBe('5.00');
  const { owner } = floor.db;
  await owner`revoke insert on credit from ovation_projector`;
  await owner`revoke select on projection from ovation_projector`;
  await won('meanwhile');
  // It waits for the fold, which fails all the while.
  expect(await total()).toBe('5.00');
  await owner`grant insert on credit to ovation_projector`;
  await owner`grant select on projection to ovation_projector`;
  await won('after');
  await expect.poll(total, { timeout: 5_000 }).toBe('15.00');
});
