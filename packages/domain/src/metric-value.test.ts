import { describe, expect, test } from 'vitest';
import { FINE_ONE } from './measure.ts';
import type { Metric, MetricDefinition, UnitKind } from './metric.ts';
import { divideHalfAway, inForce, valueOf, type ValueContext } from './metric-value.ts';
import type { Sum } from './tally.ts';

const metric = (id: string, unit: UnitKind, ...definitions: MetricDefinition[]): Metric => ({
  ...{ id, unit, better: 'higher', class: null, retired: false },
  // Each is in force from the next hundred on.
  versions: definitions.map((definition, n) => ({ version: n + 1, from: n * 100, definition })),
});
const won = { events: ['deal.won'] as const };
const revenue = metric('revenue', 'money', { kind: 'sum', of: 'amount', ...won });
const deals = metric('deals', 'count', { kind: 'count', ...won });
const calls = metric('calls', 'count', { kind: 'count', events: ['activity.logged'] });

type Sums = Readonly<Record<string, bigint | undefined>>;
/** `sums` by metric and component; every one has a credit at its own place in the alphabet. */
function worth(one: Metric, sums: Sums, more: Partial<ValueContext> = {}) {
  const metrics = new Map([revenue, deals, calls, one].map((each) => [each.id, each]));
  const read: ValueContext['read'] = ({ id }, component, { dayCap }): Sum | undefined => {
    const value = sums[component === 0 ? id : `${id}:${component}`];
    if (value === undefined) return undefined;
    const capped = dayCap !== undefined && value > dayCap ? dayCap : value;
    return { value: capped, reachedAt: id.length, credits: 1 };
  };
  const window = { from: 0, to: 1_000 };
  return valueOf(one, { metrics, currency: 'USD', window, at: 50, read, ...more }).value;
}

describe('a value', () => {
  const average = metric('avg', 'money', { kind: 'average', of: 'amount', ...won });
  const rate = metric('rate', 'percent', { kind: 'share', of: won, among: won });

  test('of a sum or count is 0 where there is nothing, of the rest nothing', () => {
    expect(worth(revenue, {})).toBe(0n);
    expect(worth(metric('d', 'count', { kind: 'distinct', of: 'type', ...won }), {})).toBe(0n);
    expect(worth(metric('m', 'money', { kind: 'min', of: 'amount', ...won }), {})).toBeNull();
    expect(worth(metric('l', 'money', { kind: 'latest', of: 'amount', ...won }), {})).toBeNull();
    expect(worth(average, {})).toBeNull();
    expect(worth(rate, { rate: FINE_ONE, 'rate:1': 0n })).toBeNull();
  });

  test.each([
    [1_000n, 3n, 333n],
    [1_001n, 2n, 501n],
    [-1_001n, 2n, -501n],
    [2n, 3n, 1n],
  ])('of an average of %d over %d deals is %d, halves away from zero', (sum, count, value) => {
    expect(worth(average, { avg: sum, 'avg:1': count * FINE_ONE })).toBe(value);
  });

  test('of a share is in percent, also where deals are shared', () => {
    expect(worth(rate, { rate: FINE_ONE, 'rate:1': 3n * FINE_ONE })).toBe(33_333n);
    expect(worth(rate, { rate: FINE_ONE / 2n, 'rate:1': FINE_ONE })).toBe(50_000n);
  });

  test('of a ratio minds the digits of both: 10.00 USD for 4 deals are 2.50 for each', () => {
    const each = metric('each', 'money', { kind: 'ratio', top: 'revenue', bottom: 'deals' });
    expect(worth(each, { revenue: 1_000n, deals: 4_000_000n })).toBe(250n);
    expect(worth(each, { revenue: -1_005n, deals: 10_000_000n })).toBe(-101n);
    expect(worth(each, { revenue: 1_000n })).toBeNull();
    const part = metric('part', 'percent', { kind: 'ratio', top: 'deals', bottom: 'calls' });
    expect(worth(part, { deals: 1_000_000n, calls: 8_000_000n })).toBe(12_500n);
    const per = metric('per', 'points', { kind: 'ratio', top: 'deals', bottom: 'revenue' });
    expect(worth(per, { deals: 3_000_000n, revenue: 150n })).toBe(2_000_000n);
  });

  const score: MetricDefinition = {
    kind: 'scorecard',
    parts: [
      { metric: 'deals', weight: '10', cap: '2' },
      { metric: 'revenue', weight: '0.01' },
      { metric: 'unheard-of', weight: '99' },
    ],
  };
  test('of a scorecard is points for each part up to its cap', () => {
    const points = metric('score', 'points', score);
    expect(worth(points, { deals: 3_000_000n, revenue: 12_345n })).toBe(21_234_500n);
    expect(worth(points, {})).toBe(0n);
  });

  test('goes by the version in force when its window ends, or now while it is open', () => {
    const day = (cap: string): MetricDefinition => ({ kind: 'count', ...won, caps: { day: cap } });
    const capped = metric('capped', 'count', day('3'), day('1'));
    expect(worth(capped, { capped: 9_000_000n }, { at: 99 })).toBe(3_000_000n);
    expect(worth(capped, { capped: 9_000_000n }, { at: 100 })).toBe(1_000_000n);
    const past = { window: { from: 0, to: 100 }, at: 500 };
    expect(worth(capped, { capped: 9_000_000n }, past)).toBe(3_000_000n);
    expect(inForce(capped, past)).toBe(capped.versions[0]!.definition);
  });

  test('of what is made of itself is nothing, not an endless search', () => {
    const circle = metric('circle', 'percent', { kind: 'ratio', top: 'circle', bottom: 'circle' });
    expect(worth(circle, {})).toBeNull();
  });
});

test.each([
  [5n, 2n, 3n],
  [-5n, 2n, -3n],
  [5n, -2n, -3n],
  [4n, 3n, 1n],
  [0n, 7n, 0n],
])('%d / %d is %d', (above, below, value) => expect(divideHalfAway(above, below)).toBe(value));
