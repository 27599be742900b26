import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barPlaces,
  drawn,
  labelled,
  linePath,
  lonePoints,
  nearest,
  pointPlaces,
  stacked,
  valueAxis,
  type Frame,
} from './chart-maths.ts';

const FRAME: Frame = { width: 400, height: 200, top: 10, right: 10, bottom: 30, left: 50 };
const values = fc.array(
  fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 100)),
);

describe('a value axis', () => {
  it('holds every value and zero inside the frame', () => {
    fc.assert(
      fc.property(values, (list) => {
        const axis = valueAxis(list, FRAME);
        for (const value of [...list, 0]) {
          if (value === null) continue;
          expect(axis.y(value)).toBeGreaterThanOrEqual(FRAME.top - 0.001);
          expect(axis.y(value)).toBeLessThanOrEqual(FRAME.height - FRAME.bottom + 0.001);
        }
        expect(axis.ticks.length).toBeGreaterThan(0);
      }),
    );
  });

  it('of nothing begins at the bottom', () => {
    expect(valueAxis([], FRAME).y(0)).toBe(170);
  });
});

describe('places', () => {
  it('run from the left to the right within the frame', () => {
    for (const places of [barPlaces(7, FRAME), pointPlaces(7, FRAME)]) {
      expect(places.x).toHaveLength(7);
      expect([...places.x].sort((a, b) => a - b)).toEqual(places.x);
      expect(places.x[0]).toBeGreaterThanOrEqual(50);
      expect(places.x[6]).toBeLessThanOrEqual(390);
    }
    expect(barPlaces(1, FRAME).width).toBe(48);
  });

  it('are found by a pointer', () => {
    expect(nearest(61, [50, 60, 70])).toBe(1);
    expect(nearest(500, [50, 60, 70])).toBe(2);
    expect(nearest(5, [])).toBe(-1);
  });

  it('have as many labels as fit, the last among them', () => {
    expect([...labelled(12, 300, 60)].sort((a, b) => a - b)).toEqual([2, 5, 8, 11]);
    expect(labelled(3, 300, 60).size).toBe(3);
    expect(labelled(0, 300, 60).size).toBe(0);
  });
});

describe('a line', () => {
  it('is broken where there is nothing, and a point alone is still seen', () => {
    const axis = valueAxis([1, 3], FRAME);
    const path = linePath([1, null, 3, 3], [0, 10, 20, 30], axis);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(lonePoints([1, null, 3, 3, null, 2])).toEqual([0, 5]);
  });
});

describe('a stack', () => {
  it('adds up, and what is below zero goes down', () => {
    const [first, second] = stacked([
      { key: 'a', values: [1, -2, null] },
      { key: 'b', values: [2, 3, 4] },
    ]);
    expect(first!.bars.map(({ from, to }) => to - from)).toEqual([1, 2, 0]);
    expect(second!.bars.map(({ to }) => to)).toEqual([3, 3, 4]);
    expect(first!.bars[1]).toEqual({ from: -2, to: 0 });
    expect(stacked([])).toEqual([]);
  });

  it('is drawn from exact texts', () => expect(drawn(['1.5', null])).toEqual([1.5, null]));
});
