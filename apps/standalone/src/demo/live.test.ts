import { DEFAULT_SETTINGS } from '@ovation/domain';
import { expect, test } from 'vitest';
import { live } from './live.ts';
import type { DemoEvent } from './market.ts';
import { DEMO_PEOPLE } from './people.ts';

/** Tuesday 24 November 2026, ten in the morning and ten in the evening, UTC. */
const MORNING = Date.UTC(2026, 10, 24, 10);
const EVENING = Date.UTC(2026, 10, 24, 22);
const HOUR_MS = 3_600_000;

function floor(start: number, nonce = 'n1') {
  const clock = { at: start };
  const shared = { seed: 7, settings: DEFAULT_SETTINGS, people: DEMO_PEOPLE };
  return { clock, steps: live({ ...shared, nonce, now: () => clock.at }) };
}

/** Runs the floor for a while, waiting as told. */
function run(start: number, lengthMs: number, nonce?: string) {
  const { clock, steps } = floor(start, nonce);
  const seen: { at: number; events: readonly DemoEvent[] }[] = [];
  for (;;) {
    const { delayMs, events } = steps.next();
    clock.at += delayMs;
    if (clock.at >= start + lengthMs) return seen;
    seen.push({ at: clock.at, events });
  }
}

const gaps = (times: readonly number[]) =>
  times.slice(1).map((at, index) => at - (times[index] ?? 0));
const isWin = ({ events }: { events: readonly DemoEvent[] }) =>
  events.some(({ type }) => type === 'deal.won');

test.each([
  ['in working hours', MORNING, [2_000, 6_000], [120_000, 300_000]],
  ['outside them', EVENING, [5_000, 10_000], [180_000, 420_000]],
])('%s the floor keeps its tempo', (_name, start, [quick = 0, slow = 0], [soon = 0, late = 0]) => {
  const seen = run(start, HOUR_MS);
  const wins = gaps(seen.filter(isWin).map(({ at }) => at));
  const ticks = gaps(seen.filter((step) => !isWin(step)).map(({ at }) => at));
  // A millisecond either way: delays are whole.
  expect(Math.min(...ticks)).toBeGreaterThanOrEqual(quick - 1);
  expect(Math.max(...ticks)).toBeLessThanOrEqual(slow + 1);
  expect(Math.min(...wins)).toBeGreaterThanOrEqual(soon - 1);
  expect(Math.max(...wins)).toBeLessThanOrEqual(late + 1);
});

test('the first win comes within half a minute', () => {
  expect(run(MORNING, 30_000).some(isWin)).toBe(true);
});

test('the same seed and nonce give the same events; another start gives other ids', () => {
  const ids = (nonce: string) =>
    run(MORNING, HOUR_MS, nonce).flatMap(({ events }) => events.map(({ id }) => id));
  expect(ids('n1')).toEqual(ids('n1'));
  const both = [...ids('n1'), ...ids('n2')];
  expect(new Set(both).size).toBe(both.length);
});

test('only deals that are open move or end', () => {
  const open = new Set<string>();
  for (const { type, deal = '' } of run(MORNING, 8 * HOUR_MS).flatMap(({ events }) => events)) {
    if (type === 'deal.opened') open.add(deal);
    if (type === 'deal.stage_changed') expect(open.has(deal)).toBe(true);
    if (type === 'deal.won' || type === 'deal.lost') expect(open.delete(deal)).toBe(true);
  }
});

test('after a pause nothing is caught up', () => {
  const { clock, steps } = floor(MORNING);
  steps.next();
  clock.at += 5 * HOUR_MS;
  for (let step = 0; step < 3; step += 1) {
    const { delayMs } = steps.next();
    expect(delayMs).toBeGreaterThan(500);
    clock.at += delayMs;
  }
});

test('a day that begins is a day like others', () => {
  const seen = run(EVENING, 4 * HOUR_MS);
  expect(seen.at(-1)?.at).toBeGreaterThan(EVENING + 3 * HOUR_MS);
});
