import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorWords, thresholdOf, type PersonPulse } from './floor-words.ts';

const pulse = (over: Partial<PersonPulse>): PersonPulse => ({
  person: 'ada',
  value: 0n,
  before: 0n,
  target: 1_000n,
  silentDays: 0,
  streak: 0,
  ...over,
});
const said = (over: Partial<PersonPulse>, tiers: number[] = []) =>
  floorWords([pulse(over)], tiers).map((word) =>
    Object.values(word)
      .filter((part) => part !== 'ada')
      .join(' '),
  );

describe('a person', () => {
  test.each([
    ['a tenth below the target is near it', { value: 900n }, [], ['near_target 100 100']],
    ['one unit further away is not', { value: 899n, before: 800n }, [], []],
    ['at the target is no longer near it', { value: 1_000n, before: 1_000n }, [], []],
    ['a twentieth below a tier is near it', { value: 650n }, [70], ['near_tier 70 50']],
    ['is near the target before any tier', { value: 950n }, [98], ['near_target 100 50']],
    [
      'is near the lower of two tiers',
      { value: 1_160n, before: 1_160n },
      [121, 120],
      ['near_tier 120 40'],
    ],
    ['who logged nothing for a working day is silent', { silentDays: 1 }, [], ['silent 1']],
    ['who passed three marks today is told of the highest', { value: 760n }, [60], ['passed 75']],
    ['who stood there when the day began passed nothing', { value: 760n, before: 750n }, [], []],
    ['who won on three days running has a streak', { streak: 3 }, [], ['streak 3']],
    ['without a target is near nothing', { target: null, value: 999n }, [70], []],
  ] as const)('%s', (_name, over, tiers, words) => {
    expect(said(over, [...tiers])).toEqual(words);
  });

  test('near the target and silent is near the target: one word about one person', () => {
    expect(said({ value: 950n, silentDays: 9, streak: 5 })).toEqual(['near_target 100 50']);
  });
});

test('the nearest comes first, then the longest silence', () => {
  const words = floorWords(
    [
      pulse({ person: 'quiet', silentDays: 2 }),
      pulse({ person: 'far', value: 910n }),
      pulse({ person: 'mute', silentDays: 5 }),
      pulse({ person: 'close', value: 990n }),
    ],
    [],
  );
  expect(words.map((word) => word.person)).toEqual(['close', 'far', 'mute', 'quiet']);
});

test('who misses the same stands in the order of the ids', () => {
  const equal = ['b', 'a'].map((person) => pulse({ person, value: 910n }));
  expect(floorWords(equal, []).map((word) => word.person)).toEqual(['a', 'b']);
  expect(floorWords(equal.reverse(), []).map((word) => word.person)).toEqual(['a', 'b']);
});

test('the order of the people does not matter', () => {
  const people = fc.uniqueArray(
    fc.record({
      person: fc.string({ minLength: 1, maxLength: 3 }),
      value: fc.bigInt({ min: 0n, max: 1_500n }),
      before: fc.bigInt({ min: 0n, max: 1_500n }),
      target: fc.option(fc.bigInt({ min: 1n, max: 1_000n })),
      silentDays: fc.integer({ min: 0, max: 3 }),
      streak: fc.integer({ min: 0, max: 6 }),
    }),
    { selector: (one) => one.person, maxLength: 12 },
  );
  fc.assert(
    fc.property(people, (all) => {
      const words = floorWords(all, [60, 120]);
      expect(floorWords([...all].reverse(), [60, 120])).toEqual(words);
      expect(new Set(words.map((word) => word.person)).size).toBe(words.length);
    }),
  );
});

test('whoever has a threshold has its percentage, and a unit less has not', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 15n }),
      fc.integer({ min: 1, max: 300 }),
      (target, percent) => {
        const least = thresholdOf(target, percent);
        expect(least * 100n >= target * BigInt(percent)).toBe(true);
        expect((least - 1n) * 100n < target * BigInt(percent)).toBe(true);
      },
    ),
  );
});
