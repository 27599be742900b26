import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, shown, stand, won } from '../contest.fixture.ts';
import { spinOf } from '../draw.ts';
import { graceEnd } from '../state.ts';

const SEED = 'a11ce'.padEnd(64, '0');
const faces = [
  { factor: '1', weight: 5 },
  { factor: '2', weight: 2 },
  { factor: '0.5', weight: 1 },
];
const contest = contestOf({ kind: 'wheel', faces });
const said = [
  won('p_ada', 100, day(0), 'w0'),
  won('p_ada', 200, day(1), 'w1'),
  won('p_bo', 250, day(2), 'w2'),
  won('p_cy', 33.33, day(3), 'w3'),
];
const half = won('p_bo', 50, day(4), 'w4');

describe('a wheel', () => {
  test('multiplies each event by what it spins, the same for everybody in it', () => {
    const split = {
      ...half,
      credits: [
        { person: 'p_bo', share: '0.5' },
        { person: 'p_di', share: '0.5' },
      ],
    };
    const { spins } = stand(contest, { said, facts: { seed: SEED } });
    expect(spins).toEqual([
      ['s/w0', '1'],
      ['s/w1', '1'],
      ['s/w2', '2'],
      ['s/w3', '0.5'],
    ]);
    const standing = stand(contest, { said: [...said, split], facts: { seed: SEED } });
    // 100 and 200 once; 250 twice, and 25 by w4; a half of 33.33 is 16.665.
    expect(shown(standing).slice(0, 2)).toEqual(['1 bo 525', '2 ada 300']);
    expect(lineOf(standing, 'p_cy')).toMatchObject({ score: 1_667n, raw: 3_333n });
    expect(lineOf(standing, 'p_di').score).toBe(lineOf(standing, 'p_bo').score - 50_000n);
  });

  test('stands still until its seed is known', () => {
    const standing = stand(contest, { said });
    expect(shown(standing).slice(0, 2)).toEqual(['1 ada 300', '2 bo 250']);
    expect(standing.spins).toEqual([]);
  });

  test('tells its seed when nothing can be made up for it any more', () => {
    const facts = { seed: SEED };
    expect(stand(contest, { said, facts }).draw).toBeUndefined();
    const later = stand(contest, { said, facts, now: graceEnd(contest) });
    expect(later.draw).toMatchObject({ seed: SEED, tickets: [], drawn: [] });
  });

  test('shows its faces as often as they weigh', () => {
    const counts = [0, 0, 0];
    for (let n = 0; n < 4_000; n += 1) counts[spinOf(SEED, `s/${n}`, [5, 2, 1])]! += 1;
    [2_500, 1_000, 500].forEach((expected, face) => {
      expect(Math.abs(counts[face]! - expected)).toBeLessThan(100);
    });
  });
});
