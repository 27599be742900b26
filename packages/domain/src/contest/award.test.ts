import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, money, paid, stand, won } from './contest.fixture.ts';
import type { Prize, PrizeItem } from './definition.ts';

const level = ['p_ada', 'p_bo', 'p_cy'].map((person) => won(person, 100, day(1)));
const split = (prizes: readonly Prize[], more = {}) =>
  contestOf({ kind: 'highest' }, { ties: 'split', prizes, ...more });
const thing = (cost?: string): PrizeItem => ({
  kind: 'thing',
  name: 'Bicycle',
  ...(cost === undefined ? {} : { cost }),
});

describe('prizes of tied places', () => {
  test('are split to the last cent, and nobody gets two odd ones', () => {
    const prizes = [
      forPlaces('first', 1, 1, '10'),
      forPlaces('second', 2, 2, '5.01'),
      forPlaces('third', 3, 3, '0.01'),
    ];
    // 10.00: 3.34 3.33 3.33. 5.01: 1.67 each. 0.01: to the next in order, Bo.
    const { awards } = stand(split(prizes), { said: level });
    expect(paid(awards)).toEqual([
      'ada 3.34 first',
      'bo 3.33 first',
      'cy 3.33 first',
      'ada 1.67 second',
      'bo 1.67 second',
      'cy 1.67 second',
      'bo 0.01 third',
    ]);
  });

  test('give the odd cent of a pot to another one than that of a prize', () => {
    const pot: Prize = { id: 'pot', for: { to: 'pot', percents: [100] } };
    const contest = contestOf(
      { kind: 'pot', start: '10.01', per: '0' },
      { ties: 'split', prizes: [forPlaces('first', 1, 1, '0.01'), pot] },
    );
    const { awards } = stand(contest, { said: level.slice(0, 2) });
    expect(paid(awards)).toEqual(['ada 0.01 first', 'ada 5 pot', 'bo 5.01 pot']);
  });

  test('that cannot be cut go by the order of the standing', () => {
    const prizes: Prize[] = [
      { id: 'bike', for: { to: 'ranks', from: 1, until: 2 }, item: thing() },
    ];
    expect(paid(stand(split(prizes), { said: level }).awards)).toEqual([
      'ada thing bike',
      'bo thing bike',
    ]);
  });

  test('are split as well where equal times leave the place shared', () => {
    const prizes = [forPlaces('first', 1, 1, '9')];
    const standing = stand({ ...split(prizes), ties: 'earliest' }, { said: level });
    expect(paid(standing.awards)).toEqual(['ada 3 first', 'bo 3 first', 'cy 3 first']);
  });
});

describe('a budget', () => {
  const won3 = [won('p_ada', 300, day(0)), won('p_bo', 200, day(0)), won('p_cy', 100, day(0))];

  test('cuts all money in proportion, after things', () => {
    const prizes: Prize[] = [
      { id: 'bike', for: { to: 'ranks', from: 1, until: 1 }, item: thing('400') },
      forPlaces('money', 2, 2, '100'),
      forPlaces('more', 3, 3, '50'),
    ];
    const { awards } = stand(split(prizes, { budget: '500' }), { said: won3 });
    expect(paid(awards)).toEqual(['ada thing bike', 'bo 66.67 money', 'cy 33.33 more']);
    const enough = stand(split(prizes, { budget: '550' }), { said: won3 });
    expect(paid(enough.awards)).toEqual(['ada thing bike', 'bo 100 money', 'cy 50 more']);
    const none = stand(split(prizes, { budget: '300' }), { said: won3 });
    expect(paid(none.awards)).toEqual(['ada thing bike']);
  });
});

describe('a prize of a team', () => {
  const teams = (prize: Prize) =>
    contestOf({ kind: 'teams', by: 'sum' }, { of: 'teams', prizes: [prize] });
  const said = [won('p_ada', 10, day(0))];
  const ranks = { to: 'ranks', from: 1, until: 1 } as const;

  test('is split where it can be, and is everybody’s where not, unless it says otherwise', () => {
    const points = { kind: 'points', points: 5 } as const;
    const badge = { kind: 'badge', badge: 'cup' } as const;
    const awards = (prize: Prize) => paid(stand(teams(prize), { said }).awards);
    expect(awards({ id: 'p', for: ranks, item: points })).toEqual(['ada 3p p', 'bo 2p p']);
    expect(awards({ id: 'b', for: ranks, item: badge })).toEqual(['ada badge b', 'bo badge b']);
    expect(awards({ id: 't', for: ranks, item: thing(), members: 'split' })).toEqual([
      'ada thing t',
    ]);
    expect(awards({ id: 'm', for: ranks, item: money('5'), members: 'each' })).toEqual([
      'ada 5 m',
      'bo 5 m',
    ]);
  });

  test('leaves out who left', () => {
    const facts = { out: new Set(['p_bo']) };
    const standing = stand(teams(forPlaces('m', 1, 1, '5')), { said, facts });
    expect(paid(standing.awards)).toEqual(['ada 5 m']);
  });
});
