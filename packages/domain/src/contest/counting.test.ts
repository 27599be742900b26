import { describe, expect, test } from 'vitest';
import type { MetricDefinition, UnitKind } from '../metric.ts';
import {
  called,
  contestOf,
  day,
  lineOf,
  MONDAY,
  shown,
  stand,
  won,
  type Said,
} from './contest.fixture.ts';

const published = (
  id: string,
  unit: UnitKind,
  definition: MetricDefinition,
  better: 'higher' | 'lower' = 'higher',
): Said => ({
  type: 'metric.published',
  metric: { id, unit, better, class: null },
  version: { version: 1, from: 0, definition },
  at: 0,
});
const cash = published('cash', 'money', {
  kind: 'sum',
  of: 'amount',
  events: ['payment.received', 'payment.refunded'],
});
const pay = (person: string, dollars: number, at: number, name: string): Said => ({
  type: dollars < 0 ? 'payment.refunded' : 'payment.received',
  payment: `$s/${name}`,
  credits: [{ person, share: '1' }],
  amount: { minor: String(Math.abs(dollars) * 100), currency: 'USD' },
  at,
  name,
});
const week = contestOf({ kind: 'highest' });

describe('what is counted', () => {
  test('has the cap of a day, of each person and in each local day', () => {
    const events = ['activity.logged'] as const;
    const capped = published('some', 'count', { kind: 'count', events, caps: { day: '2' } });
    const calls = [0, 1, 2].flatMap((n) => [
      called('p_ada', day(0, 10 + n)),
      called('p_bo', day(n, 10)),
      called('p_bo', day(n, 11)),
    ]);
    const contest = { ...week, scoring: { metric: 'some' } };
    const said = [capped, ...calls];
    expect(shown(stand(contest, { said })).slice(0, 2)).toEqual(['1 bo 6', '2 ada 2']);
    // The second call of Monday was the last that counted.
    expect(lineOf(stand(contest, { said }), 'p_ada').reachedAt).toBe(day(0, 11));
    const teams = contestOf(
      { kind: 'teams', by: 'sum' },
      { of: 'teams', scoring: contest.scoring },
    );
    expect(shown(stand(teams, { said }))[0]).toBe('1 north 8');
  });

  test('in one instant happened at once', () => {
    const contest = {
      ...contestOf({ kind: 'first_to', goal: '1000' }),
      scoring: { metric: 'cash' },
    };
    const said = [
      cash,
      pay('p_ada', 900, day(0), 'a'),
      pay('p_ada', 300, day(1), 'b'),
      pay('p_ada', -300, day(1), 'c'),
      pay('p_ada', 100, day(2), 'd'),
    ];
    expect(lineOf(stand(contest, { said }), 'p_ada').reachedAt).toBe(day(2));
  });

  test('is reached when it first came to that, though something was taken off since', () => {
    const contest = { ...week, scoring: { metric: 'cash' } };
    const said = [
      cash,
      pay('p_ada', 900, day(0), 'a'),
      pay('p_ada', 300, day(1), 'b'),
      pay('p_ada', -300, day(2), 'c'),
      pay('p_bo', 900, day(1), 'd'),
    ];
    const standing = stand(contest, { said });
    expect(lineOf(standing, 'p_ada').reachedAt).toBe(day(0));
    expect(lineOf(standing, 'p_bo').reachedAt).toBe(day(1));
    // Cut to a cap it was there with the credit that went over it.
    const capped = stand(
      { ...contest, scoring: { metric: 'cash', cap: '1000' } },
      { said: said.slice(0, 3) },
    );
    expect(lineOf(capped, 'p_ada')).toMatchObject({ score: 100_000n, reachedAt: day(1) });
  });

  test('that is less than nothing has no place', () => {
    const contest = { ...week, scoring: { metric: 'cash' } };
    const said = [cash, pay('p_ada', 1, day(0), 'a'), pay('p_bo', -5, day(1), 'b')];
    expect(shown(stand(contest, { said })).slice(0, 2)).toEqual(['1 ada 1', '- bo -5']);
  });

  test('qualifies when it is just enough, and says what is missing to the last place', () => {
    const said = [won('p_ada', 900, day(0)), won('p_bo', 700, day(1)), won('p_cy', 50, day(1))];
    const standing = stand({ ...week, qualify: '700' }, { said });
    expect(shown(standing)).toEqual(['1 ada 900', '2 bo 700', '- cy 50', '- di 0']);
    expect(lineOf(standing, 'p_cy').gap).toBe(65_000n);
  });

  test('as a mean or a rate leaves out what is withheld, and pauses', () => {
    const lost = (person: string, at: number): Said => ({
      type: 'deal.lost',
      deal: `s/l${at}`,
      credits: [{ person, share: '1' }],
      at,
      name: `lost${at}`,
    });
    const contest = { ...week, scoring: { metric: 'win-rate' } };
    const said = [
      won('p_ada', 1, day(0)),
      lost('p_ada', day(1)),
      lost('p_ada', day(2)),
      won('p_ada', 1, day(3)),
    ];
    const rate = (facts: object) => lineOf(stand(contest, { said, facts }), 'p_ada').score;
    expect(rate({})).toBe(50_000n);
    expect(rate({ withheld: new Set([`s/lost${day(1)}`]) })).toBe(66_667n);
    // Tuesday is left out: one loss of three.
    expect(rate({ pauses: [{ from: day(1, 0), to: day(2, 0) }] })).toBe(66_667n);
    const team = contestOf({ kind: 'highest' }, { ...contest, of: 'teams' });
    const both = [...said, won('p_bo', 1, day(4))];
    expect(lineOf(stand({ ...team, rules: week.rules }, { said: both }), 't_north').score).toBe(
      60_000n,
    );
  });

  test('with conditions of its own is what meets them', () => {
    const where = [{ field: 'attributes.region' as const, is: ['north'] }];
    const contest = { ...week, scoring: { metric: 'revenue', where } };
    const published: Said = {
      type: 'contest.published',
      contest: contest.id,
      definition: contest,
      commitment: null,
      at: MONDAY - 1,
    };
    const north: Said = { ...won('p_bo', 10, day(0)), attributes: { region: 'North' } } as Said;
    const standing = stand(contest, { said: [published, won('p_ada', 900, day(0)), north] });
    expect(shown(standing).slice(0, 2)).toEqual(['1 bo 10', '- ada 0']);
  });
});
