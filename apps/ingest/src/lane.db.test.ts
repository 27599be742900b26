import { LocalBus } from '@ovation/bus';
import { DEFAULT_SETTINGS } from '@ovation/domain';
import { logChannel, type LogNews } from '@ovation/protocol';
import { createOrganisation, inOrg, readEventsAfter } from '@ovation/store';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { Lane, LaneFull, type LaneAnswer, type LaneEvent } from './lane.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await cloneDatabase(inject('postgresUrl'));
});
afterAll(() => db.close());

async function floorCalled(id: string): Promise<string> {
  await inOrg(db.app, id, (tx) =>
    createOrganisation(tx, { id, name: id, settings: DEFAULT_SETTINGS, demo: false }),
  );
  return id;
}

function event(orgId: string, eventId: string, text?: string): LaneEvent {
  const body = { deal: eventId, credits: [] };
  return {
    row: {
      orgId,
      sourceId: 'crm',
      eventId,
      type: 'deal.lost',
      occurredAt: '2026-11-24T09:31:00.000Z',
      body: text ?? JSON.stringify(body),
      bodyHash: eventId,
    },
    body,
  };
}
const events = (orgId: string, count: number, name = 'e'): LaneEvent[] =>
  Array.from({ length: count }, (_, n) => event(orgId, `${name}${n}`));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
const logged = async (orgId: string) => readEventsAfter(db.app, orgId, 0, 5_000);
const seqs = (answers: readonly LaneAnswer[]): number[] =>
  answers.flatMap((answer) => ('fault' in answer ? [] : [answer.seq])).sort((a, b) => a - b);

/** What a listener on the floor's channel is told, in the order of telling. */
async function news(bus: LocalBus, orgId: string): Promise<LogNews[]> {
  const heard: LogNews[] = [];
  await bus.subscribe(logChannel(orgId), (message) => heard.push(message as LogNews));
  return heard;
}

test.each([
  ['alone', 1, [0]],
  ['first', 9, [0]],
  ['last', 9, [8]],
  ['in the middle', 9, [4]],
  ['twice', 9, [2, 7]],
  ['side by side', 9, [3, 4]],
  ['everywhere', 5, [0, 1, 2, 3, 4]],
])('a sale that cannot be kept, %s, does not fail its neighbours', async (name, count, bad) => {
  const orgId = await floorCalled(`org_bad_${name.replaceAll(' ', '_')}`);
  const lane = new Lane(db.app, new LocalBus());
  const batch = events(orgId, count).map((one, n) =>
    bad.includes(n) ? event(orgId, `bad${n}`, '{"deal": not json') : one,
  );
  const answers = await lane.submit(batch);
  answers.forEach((answer, n) => {
    if (bad.includes(n)) expect(answer).toEqual({ fault: 'poison' });
    else expect(answer).toMatchObject({ duplicate: false, conflict: false });
  });
  expect(seqs(answers)).toEqual(upTo(count - bad.length));
  expect((await logged(orgId)).map((one) => one.seq)).toEqual(upTo(count - bad.length));
});

test('two lanes at once leave the log without a hole and store no retry twice', async () => {
  const orgId = await floorCalled('org_two_lanes');
  const lanes = [new Lane(db.app, new LocalBus()), new Lane(db.pool(3), new LocalBus())];
  const all = events(orgId, 300);
  const poison = event(orgId, 'bad', '{"broken": ');
  const answers = await Promise.all(
    lanes.flatMap((lane, which) =>
      all.map((one, n) => lane.submit(n % 50 === which ? [poison, one] : [one])),
    ),
  );
  const receipts = answers.flat().filter((answer) => !('fault' in answer));
  expect(answers.flat().length - receipts.length).toBe(12);
  expect(seqs(receipts.filter((one) => 'duplicate' in one && !one.duplicate))).toEqual(upTo(300));
  expect((await logged(orgId)).map((one) => one.seq)).toEqual(upTo(300));
});

test('what is submitted together is announced once, in the order of the log', async () => {
  const orgId = await floorCalled('org_news');
  const bus = new LocalBus();
  const heard = await news(bus, orgId);
  const lane = new Lane(db.app, bus);
  await lane.submit(events(orgId, 20));
  await lane.stop();
  await lane.submit(events(orgId, 25));
  await vi.waitFor(() => expect(heard.at(-1)?.to).toBe(25));
  const told = heard.flatMap((one) => one.events ?? []);
  expect(told.map((one) => one.seq)).toEqual(upTo(25));
  expect(told).toEqual(await logged(orgId));
  expect(heard.map(({ from, to }) => [from, to])).toEqual([
    [1, 20],
    [21, 25],
  ]);
});

test('a sender who writes the next sale at once is never left waiting', async () => {
  const orgId = await floorCalled('org_next');
  const lane = new Lane(db.app, new LocalBus());
  let stored = 0;
  const sender = async (): Promise<void> => {
    for (const one of events(orgId, 20)) {
      await lane.submit([one]);
      stored += 1;
    }
  };
  void sender();
  await vi.waitFor(() => expect(stored).toBe(20), { timeout: 3_000 });
});

test('two floors in one batch are numbered and announced each for itself', async () => {
  const [north, south] = [await floorCalled('org_north'), await floorCalled('org_south')];
  const bus = new LocalBus();
  const [inNorth, inSouth] = [await news(bus, north), await news(bus, south)];
  const mixed = upTo(10).map((n) => event(n % 2 ? north : south, `e${n}`));
  await new Lane(db.app, bus).submit(mixed);
  await vi.waitFor(() => expect([inNorth.length, inSouth.length]).toEqual([1, 1]));
  expect([inNorth[0], inSouth[0]]).toMatchObject([
    { from: 1, to: 5 },
    { from: 1, to: 5 },
  ]);
});

test('a database that is away is the server’s fault, and each sale is told so', async () => {
  const orgId = await floorCalled('org_away');
  const gone = db.pool(1);
  await gone.end({ timeout: 0 });
  const answers = await new Lane(gone, new LocalBus()).submit(events(orgId, 3));
  expect(answers).toEqual(Array(3).fill({ fault: 'unavailable' }));
});

test('more than the queue holds is turned away whole', async () => {
  const orgId = await floorCalled('org_full');
  const lane = new Lane(db.app, new LocalBus());
  expect(() => lane.submit(Array(20_001).fill(event(orgId, 'one')) as LaneEvent[])).toThrow(
    LaneFull,
  );
  await lane.stop();
  expect(await logged(orgId)).toEqual([]);
});
