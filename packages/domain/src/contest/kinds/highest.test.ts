import { describe, expect, test } from 'vitest';
import {
  contestOf,
  day,
  forPlaces,
  lineOf,
  paid,
  shown,
  stand,
  STAFF,
  WEEK_END,
  won,
  HOUR,
} from '../contest.fixture.ts';

const PRIZES = [forPlaces('first', 1, 1, '300'), forPlaces('second', 2, 2, '200')];
const week = contestOf({ kind: 'highest' }, { prizes: PRIZES });
const said = [
  won('p_ada', 1_000, day(0)),
  won('p_bo', 700, day(1)),
  won('p_ada', 500, day(2), 'ada2'),
  won('p_cy', 1_500, day(3)),
];

describe('the highest', () => {
  test('leads, and who got there first is ahead of who is level', () => {
    const standing = stand(week, { said });
    expect(shown(standing)).toEqual(['1 ada 1500', '2 cy 1500', '3 bo 700', '- di 0']);
    expect(paid(standing.awards)).toEqual(['ada 300 first', 'cy 200 second']);
    expect(lineOf(standing, 'p_ada').reachedAt).toBe(day(2));
    expect(lineOf(standing, 'p_bo').gap).toBe(80_000n);
    expect(standing.total).toBe(370_000n);
  });

  test('shares a place, and its whole prize, where ties are shared', () => {
    const standing = stand({ ...week, ties: 'shared' }, { said });
    expect(shown(standing)).toEqual(['1 ada 1500', '1 cy 1500', '3 bo 700', '- di 0']);
    expect(paid(standing.awards)).toEqual(['ada 300 first', 'cy 300 first']);
    expect(standing.lines.map(({ tied }) => tied)).toEqual([true, true, false, false]);
  });

  test('splits the prizes of the places that are tied', () => {
    const standing = stand({ ...week, ties: 'split' }, { said });
    const prizes = ['ada 150 first', 'cy 150 first', 'ada 100 second', 'cy 100 second'];
    expect(paid(standing.awards)).toEqual(prizes);
  });

  test('goes to whoever scores first after the end, by sudden death', () => {
    const after = [won('p_cy', 1, WEEK_END + HOUR), won('p_ada', 50, WEEK_END + 2 * HOUR)];
    const sudden = { ...week, ties: 'sudden_death' as const };
    const now = WEEK_END + 3 * HOUR;
    const standing = stand(sudden, { said: [...said, ...after], now });
    expect(shown(standing).slice(0, 2)).toEqual(['1 cy 1500', '2 ada 1500']);
    expect(shown(stand(sudden, { said })).slice(0, 2)).toEqual(['1 ada 1500', '2 cy 1500']);
    const late = [won('p_cy', 1, WEEK_END + 24 * HOUR)];
    const still = stand(sudden, { said: [...said, ...late], now: WEEK_END + 25 * HOUR });
    expect(shown(still)[0]).toBe('1 ada 1500');
  });

  test('does not see pauses, who left, or what is withheld', () => {
    const pauses = [{ from: day(3, 0), to: day(4, 0) }];
    expect(shown(stand(week, { said, facts: { pauses } }))[1]).toBe('2 bo 700');
    const out = new Set(['p_ada']);
    const without = stand(week, { said, facts: { out } });
    expect(shown(without)).toEqual(['1 cy 1500', '2 bo 700', '- ada 0', '- di 0']);
    const withheld = new Set(['s/ada2']);
    expect(shown(stand(week, { said, facts: { withheld } }))[1]).toBe('2 ada 1000');
  });

  test('is what counts: up to the cap, from what qualifies, times the handicap', () => {
    const capped = stand({ ...week, scoring: { metric: 'revenue', cap: '1200' } }, { said });
    expect(shown(capped)).toEqual(['1 ada 1200', '2 cy 1200', '3 bo 700', '- di 0']);
    expect(lineOf(capped, 'p_ada')).toMatchObject({ raw: 150_000n, reachedAt: day(2) });
    const serious = stand({ ...week, qualify: '700.01' }, { said });
    expect(shown(serious)).toEqual(['1 ada 1500', '2 cy 1500', '- bo 700', '- di 0']);
    const fair = { by: 'hand', factors: { p_bo: '2.5' } } as const;
    const handicapped = stand({ ...week, handicap: fair }, { said });
    expect(shown(handicapped)[0]).toBe('1 bo 1750');
    expect(lineOf(handicapped, 'p_bo').raw).toBe(70_000n);
  });

  test('is the lowest where less is better, and a mean is a mean', () => {
    const open = (n: number, at: number) =>
      ({ type: 'deal.opened', deal: `s/d-w${n}`, credits: [], at }) as const;
    const cycles = [open(1, day(0, 0)), open(2, day(0, 0)), open(3, day(0, 0))];
    const wins = [
      won('p_ada', 10, day(1, 0), 'w1'),
      won('p_bo', 10, day(0, 4), 'w2'),
      won('p_ada', 10, day(0, 6), 'w3'),
    ];
    const quick = contestOf({ kind: 'highest' }, { scoring: { metric: 'cycle-length' } });
    const standing = stand(quick, { said: [...cycles, ...wins] });
    expect(shown(standing)).toEqual(['1 bo 14400', '2 ada 54000', '- cy 0', '- di 0']);
    expect(lineOf(standing, 'p_ada').gap).toBe(39_600_000n);
    expect(STAFF.length).toBe(6);
  });

  test('counts points of several metrics, each up to its cap', () => {
    const points = [
      { metric: 'revenue', weight: '0.01', cap: '1000' },
      { metric: 'deals', weight: '3' },
    ];
    const standing = stand({ ...week, scoring: { points } }, { said });
    expect(standing.unit.kind).toBe('points');
    // Ada: 1,000 of her 1,500 dollars make 10, two deals 6; Cy: 10 and 3; Bo: 7 and 3.
    expect(shown(standing)).toEqual(['1 ada 16', '2 cy 13', '3 bo 10', '- di 0']);
  });
});
