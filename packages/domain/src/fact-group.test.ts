import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  correctionsOf,
  dealStatus,
  type Correction,
  type Fact,
  type FactGroup,
} from './fact-group.ts';
import { standingFacts } from './standing.ts';

const TYPES = { won: 'deal.won', lost: 'deal.lost', open: 'deal.stage_changed' } as const;

const fact = (name: string, at: number, says: keyof typeof TYPES, seq = 1): Fact => ({
  key: `s/${name}`,
  seq,
  at,
  type: TYPES[says],
  minor: 100n,
  credits: [{ person: 'ada', share: '1' }],
});
const winsOf = (deal: FactGroup) => standingFacts(deal).filter((one) => one.type === 'deal.won');
const wins = (deal: FactGroup) => winsOf(deal).map(({ key, endedAt }) => [key, endedAt] as const);
const told = (...facts: Fact[]): FactGroup => ({ facts, corrections: [], reversals: [] });
const taken = (facts: Fact[], ...reversals: FactGroup['reversals'][number][]): FactGroup => ({
  ...told(...facts),
  reversals,
});

describe('a deal', () => {
  test('that is won stands', () => {
    expect(wins(told(fact('won', 10, 'won')))).toEqual([['s/won', null]]);
  });

  test('that is won and then lost stood until it was lost', () => {
    const deal = told(fact('won', 10, 'won'), fact('lost', 20, 'lost'));
    expect(wins(deal)).toEqual([['s/won', 20]]);
    expect(dealStatus(deal).status).toBe('lost');
  });

  test('that was lost first and then won stands', () => {
    const deal = told(fact('won', 20, 'won'), fact('lost', 10, 'lost'));
    expect(wins(deal)).toEqual([['s/won', null]]);
    expect(dealStatus(deal).status).toBe('won');
  });

  test('that is won anew counts for its latest amount only', () => {
    const deal = told(fact('one', 10, 'won'), fact('two', 20, 'won'));
    expect(wins(deal)).toEqual([
      ['s/one', 20],
      ['s/two', null],
    ]);
  });

  test('that is opened again after its win has lost nothing', () => {
    const deal = told(fact('won', 10, 'won'), fact('open', 20, 'open'));
    expect(wins(deal)).toEqual([['s/won', null]]);
    expect(dealStatus(deal).status).toBe('open');
  });

  test('told of twice at one instant goes by the order of the log', () => {
    const won = fact('won', 10, 'won', 1);
    const lost = fact('lost', 10, 'lost', 2);
    expect(wins(told(lost, won))).toEqual([['s/won', 10]]);
    expect(wins(told({ ...won, seq: 3 }, lost))).toEqual([['s/won', null]]);
  });

  test('opened and won on one date is won', () => {
    const deal = told(fact('won', 10, 'won', 1), fact('open', 10, 'open', 2));
    expect(dealStatus(deal).status).toBe('won');
  });

  test('keeps the stage it was last seen in', () => {
    const staged = { ...fact('open', 10, 'open'), attributes: { stage: 'offer' } };
    expect(dealStatus(told(fact('won', 20, 'won'), staged))).toEqual({
      status: 'won',
      stage: 'offer',
    });
    expect(dealStatus(told())).toEqual({ status: 'open', stage: null });
  });
});

describe('a correction', () => {
  const fix = (name: string, at: number, seq: number, more: Partial<Correction> = {}) => ({
    ...{ key: `s/${name}`, at, seq },
    ...more,
  });
  const facts = [fact('one', 10, 'won'), fact('two', 20, 'won')];

  test('is carried by the event that it names, or by the latest win before it', () => {
    const corrections = [fix('late', 25, 5), fix('named', 30, 6, { corrects: 's/one' })];
    const deal = { ...told(...facts), corrections: [...corrections, fix('early', 15, 7)] };
    const names = (key: string) => correctionsOf(deal, key).map((one) => one.key);
    expect(names('s/one')).toEqual(['s/early', 's/named']);
    expect(names('s/two')).toEqual(['s/late']);
  });

  test('is carried by nobody while there is nothing to correct', () => {
    const deal = { ...told(...facts), corrections: [fix('before', 5, 5)] };
    expect(facts.flatMap((one) => correctionsOf(deal, one.key))).toEqual([]);
  });
});

describe('a reversal', () => {
  const facts = [fact('one', 10, 'won'), fact('two', 20, 'won'), fact('three', 30, 'won')];

  test('of one event takes back that event, and the win before it stands longer', () => {
    expect(wins(taken(facts, { seq: 9, at: 99, reverses: 's/two' }))).toEqual([
      ['s/one', 30],
      ['s/three', null],
    ]);
  });

  test('of a deal takes back every win up to its moment and none after', () => {
    expect(wins(taken(facts, { seq: 9, at: 20 }))).toEqual([['s/three', null]]);
    expect(wins(taken(facts, { seq: 9, at: 30 }))).toEqual([]);
    expect(wins(taken(facts, { seq: 9, at: 9 }))).toHaveLength(3);
  });

  test('of a loss lets the win stand again', () => {
    const lost = [fact('won', 10, 'won'), fact('lost', 20, 'lost')];
    expect(wins(taken(lost, { seq: 9, at: 30, reverses: 's/lost' }))).toEqual([['s/won', null]]);
  });

  test('said twice is the same as said once', () => {
    const once = taken(facts, { seq: 9, at: 20 });
    expect(wins(taken(facts, { seq: 9, at: 20 }, { seq: 9, at: 20 }))).toEqual(wins(once));
  });
});

test('a deal stands the same in whatever order its facts arrive', () => {
  const says = fc.constantFrom('won' as const, 'lost' as const, 'open' as const);
  const facts = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 50 }), says), {
      selector: ([at]) => at,
      maxLength: 10,
    })
    .map((all) => all.map(([at, outcome]) => fact(`e${at}`, at, outcome)));
  const reversals = fc.array(
    fc.oneof(
      fc.record({ seq: fc.constant(99), at: fc.integer({ min: 0, max: 50 }) }),
      fc.record({
        seq: fc.constant(99),
        at: fc.constant(60),
        reverses: fc.integer({ min: 0, max: 50 }).map((at) => `s/e${at}`),
      }),
    ),
    { maxLength: 3 },
  );
  const arrivals = facts.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    ),
  );
  fc.assert(
    fc.property(arrivals, reversals, ([one, other], back) => {
      const numbered = (all: Fact[]): FactGroup =>
        taken(
          all.map((each, index) => ({ ...each, seq: index + 1 })),
          ...back,
        );
      expect(wins(numbered(other))).toEqual(wins(numbered(one)));
      expect(dealStatus(numbered(other))).toEqual(dealStatus(numbered(one)));
    }),
  );
});

test('at no time do two wins of one deal stand', () => {
  const facts = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 8 });
  fc.assert(
    fc.property(facts, (all) => {
      const deal = told(
        ...all.map(([at, won], n) => fact(`e${n}`, at, won ? 'won' : 'lost', n + 1)),
      );
      for (let now = 0; now < 10; now += 1) {
        const standing = winsOf(deal).filter(
          (win) => win.at <= now && (win.endedAt === null || win.endedAt > now),
        );
        expect(standing.length).toBeLessThanOrEqual(1);
      }
    }),
  );
});
