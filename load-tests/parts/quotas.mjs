import { applyEvent, Floor, paceOf, targetKey } from '@ovation/domain';
import { rounded } from '../lib/figures.mjs';
import { book, base, staff, START, win } from './made-up.mjs';

const PEOPLE = 1_000;
const SALES = 500_000;
const METRICS = ['revenue', 'deals', 'average-deal'];
const STEPS = 2_000;

/** Where everybody stands against every target of the quarter. */
function standings(floor, window) {
  const now = window.to - 1;
  const days = floor.calendar.workDays(window);
  const all = [];
  for (const id of METRICS) {
    const metric = floor.metrics.get(id);
    for (const person of floor.people.keys()) {
      const { value } = floor.valueOf(metric, null, person, window);
      const key = targetKey('person', person, id, 'quarter', window.key);
      const target = floor.targets.get(key) ?? 0n;
      all.push([id, person, value, paceOf(Number(value ?? 0n), Number(target), days, now)]);
    }
  }
  return all;
}

/** 1,000 people with 3 targets each over 500,000 sales: from nothing, and event by event. */
export function quotas() {
  const floor = new Floor();
  const groups = book();
  for (const event of staff(PEOPLE)) applyEvent(floor, groups, event);
  const window = floor.calendar.windowOf('quarter', START);
  let seq = PEOPLE;
  for (const metric of METRICS) {
    for (let n = 1; n <= PEOPLE; n += 1) {
      seq += 1;
      const target = { scope: 'person', entity: `per_${n}`, metric, value: '1000000' };
      const where = { period: 'quarter', window: window.key };
      applyEvent(floor, groups, { ...base(seq, 'target.set', START), ...target, ...where });
    }
  }
  for (let n = 1; n <= SALES; n += 1) applyEvent(floor, groups, win((seq += 1), PEOPLE));
  const from = performance.now();
  const rebuilt = standings(floor, window);
  const rebuildMs = performance.now() - from;
  const times = [];
  for (let n = 1; n <= STEPS; n += 1) {
    const event = win((seq += 1), PEOPLE);
    const began = performance.now();
    applyEvent(floor, groups, event);
    for (const id of METRICS) {
      floor.valueOf(floor.metrics.get(id), null, event.credits[0].person, window);
    }
    times.push(performance.now() - began);
  }
  const sorted = times.sort((a, b) => a - b);
  return {
    people: PEOPLE,
    targets: METRICS.length,
    sales: SALES,
    standings: rebuilt.length,
    rebuildMs: rounded(rebuildMs),
    perEventP50Ms: rounded(sorted[STEPS / 2], 3),
    perEventP99Ms: rounded(sorted[Math.floor(STEPS * 0.99)], 3),
  };
}
