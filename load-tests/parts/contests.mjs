import {
  applyEvent,
  backtestContest,
  contestReader,
  Floor,
  freezeContest,
  LiveContest,
  standContest,
} from '@ovation/domain';
import { rounded, sleep } from '../lib/figures.mjs';
import { openHouse } from '../lib/house.mjs';
import { makeReps } from './events.mjs';
import { base, book, staff, START, win } from './made-up.mjs';
import { openWalls, walls } from './walls.mjs';

const PEOPLE = 1_000;
const CONTESTS = 200;
const SCREENS = 20;
const PER_SECOND = 200;
const DAY_MS = 86_400_000;
const STARTED_WITHIN_MS = 120_000;
const SETTLED_MS = 2_000;

const rules = (id, from, to) => ({
  id,
  of: 'people',
  scoring: { metric: 'revenue' },
  rules: { kind: 'highest' },
  who: {},
  from,
  to,
  graceHours: 24,
  ties: 'earliest',
  prizes: [
    { id: 'first', for: { to: 'ranks', from: 1, until: 3 }, item: { kind: 'points', points: 100 } },
  ],
});

/** Frames to walls while 200 contests of 1,000 people go on and are watched, against calm. */
export async function contests(seconds) {
  const house = await openHouse();
  try {
    await makeReps(house, PEOPLE);
    const load = { screens: SCREENS, perSecond: PER_SECOND, seconds, reps: PEOPLE };
    const calm = await walls(house, load);
    const ids = await beginContests(house);
    const frames = [];
    // Every contest is watched.
    const slugs = ids.map((id) => `contest-${id}`);
    const close = await openWalls(house, ids.length, slugs, (frame) => frames.push(frame));
    // To open them all at once is not what is measured.
    await sleep(SETTLED_MS);
    const busy = await walls(house, load);
    close();
    return {
      people: PEOPLE,
      contests: ids.length,
      perSecond: busy.perSecond,
      contestFrames: frames.length,
      calmP99Ms: calm.frameP99Ms,
      busyP99Ms: busy.frameP99Ms,
      busyToCalm: rounded(busy.frameP99Ms / calm.frameP99Ms, 2),
      ...finished(),
      ...backtested(),
    };
  } finally {
    await house.close();
  }
}

async function beginContests(house) {
  const now = Date.now();
  const [from, to] = [now - 3 * DAY_MS, now + 3 * DAY_MS].map((at) => new Date(at).toISOString());
  const ids = [];
  for (let n = 0; n < CONTESTS; n += 1) {
    const { id: _, ...definition } = rules('', from, to);
    const made = await house.call('POST', '/v1/contests', { name: `Load ${n}`, definition });
    await house.call('POST', `/v1/contests/${made.id}/publish`, {});
    ids.push(made.id);
  }
  const deadline = performance.now() + STARTED_WITHIN_MS;
  while (performance.now() < deadline) {
    const { contests: all } = await house.call('GET', '/v1/contests');
    if (all.every((one) => one.entrants !== null)) return ids;
    await sleep(500);
  }
  throw new Error('the contests did not start in time');
}

/** A floor of 1,000 people with a year of sales behind it. */
function madeUpFloor(sales) {
  const floor = new Floor();
  const groups = book();
  for (const event of staff(PEOPLE)) applyEvent(floor, groups, event);
  let seq = PEOPLE;
  const next = () => applyEvent(floor, groups, win((seq += 1), PEOPLE));
  for (let n = 0; n < sales; n += 1) next();
  return { floor, groups, next, seqAfter: () => (seq += 1) };
}

const SALES = 20_000;
const COSTED = 4_000;

/** What an event costs a floor that has so many contests behind it, against none. */
function finished() {
  const cost = (count) => {
    const { floor, groups, next, seqAfter } = madeUpFloor(SALES);
    for (let n = 0; n < count; n += 1) {
      const definition = rules(`con_${n}`, START, START + DAY_MS);
      const reader = contestReader(floor);
      const frozen = freezeContest(definition, reader);
      const contest = definition.id;
      const tell = (type, more) =>
        applyEvent(floor, groups, { ...base(seqAfter(), type, START), contest, ...more });
      tell('contest.published', { definition, commitment: null });
      tell('contest.started', { frozen });
      const result = { asOf: 1, unit: { kind: 'count', scale: 6 }, lines: [], awards: [] };
      tell('contest.closed', { result });
    }
    const from = performance.now();
    for (let n = 0; n < COSTED; n += 1) next();
    return ((performance.now() - from) * 1_000) / COSTED;
  };
  cost(0);
  const [none, many] = [cost(0), cost(200)];
  return {
    eventMicros: rounded(none),
    eventMicrosAfter200: rounded(many),
    finishedToNone: rounded(many / none, 2),
    liveTouchMicros: rounded(liveTouch()),
  };
}

/** One credit and the standing of 1,000 people after it. */
function liveTouch() {
  const { floor, next } = madeUpFloor(SALES);
  const reader = contestReader(floor);
  const definition = rules('con_live', START - 400 * DAY_MS, START + 400 * DAY_MS);
  const frozen = freezeContest(definition, reader);
  const facts = { frozen, pauses: [], out: new Set(), withheld: new Set(), seed: null };
  const live = new LiveContest(definition, facts, reader);
  live.standing();
  let took = 0;
  for (let n = 0; n < COSTED; n += 1) {
    const change = next();
    const from = performance.now();
    for (const credit of change.added) live.touch(credit);
    live.standing();
    took += performance.now() - from;
  }
  return (took * 1_000) / COSTED;
}

const BACKTESTED_SALES = 120_000;
const WEEKS = 12;

/** Twelve weeks of 1,000 people through a draft. */
function backtested() {
  const { floor } = madeUpFloor(BACKTESTED_SALES);
  const reader = contestReader(floor);
  const newest = floor.clock + 1;
  const windows = Array.from({ length: WEEKS }, (_, index) => {
    const to = newest - (WEEKS - 1 - index) * 7 * DAY_MS;
    return { from: to - 7 * DAY_MS, to };
  });
  const engine = { freeze: freezeContest, stand: standContest };
  const contest = rules('con_test', newest, newest + 7 * DAY_MS);
  const from = performance.now();
  const result = backtestContest(contest, windows, reader, engine);
  return {
    backtestWeeks: WEEKS,
    backtestEvents: result.events,
    backtestMs: rounded(performance.now() - from),
  };
}
