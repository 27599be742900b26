import {
  applyEvent,
  Floor,
  OpenBoard,
  plainBoard,
  RankIndex,
  rankStandings,
} from '@ovation/domain';
import { startRedis } from '@ovation/embedded';
import { createClient } from 'redis';
import { rounded } from '../lib/figures.mjs';
import { temporaryFolder } from '../lib/house.mjs';
import { book, staff, win } from './made-up.mjs';

const PEOPLE = 100_000;
const UPDATES = 100_000;
const SORTS = 5;
const PIPELINED = 200;

const micros = (from, count) => rounded(((performance.now() - from) * 1_000) / count, 2);

/** A new value and the exact rank it gives, in the index that boards use. */
function byIndex(values) {
  const index = new RankIndex('higher');
  values.forEach((value, n) => index.set(`per_${n}`, value, n));
  const from = performance.now();
  for (let n = 0; n < UPDATES; n += 1) {
    const who = (n * 7_919) % PEOPLE;
    values[who] += BigInt(100 + (n % 5_000));
    index.set(`per_${who}`, values[who], n);
    index.rankOf(`per_${who}`);
  }
  return micros(from, UPDATES);
}

/** The same by sorting everybody after each update. */
function bySorting(values) {
  const standings = values.map((value, n) => ({ id: `per_${n}`, value, reachedAt: n }));
  const from = performance.now();
  for (let n = 0; n < SORTS; n += 1) {
    standings[n] = { ...standings[n], value: standings[n].value + 100n };
    rankStandings(standings);
  }
  return micros(from, SORTS);
}

/** The same in a sorted set of Redis, many commands in one round trip. */
async function byRedis(values) {
  const { folder, remove } = await temporaryFolder();
  const redis = await startRedis({ folder });
  if (!redis) return undefined;
  const client = createClient({ url: redis.url });
  try {
    await client.connect();
    for (let at = 0; at < values.length; at += 5_000) {
      const some = values.slice(at, at + 5_000);
      const members = some.map((value, n) => ({ score: Number(value), value: `per_${at + n}` }));
      await client.zAdd('board', members);
    }
    const from = performance.now();
    for (let n = 0; n < UPDATES; n += PIPELINED) {
      const batch = Array.from(
        { length: PIPELINED },
        (_, m) => `per_${((n + m) * 7_919) % PEOPLE}`,
      );
      await Promise.all(
        batch.flatMap((who) => [client.zIncrBy('board', 100, who), client.zRevRank('board', who)]),
      );
    }
    return micros(from, UPDATES);
  } finally {
    client.destroy();
    await redis.stop();
    await remove();
  }
}

/** Folding one event and asking for a rank, on a whole floor of so many. */
function byFloor() {
  const floor = new Floor();
  const groups = book();
  for (const event of staff(PEOPLE)) applyEvent(floor, groups, event);
  const board = new OpenBoard(plainBoard('people', 'revenue', 'year'), floor);
  board.keepUp(floor);
  board.lines(floor, 10);
  let folding = 0;
  let ranking = 0;
  const events = 20_000;
  for (let n = 1; n <= events; n += 1) {
    const event = win(PEOPLE + n, PEOPLE);
    const from = performance.now();
    const change = applyEvent(floor, groups, event);
    const folded = performance.now();
    for (const credit of change.added) board.touch(floor, credit);
    board.rankOf(floor, event.credits[0].person);
    folding += folded - from;
    ranking += performance.now() - folded;
  }
  const each = (ms) => rounded((ms * 1_000) / events, 2);
  return { foldMicros: each(folding), boardMicros: each(ranking) };
}

/** An update with its exact rank among 100,000, side by side. */
export async function ranks() {
  const values = () => Array.from({ length: PEOPLE }, (_, n) => BigInt((n * 104_729) % 10_000_000));
  const indexMicros = byIndex(values());
  const sortMicros = bySorting(values());
  const redisMicros = await byRedis(values());
  return {
    people: PEOPLE,
    indexMicros,
    redisMicros: redisMicros ?? null,
    sortMicros,
    redisToIndex: redisMicros === undefined ? null : rounded(redisMicros / indexMicros),
    sortToIndex: rounded(sortMicros / indexMicros, 0),
    ...byFloor(),
  };
}
