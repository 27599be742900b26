import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiPath, fromHash, hashOf, type ExplainAddress } from './explain-address.ts';

const text = fc.string({ minLength: 1, maxLength: 20 });
const instant = fc.constantFrom('2026-11-24T10:00:00.000Z', '2026-01-01T00:00:00+03:30');
const then = fc.record({ at: instant, known: instant }, { requiredKeys: [] });
const address: fc.Arbitrary<ExplainAddress> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('board' as const), board: text, entity: text }),
      fc.record({
        kind: fc.constant('metric' as const),
        metric: text,
        scope: fc.constantFrom('person' as const, 'team' as const, 'organisation' as const),
        entity: text,
        period: fc.constantFrom('month' as const, 'last-30' as const),
      }),
    ),
    then,
  )
  .map(([one, more]) => ({ ...one, ...more }));

describe('the address of an explanation', () => {
  it('comes back from a shared link', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(fromHash(hashOf(one))).toEqual(one);
      }),
    );
  });

  it('is where the API explains it', () => {
    expect(apiPath({ kind: 'board', board: 'revenue-month', entity: 'per_1' })).toBe(
      '/v1/explain/boards/revenue-month/per_1',
    );
    expect(
      apiPath({ kind: 'metric', metric: 'calls', scope: 'team', entity: 'a/b', period: 'week' }),
    ).toBe('/v1/explain/metrics/calls/team/a%2Fb?period=week');
  });

  it.each(['', '#', '#content', '#explain=', '#explain=boards/x', '#explain=metrics/a/nobody/b'])(
    'nothing else is one: %s',
    (hash) => expect(fromHash(hash)).toBeNull(),
  );
});
