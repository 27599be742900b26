import { openProgram } from '../lib/house.mjs';
import { rounded, spread } from '../lib/figures.mjs';
import { openPosts } from '../lib/post-client.mjs';
import { nextEvent, windowOfRun } from './events.mjs';

const IN_FLIGHT = 64;
const WARM_UP_MS = 1_500;

/** Single events with a fixed number in flight: how many a second, and how long each takes. */
async function pour(url, path, headers, forMs) {
  const posts = await openPosts(url, { sockets: IN_FLIGHT, headers });
  const { occurredAt } = windowOfRun();
  let times = [];
  let failed = 0;
  const until = async (end) => {
    while (performance.now() < end) {
      const from = performance.now();
      const { status } = await posts.post(path, nextEvent(occurredAt));
      if (status === 201) times.push(performance.now() - from);
      else failed += 1;
    }
  };
  const round = (ms) => {
    const end = performance.now() + ms;
    return Promise.all(Array.from({ length: IN_FLIGHT }, () => until(end)));
  };
  await round(WARM_UP_MS);
  times = [];
  const from = performance.now();
  await round(forMs);
  const seconds = (performance.now() - from) / 1_000;
  posts.close();
  return { perSecond: Math.round(times.length / seconds), failed, ...spread('', times) };
}

/** The door against the same post that stores nothing and against an insert for each request. */
export async function durable(house, seconds) {
  const key = { authorization: `Bearer ${house.key}` };
  const yardstick = await openProgram('yardsticks.mjs');
  try {
    const bare = await pour(yardstick.url, '/bare', {}, seconds * 1_000);
    const insert = await pour(yardstick.url, '/insert', {}, seconds * 1_000);
    const door = await pour(house.url, '/v1/events', key, seconds * 1_000);
    return {
      inFlight: IN_FLIGHT,
      durable: door,
      bare,
      insert,
      durableToBare: rounded(door.perSecond / bare.perSecond, 2),
      durableToInsert: rounded(door.perSecond / insert.perSecond, 2),
    };
  } finally {
    await yardstick.close();
  }
}
