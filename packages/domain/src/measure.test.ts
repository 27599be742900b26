import { describe, expect, test } from 'vitest';
import type { BoardDefinition } from './board.ts';
import type { Fact } from './fact-group.ts';
import { logOf, NOW, PEOPLE, STAFF, type Told } from './floor.fixture.ts';
import { aggregateOf, FINE_ONE, holds, ONE, rulesOf, takeBy, type Taken } from './measure.ts';
import type { Condition, MetricDefinition } from './metric.ts';
import { OpenBoard } from './open-board.ts';
import { foldCounted } from './recount.fixture.ts';
import { standingFacts, type StandingFact } from './standing.ts';

const fact = (name: string, at: number, type: Fact['type'], more: Partial<Fact> = {}): Fact => ({
  ...{ key: `s/${name}`, seq: at, type, at, credits: [{ person: 'p', share: '1' }] },
  ...more,
});
const standing = (...facts: Fact[]): StandingFact[] =>
  standingFacts({ facts, corrections: [], reversals: [] });
/** What a definition's components take of each fact, in order of time. */
const taken = (definition: MetricDefinition, facts: StandingFact[], scale = 2) =>
  rulesOf(definition).map((rule) =>
    facts.map((one) => takeBy(rule, one, [], scale)?.value ?? null),
  );

describe('what a metric takes of an event', () => {
  const deal = standing(
    fact('o', 1_000, 'deal.opened', {
      minor: 900n,
      attributes: { stage: 'Lead', seats: '12.345' },
    }),
    fact('a', 3_000, 'activity.logged', { activity: 'call', class: 'sourcing' }),
    fact('b', 4_000, 'activity.logged', { activity: 'demo', class: 'deal-making' }),
    fact('s', 5_000, 'deal.stage_changed', { attributes: { stage: 'Offer' } }),
    fact('w', 9_000, 'deal.won', { minor: 1_250n }),
  );
  const won = { events: ['deal.won'] as const };

  test.each<[MetricDefinition, (bigint | null)[][]]>([
    [{ kind: 'count', ...won }, [[null, null, null, null, ONE]]],
    [{ kind: 'sum', of: 'amount', ...won }, [[null, null, null, null, 1_250n]]],
    [
      { kind: 'sum', of: 'amount', ...won, caps: { event: '10' } },
      [[null, null, null, null, 1_000n]],
    ],
    // What a deal said of itself holds for its later events; digits past the unit's are cut.
    [{ kind: 'max', of: 'attributes.seats', ...won }, [[null, null, null, null, 1_234n]]],
    [
      { kind: 'average', of: 'amount', events: ['deal.won', 'deal.stage_changed'] },
      [
        [null, null, null, null, 1_250n],
        [null, null, null, null, FINE_ONE],
      ],
    ],
    [
      { kind: 'share', of: won, among: { events: ['deal.won', 'deal.opened'] } },
      [
        [null, null, null, null, FINE_ONE],
        [FINE_ONE, null, null, null, FINE_ONE],
      ],
    ],
    [
      { kind: 'cycle' },
      [
        [null, null, null, null, 8_000n],
        [null, null, null, null, FINE_ONE],
      ],
    ],
    [
      { kind: 'first_activity' },
      [
        [null, 2_000n, null, null, null],
        [null, FINE_ONE, null, null, null],
      ],
    ],
    [
      { kind: 'conversion', from: 'LEAD', to: 'offer' },
      [
        [FINE_ONE, null, null, null, null],
        [FINE_ONE, null, null, null, null],
      ],
    ],
    [
      { kind: 'conversion', from: 'won', to: 'offer' },
      [
        [null, null, null, null, null],
        [null, null, null, null, FINE_ONE],
      ],
    ],
  ])('%j', (definition, expected) => expect(taken(definition, deal)).toEqual(expected));

  test('a conversion counts by when the deal came in, from when it got there', () => {
    const [reached] = rulesOf({ kind: 'conversion', from: 'opened', to: 'won' });
    expect(takeBy(reached!, deal[0]!, [], 2)).toEqual<Taken>({
      value: FINE_ONE,
      item: null,
      since: 9_000,
    });
  });

  test('a distinct count tells items apart, and what has none is not counted', () => {
    const [rule] = rulesOf({ kind: 'distinct', of: 'attributes.seats', ...won });
    expect(takeBy(rule!, deal.at(-1)!, [], 6)?.item).toBe('12.345');
    expect(takeBy(rule!, standing(fact('x', 1, 'deal.won'))[0]!, [], 6)).toBeUndefined();
  });

  test('a refund is less, and made of others is nothing of its own', () => {
    const paid = standing(
      fact('p', 1, 'payment.received', { minor: 500n }),
      fact('r', 2, 'payment.refunded', { minor: 200n }),
    );
    const events = ['payment.received', 'payment.refunded'] as const;
    expect(taken({ kind: 'sum', of: 'amount', events }, paid)).toEqual([[500n, -200n]]);
    expect(rulesOf({ kind: 'ratio', top: 'revenue', bottom: 'deals' })).toEqual([]);
    expect(rulesOf({ kind: 'scorecard', parts: [] })).toEqual([]);
  });

  test('is put together by its kind', () => {
    const kinds = ['min', 'max', 'latest', 'distinct', 'count', 'cycle', 'share'] as const;
    expect(kinds.map(aggregateOf)).toEqual([
      ...['min', 'max', 'latest', 'distinct'],
      ...['sum', 'sum', 'sum'],
    ]);
  });
});

describe('a condition', () => {
  const [one] = standing(
    fact('x', 1, 'deal.won', { attributes: { product: 'GTX Pro', seats: '10', odd: 'ten' } }),
  );
  test.each<[Condition, boolean]>([
    [{ field: 'attributes.product', is: ['mg', 'gtx pro'] }, true],
    [{ field: 'attributes.product', isNot: ['gtx pro'] }, false],
    [{ field: 'attributes.region', is: ['north'] }, false],
    [{ field: 'attributes.region', isNot: ['north'] }, true],
    [{ field: 'attributes.seats', atLeast: '10', atMost: '10.0' }, true],
    [{ field: 'attributes.seats', atLeast: '9.5', atMost: '9.9' }, false],
    [{ field: 'attributes.odd', atLeast: '1' }, false],
    [{ field: 'attributes.region', atMost: '1' }, false],
    [{ field: 'type', is: ['DEAL.WON'] }, true],
    [{ field: 'source', is: ['s'] }, true],
    [{ field: 'stage', isNot: ['lead'] }, true],
  ])('%j', (condition, expected) => expect(holds(condition, one!)).toBe(expected));
});

const reading = (name: string, kpi: string, value: string, more: object = {}): Told =>
  ({
    type: 'kpi.reported',
    credits: [{ person: PEOPLE[0]!, share: '1' }],
    ...{ kpi, value, name, at: NOW - 9, ...more },
  }) as Told;

describe('a reading of a metric itself', () => {
  test('of more than any floor can have counts nowhere, and the floor goes on', () => {
    const floor = foldCounted(
      logOf(STAFF, [
        reading('a', 'calls', '999999999999999999'),
        reading('b', 'calls', '-999999999999999999'),
        reading('c', 'calls', '2.5'),
      ]),
    );
    const all = { from: -Infinity, to: Infinity };
    expect(floor.tally('calls', '*')?.sum(all)?.value).toBe(2_500_000n);
  });

  test('counts on a board with a filter only where the filter holds', () => {
    const board: BoardDefinition = {
      ...{ id: 'brd_1', slug: 'north', metric: 'calls', period: 'all', of: 'people' },
      where: [{ field: 'attributes.region', is: ['north'] }],
    };
    const floor = foldCounted(
      logOf(STAFF, [
        { type: 'board.saved', board, name: 'saved', at: NOW },
        reading('a', 'calls', '2', { attributes: { region: 'North' } }),
        reading('b', 'calls', '3', { attributes: { region: 'South' } }),
      ]),
    );
    const open = new OpenBoard(board, floor);
    open.keepUp(floor);
    expect(open.totals(floor).total).toBe(2_000_000n);
  });
});
