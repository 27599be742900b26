import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHouse } from './house.fixture.ts';

const KILLS = 20;

let house: TestHouse;
beforeAll(async () => {
  house = await TestHouse.make();
  await house.start();
  for (const name of ['Ana', 'Bo', 'Cy']) await house.send('POST', '/v1/people', { name });
});
afterAll(() => house?.remove());

test(
  'killed in the middle of a load, twenty times: what was acknowledged is in the log once',
  { timeout: 600_000 },
  async () => {
    const acknowledged = new Map<string, number>();
    const unknown = new Set<string>();
    let count = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      let alive = true;
      const sender = async (): Promise<void> => {
        while (alive) {
          count += 1;
          const id = `k${kill}-${count}`;
          const person = ['Ana', 'Bo', 'Cy'][count % 3]!;
          const answer = await house.win(id, person, '1.00').catch(() => undefined);
          if (answer === undefined) unknown.add(id);
          else if (answer.status === 201) acknowledged.set(id, count);
        }
      };
      const before = acknowledged.size;
      const senders = Array.from({ length: 8 }, sender);
      while (acknowledged.size < before + 60 + 20 * (kill % 4)) await turn();
      await house.end('SIGKILL');
      alive = false;
      await Promise.all(senders);
      await house.start();
    }
    const log = await readLog();
    const stored = log.filter((event) => event.type === 'deal.won').map((event) => event.id);
    expect(new Set(stored).size).toBe(stored.length);
    const lost = [...acknowledged.keys()].filter((id) => !stored.includes(id));
    expect(lost).toEqual([]);
    expect(stored.filter((id) => !acknowledged.has(id) && !unknown.has(id))).toEqual([]);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    const board = (await house.send('GET', '/v1/boards/revenue-all')).body;
    expect(board.total).toBe(`${stored.length}.00`);
    // An unknown outcome is settled by sending it again.
    const retried = await Promise.all(
      [...unknown].slice(0, 20).map((id) => house.win(id, 'Ana', '1.00')),
    );
    expect(retried.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
  },
);

test('a clean stop ends with 0 and leaves no Postgres behind', async () => {
  expect(await house.end('SIGTERM')).toBe(0);
  const answer = await fetch(`${house.url}/livez`).catch(() => undefined);
  expect(answer).toBeUndefined();
  const started = performance.now();
  await house.start();
  expect((performance.now() - started) / 1_000).toBeLessThan(10);
});

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

async function readLog(): Promise<{ seq: number; id: string; type: string }[]> {
  const all: { seq: number; id: string; type: string }[] = [];
  for (let after = 0; ;) {
    const { changes, next } = (await house.send('GET', `/v1/changes?after=${after}&limit=1000`))
      .body;
    all.push(...changes);
    if (next === null) return all;
    after = next;
  }
}
