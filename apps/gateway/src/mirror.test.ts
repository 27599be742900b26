import fc from 'fast-check';
import {
  mergeDelta,
  viewOf,
  type BoardDelta,
  type BoardSnapshot,
  type BoardView,
  type PackedRow,
} from '@ovation/protocol';
import { describe, expect, test } from 'vitest';
import { Mirror } from './mirror.ts';

type Frame = BoardDelta | BoardSnapshot;

const meta: BoardSnapshot['meta'] = {
  slug: 'deals-day',
  metric: 'deals',
  of: 'people',
  better: 'higher',
  unit: { kind: 'count', scale: 6 },
  period: 'day',
  from: null,
  to: null,
  workDays: [],
};
const row = (id: string, value: number): PackedRow => [
  id,
  id,
  0,
  0,
  String(value),
  1,
  0,
  null,
  0,
  null,
];

/** What a board looks like at one version, and how the news of it travels. */
interface Step {
  readonly values: readonly number[];
  readonly as: 'delta' | 'snapshot' | 'epoch';
}
const step: fc.Arbitrary<Step> = fc.record({
  values: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 6 }),
  as: fc.constantFrom('delta', 'delta', 'delta', 'snapshot', 'epoch'),
});
const steps = fc.array(step, { minLength: 1, maxLength: 12 });
const range = fc.constantFrom('all', 'top:1', 'top:3', 'top:10');

const rowsOf = (values: readonly number[]): PackedRow[] =>
  values.map((value, slot) => row(`p${slot}`, value));
const totalsOf = (values: readonly number[]) => ({
  total: String(values.reduce((sum, value) => sum + value, 0)),
  target: null,
  count: values.length,
  days: [],
});

/** The frames a projector would send for these steps, the first one a snapshot. */
function framesOf(all: readonly Step[]): Frame[] {
  let epoch = 0;
  let before: readonly number[] = [];
  return all.map(({ values, as }, n) => {
    if (as === 'epoch') epoch += 1;
    const common = { b: 'deals-day', ep: `e${epoch}`, v: n + 1, at: 1_000 + n };
    const rows = rowsOf(values);
    const was = rowsOf(before);
    const u = rows.flatMap((one, slot): [number, PackedRow][] =>
      JSON.stringify(one) === JSON.stringify(was[slot]) ? [] : [[slot, one]],
    );
    const same = JSON.stringify(totalsOf(values)) === JSON.stringify(totalsOf(before));
    before = values;
    if (n > 0 && as === 'delta') {
      const delta: BoardDelta = { kind: 'delta', ...common, f: n, u };
      return same ? delta : { ...delta, totals: totalsOf(values) };
    }
    return { kind: 'snapshot', ...common, meta, totals: totalsOf(values), off: 0, rows };
  });
}

/** What a page does with a frame. */
function shown(view: BoardView | undefined, frame: Frame): BoardView {
  if (frame.kind === 'snapshot') return viewOf(frame);
  const after = mergeDelta(view!, frame);
  if (after === 'gap') throw new Error('a catch-up left a gap');
  return after === 'ignore' ? view! : after;
}

const mirrorOf = (frames: readonly Frame[]): Mirror => {
  const mirror = new Mirror(frames[0] as BoardSnapshot);
  for (const frame of frames.slice(1)) expect(mirror.apply(frame)).toBe('applied');
  return mirror;
};
const fresh = (mirror: Mirror, view: string): BoardView =>
  viewOf(mirror.snapshot(mirror.rangeOf(view, null)));

describe('a viewer who was away', () => {
  test('sees after catching up what a newcomer sees, whenever it left', () => {
    fc.assert(
      fc.property(steps, range, fc.nat(), (all, view, pick) => {
        const frames = framesOf(all);
        const left = (pick % frames.length) + 1;
        const seen = fresh(mirrorOf(frames.slice(0, left)), view);
        const mirror = mirrorOf(frames);
        const frame = mirror.catchUp(mirror.rangeOf(view, null), seen.epoch, seen.version);
        expect(shown(seen, frame)).toEqual(fresh(mirror, view));
      }),
      { numRuns: 500 },
    );
  });

  test('sees the same when it comes and goes all day', () => {
    fc.assert(
      fc.property(steps, range, fc.array(fc.boolean()), (all, view, looks) => {
        const frames = framesOf(all);
        const mirror = new Mirror(frames[0] as BoardSnapshot);
        let seen = fresh(mirror, view);
        frames.slice(1).forEach((frame, n) => {
          mirror.apply(frame);
          if (!looks[n]) return;
          const answer = mirror.catchUp(mirror.rangeOf(view, null), seen.epoch, seen.version);
          seen = shown(seen, answer);
          expect(seen).toEqual(fresh(mirror, view));
        });
      }),
      { numRuns: 300 },
    );
  });

  test('is sent only the slots that changed since, also after a whole board came', () => {
    const mirror = mirrorOf(
      framesOf([
        { values: [5, 4, 3], as: 'snapshot' },
        { values: [5, 4, 9], as: 'snapshot' },
      ]),
    );
    const frame = mirror.catchUp({ from: 0, to: 3 }, 'e0', 1);
    expect(frame).toMatchObject({ kind: 'delta', f: 1, v: 2, u: [[2, row('p2', 9)]] });
  });

  test('is sent the whole board when its epoch is over or its version is from the future', () => {
    const mirror = mirrorOf(framesOf([{ values: [1], as: 'snapshot' }]));
    const all = { from: 0, to: 1 };
    expect(mirror.catchUp(all, 'e9', 1).kind).toBe('snapshot');
    expect(mirror.catchUp(all, 'e0', 2).kind).toBe('snapshot');
    expect(mirror.catchUp(all).kind).toBe('snapshot');
    expect(mirror.catchUp(all, 'e0', 1)).toMatchObject({ kind: 'delta', u: [] });
  });
});

describe('a mirror', () => {
  const frames = framesOf([
    { values: [1, 1], as: 'snapshot' },
    { values: [1, 2], as: 'delta' },
    { values: [3, 2], as: 'delta' },
  ]);

  test('that lost a frame says so and keeps what it has', () => {
    const mirror = mirrorOf(frames.slice(0, 1));
    expect(mirror.apply(frames[2]!)).toBe('gap');
    expect(mirror.version).toBe(1);
    expect(mirror.apply({ ...(frames[1] as BoardDelta), ep: 'e7' })).toBe('gap');
  });

  test('ignores what it knows, in deltas and in snapshots', () => {
    const mirror = mirrorOf(frames);
    for (const frame of frames) expect(mirror.apply(frame)).toBe('ignored');
    expect(mirror.version).toBe(3);
  });

  test('of the first rows takes no row further down, and has what it was given', () => {
    const [first] = framesOf([{ values: [9, 8, 7, 6], as: 'snapshot' }]);
    const mirror = new Mirror({ ...(first as BoardSnapshot), rows: rowsOf([9, 8]) });
    const step = { kind: 'delta', b: 'deals-day', ep: 'e0', at: 1 } as const;
    const u = [
      [1, row('p9', 8)],
      [3, row('p3', 5)],
    ] as const;
    expect([mirror.has(2), mirror.has(3)]).toEqual([true, false]);
    expect(mirror.apply({ ...step, f: 1, v: 2, u })).toBe('applied');
    expect(mirror.snapshot({ from: 0, to: 9 }).rows).toEqual([row('p0', 9), row('p9', 8)]);
    // More rows of the version that is here; whoever watches the first is sent nothing again.
    const rows = [row('p0', 9), row('p9', 8), row('p2', 7), row('p3', 5)];
    expect(mirror.apply({ ...(first as BoardSnapshot), v: 2, rows })).toBe('applied');
    expect(mirror.has(1_000)).toBe(true);
    expect(mirror.catchUp({ from: 0, to: 2 }, 'e0', 2)).toMatchObject({ u: [] });
    mirror.trim(1);
    expect(mirror.snapshot({ from: 0, to: 9 }).rows).toEqual([row('p0', 9)]);
  });

  test('shows somebody their own place with two on either side', () => {
    const mirror = mirrorOf(framesOf([{ values: [6, 5, 4, 3, 2, 1], as: 'snapshot' }]));
    expect(mirror.rangeOf('me', 'p3')).toEqual({ from: 1, to: 6 });
    expect(mirror.rangeOf('me', 'p0')).toEqual({ from: 0, to: 3 });
    expect(mirror.rangeOf('me', 'nobody')).toEqual({ from: 0, to: 0 });
    expect(mirror.catchUp(mirror.rangeOf('me', 'p3'), 'e0', 1).kind).toBe('snapshot');
  });
});
