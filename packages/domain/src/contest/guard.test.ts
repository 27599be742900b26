import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flagsOf, type Guarded } from './guard.ts';

const HOUR = 3_600_000;
const window = { from: 0, to: 100 * HOUR };
let next = 0;
const event = (person: string, hours: number, value = 1n, told = hours): Guarded => {
  next += 1;
  const fact = `crm/${String(next).padStart(4, '0')}`;
  return { fact, person, value, at: hours * HOUR, recordedAt: told * HOUR };
};
const rulesOf = (guard: object, events: Guarded[]) =>
  flagsOf({ ...window, guard }, events).map((flag) => `${flag.fact} ${flag.rule}`);

test('without rules nothing is held up', () => {
  expect(flagsOf(window, [event('ana', 1), event('ana', 1)])).toEqual([]);
});

test('the same number again within the minutes waits, the first one does not', () => {
  const first = event('ana', 1, 500n);
  const again = event('ana', 1.4, 500n);
  const later = event('ana', 3, 500n);
  const other = event('bo', 1.1, 500n);
  const flags = rulesOf({ duplicateMinutes: 30 }, [later, again, other, first]);
  expect(flags).toEqual([`${again.fact} duplicate`]);
});

test('on the minute itself it is no duplicate', () => {
  const pair = [event('ana', 1, 5n), event('ana', 1.5, 5n)];
  expect(rulesOf({ duplicateMinutes: 30 }, pair)).toEqual([]);
  expect(rulesOf({ duplicateMinutes: 31 }, pair)).toHaveLength(1);
});

test('what comes on top of two events within ten minutes waits', () => {
  const some = [0, 0.05, 0.1, 0.15, 2].map((hours) => event('ana', hours));
  const flags = rulesOf({ burst: 2 }, some);
  expect(flags).toEqual([`${some[2]!.fact} burst`, `${some[3]!.fact} burst`]);
});

test('what is told at the very end although it happened long before waits', () => {
  const late = event('ana', 50, 1n, 99.9);
  const fresh = event('ana', 99.5, 1n, 99.9);
  const soon = event('ana', 50, 1n, 60);
  expect(rulesOf({ lateMinutes: 30 }, [late, fresh, soon])).toEqual([`${late.fact} late`]);
});

test('a last hour with more than its share waits, unless it is all there is', () => {
  const early = event('ana', 10, 4n);
  const end = event('ana', 99.5, 6n);
  expect(rulesOf({ lastHourPercent: 60 }, [early, end])).toEqual([]);
  expect(rulesOf({ lastHourPercent: 59 }, [early, end])).toEqual([`${end.fact} last_hour`]);
  expect(rulesOf({ lastHourPercent: 50 }, [event('bo', 99.5)])).toEqual([]);
});

test('what lies outside the window is none of its business', () => {
  const some = [event('ana', -1, 5n), event('ana', 100, 5n), event('ana', 100, 5n)];
  expect(rulesOf({ duplicateMinutes: 600, burst: 1 }, some)).toEqual([]);
});

test('the order of arrival does not matter', () => {
  const guard = { duplicateMinutes: 120, burst: 2, lateMinutes: 90, lastHourPercent: 40 };
  const one = fc.record({
    person: fc.constantFrom('ana', 'bo'),
    value: fc.constantFrom(1n, 2n),
    at: fc.integer({ min: 0, max: 100 }).map((n) => n * HOUR),
    late: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), fc.func(fc.nat()), (some, order) => {
      const events = some.map(({ late, ...rest }, index) => ({
        ...rest,
        fact: `crm/${index}`,
        recordedAt: rest.at + late * HOUR,
      }));
      const shuffled = [...events].sort((a, b) => order(a.fact) - order(b.fact));
      const flagged = flagsOf({ ...window, guard }, shuffled);
      expect(flagged).toEqual(flagsOf({ ...window, guard }, events));
    }),
  );
});
