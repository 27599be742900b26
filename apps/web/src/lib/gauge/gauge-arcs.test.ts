import { describe, expect, it } from 'vitest';
import { gaugeArcs } from './gauge-arcs.ts';

describe('gaugeArcs', () => {
  it('begins at the lower left and ends at the lower right', () => {
    const { track } = gaugeArcs({ attainment: 0, expected: null });
    expect(track.startsWith('M-107.387,62')).toBe(true);
    expect(track).toContain('107.387,62');
  });

  it('reaches straight up at half of its range', () => {
    const { pace } = gaugeArcs({ attainment: 0, expected: 0.625 });
    expect(pace).toMatchObject({ x1: 179, x2: 179, y1: 43, y2: 7, stacked: false });
  });

  it('draws nothing for nothing, and nothing for a negative value', () => {
    expect(gaugeArcs({ attainment: 0, expected: 0 }).reached).toBe('');
    expect(gaugeArcs({ attainment: -0.2, expected: 0 }).reached).toBe('');
  });

  it('hatches the gap to pace only while behind', () => {
    expect(gaugeArcs({ attainment: 0.78, expected: 0.81 }).missing).not.toBe('');
    expect(gaugeArcs({ attainment: 0.85, expected: 0.81 }).missing).toBe('');
  });

  it('rests at its stop past 125 %', () => {
    const full = gaugeArcs({ attainment: 1.25, expected: null }).reached;
    expect(gaugeArcs({ attainment: 3, expected: null }).reached).toBe(full);
    expect(full).toBe(gaugeArcs({ attainment: 0, expected: null }).track);
  });

  it.each([
    ['far before the target', 0.4, true],
    ['just before the target', 0.95, false],
    ['unknown', null, true],
  ] as const)('labels the target while pace is %s: %s', (_, expected, labelled) => {
    expect(gaugeArcs({ attainment: 0.5, expected }).targetLabelled).toBe(labelled);
  });

  it('puts the label of an early pace at the left and breaks it where the room is narrow', () => {
    expect(gaugeArcs({ attainment: 0, expected: 0.15 }).pace).toMatchObject({
      side: 'left',
      stacked: true,
    });
  });
});
