import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, stand, won } from './contest.fixture.ts';
import { resultChanges, resultOf } from './result.ts';

const prizes = [forPlaces('first', 1, 1, '300'), forPlaces('second', 2, 2, '200')];
const contest = contestOf({ kind: 'highest' }, { prizes });
const said = [won('p_ada', 900, day(0)), won('p_bo', 800, day(1)), won('p_cy', 100, day(1))];
const before = resultOf(stand(contest, { said }), 7);

describe('a result', () => {
  test('is a standing in whole numbers that a log can hold', () => {
    expect(before.asOf).toBe(7);
    expect(before.lines[0]).toEqual({
      entrant: 'p_ada',
      rank: 1,
      tied: false,
      score: '90000',
      raw: '90000',
      reached: 0,
    });
    expect(before.awards[1]).toEqual({
      prize: 'second',
      entrant: 'p_bo',
      person: 'p_bo',
      item: { kind: 'money', minor: '20000', currency: 'USD' },
      rank: 2,
    });
    expect(JSON.parse(JSON.stringify(before))).toEqual(before);
    expect(resultOf(stand(contest, { said }), 7, 'ab').seed).toBe('ab');
  });

  test('that comes out the same has no changes', () => {
    expect(resultChanges(before, resultOf(stand(contest, { said }), 99))).toEqual([]);
  });

  test('says for whom another one is other, and how', () => {
    const late = [...said, won('p_bo', 200, day(2))];
    const changes = resultChanges(before, resultOf(stand(contest, { said: late }), 9));
    expect(changes.map(({ entrant }) => entrant)).toEqual(['p_bo', 'p_ada']);
    expect(changes[0]).toMatchObject({
      rankWas: 2,
      rankNow: 1,
      scoreWas: '80000',
      scoreNow: '100000',
      awardsWas: [{ prize: 'second' }],
      awardsNow: [{ prize: 'first' }],
    });
  });

  test('sees that somebody wins something else at the same place', () => {
    const dearer = [forPlaces('first', 1, 1, '301'), prizes[1]!];
    const now = resultOf(stand({ ...contest, prizes: dearer }, { said }), 9);
    expect(resultChanges(before, now).map(({ entrant }) => entrant)).toEqual(['p_ada']);
  });

  test('does not take what somebody won for changed because others stand in another order', () => {
    const turned = { ...before, awards: [...before.awards].reverse() };
    expect(resultChanges(before, turned)).toEqual([]);
  });

  test('knows who is no longer in it', () => {
    const out = new Set(['p_ada']);
    const now = resultOf(stand(contest, { said, facts: { out } }), 9);
    const [bo, cy, ada] = resultChanges(before, now);
    expect([bo?.rankNow, cy?.rankNow, ada?.rankNow]).toEqual([1, 2, null]);
    const without = { ...before, lines: before.lines.slice(1), awards: before.awards.slice(1) };
    const [gone] = resultChanges(before, without);
    expect(gone).toMatchObject({ entrant: 'p_ada', rankNow: null, scoreNow: '0', awardsNow: [] });
  });
});
