import { API_LIMITS, type IncomingEvent } from '@ovation/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BATCH_BYTES, BATCH_EVENTS } from './batch.ts';
import { ClientClosed, EventRefused, QueueFull, SendFailed } from './errors.ts';
import { PretendHouse, type Mishap } from './house.fixture.ts';

const call = (extra: object = {}): IncomingEvent =>
  ({ type: 'activity.logged', activity: 'call', person: 'a', ...extra }) as IncomingEvent;
const calls = (count: number) => Array.from({ length: count }, (_, n) => call({ id: `e${n}` }));
const MISHAPS: Mishap[] = [
  'none',
  'lost before',
  'lost after',
  'busy',
  'too fast',
  'half unavailable',
  'gateway page',
];

test('its bounds are those of the house', () => {
  expect([BATCH_EVENTS, BATCH_BYTES]).toEqual([API_LIMITS.batchEvents, API_LIMITS.bodyBytes]);
});

test('whatever happens on the way, every event is stored once and has its receipt', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...MISHAPS), { maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
      async (mishaps, named) => {
        const house = new PretendHouse(mishaps);
        const sender = house.sender();
        const events = named.map((own, n) => call(own ? { id: `e${n}` } : {}));
        const receipts = await Promise.all(events.map((event) => sender.send(event)));
        expect(new Set(house.stored).size).toBe(house.stored.length);
        expect(house.stored).toHaveLength(events.length);
        expect(receipts.map((one) => house.stored[one.seq - 1])).toEqual(
          receipts.map((one) => one.id),
        );
        expect(sender.waiting).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

describe('batches', () => {
  test('hold a thousand events at most, in the order in which they were given', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    const sent = calls(2_500).map((event) => sender.send(event));
    await sender.flush();
    await Promise.all(sent);
    expect(house.sizes).toEqual([1_000, 1_000, 500]);
    expect(house.stored).toEqual(calls(2_500).map((event) => event.id));
  });

  test('hold a mebibyte at most', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    const large = calls(5).map((event) => ({ ...event, reason: 'é'.repeat(200_000) }));
    await Promise.all(large.map((event) => sender.send(event)));
    expect(house.sizes).toEqual([2, 2, 1]);
  });

  test('are halved until only the event that spoils them is refused', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    const events = calls(100).map((event, n) => (n === 61 ? { ...event, poison: true } : event));
    const settled = await Promise.allSettled(events.map((event) => sender.send(event)));
    const refused = settled.flatMap((one, n) => (one.status === 'rejected' ? [n] : []));
    expect(refused).toEqual([61]);
    expect(house.stored).toHaveLength(99);
  });
});

describe('an event', () => {
  test('that is refused rejects alone and is not tried again', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    const [good, bad] = await Promise.allSettled([
      sender.send(call({ id: 'good' })),
      sender.send(call({ id: 'bad', bad: true })),
    ]);
    expect(good).toMatchObject({ value: { id: 'good', seq: 1, duplicate: false } });
    expect(bad).toMatchObject({ reason: { id: 'bad', problem: { status: 422 } } });
    expect((bad as PromiseRejectedResult).reason).toBeInstanceOf(EventRefused);
    expect(house.sizes).toEqual([2]);
  });

  test('keeps the id that it was given before the first try', async () => {
    const house = new PretendHouse(['lost after', 'lost after']);
    const receipt = await house.sender().send(call());
    expect(receipt).toEqual({ id: 'own-1', seq: 1, duplicate: true });
  });

  test('is tried as often as said, and then says what was last wrong', async () => {
    const house = new PretendHouse(['lost before', 'busy', 'lost before']);
    const failed = await house
      .sender({ tries: 3 })
      .send(call({ id: 'e' }))
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SendFailed);
    expect(failed).toMatchObject({ id: 'e', cause: expect.any(TypeError) as Error });
    expect(house.sizes).toHaveLength(3);
  });

  test('can be sent right when another was answered', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    for (let n = 0; n < 20; n += 1) await sender.send(call({ id: `e${n}` }));
    expect(house.stored).toHaveLength(20);
  });
});

describe('waiting', () => {
  test('grows with every try, and is never shorter than the house asks for', async () => {
    const house = new PretendHouse(['lost before', 'lost before', 'busy', 'too fast']);
    await house.sender().send(call());
    const [first, second, busy, fast] = house.waits;
    expect([first, second]).toEqual([125, 250]);
    expect(busy).toBeGreaterThanOrEqual(7_000);
    expect(fast).toBeGreaterThanOrEqual(2_000);
  });

  test('is bounded: more than may wait is refused at once', async () => {
    const house = new PretendHouse();
    const sender = house.sender({ queueMax: 2 });
    const first = [sender.send(call()), sender.send(call())];
    await expect(sender.send(call())).rejects.toThrow(QueueFull);
    expect(sender.waiting).toBe(2);
    await Promise.all(first);
    await expect(sender.send(call())).resolves.toMatchObject({ duplicate: false });
  });

  test('ends with the client', async () => {
    const house = new PretendHouse();
    const sender = house.sender();
    const sent = sender.send(call());
    sender.end();
    await expect(sent).rejects.toThrow(ClientClosed);
    await expect(sender.send(call())).rejects.toThrow(ClientClosed);
    expect(house.stored).toEqual([]);
  });
});
