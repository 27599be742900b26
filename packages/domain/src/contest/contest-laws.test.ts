import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from '../floor.fixture.ts';
import { Floor } from '../floor.ts';
import { applyEvent } from '../fold.ts';
import type { LogEvent } from '../event.ts';
import { recountAll } from '../recount.fixture.ts';
import { factsOf, floorOf, type Said } from './contest.fixture.ts';
import {
  AFTERWARDS,
  contests,
  contestsOf,
  KINDS,
  OUTSIDER,
  PLAYERS,
  SEED,
  STAFF,
  stories,
  TARGETS,
} from './contest-laws.fixture.ts';
import type { ContestDefinition } from './definition.ts';
import { contestReader } from './floor-reader.ts';
import { freezeContest } from './freeze.ts';
import { LiveContest } from './live-contest.ts';
import { standContest } from './stand.ts';
import type { ContestFacts, ContestStanding } from './standing.ts';

const FROM = [...STAFF, ...TARGETS];

function stand(
  contest: ContestDefinition,
  said: readonly Said[],
  more: Partial<ContestFacts> = {},
): ContestStanding {
  const reader = contestReader(floorOf([...FROM, ...said], AFTERWARDS));
  const frozen = freezeContest(contest, reader);
  return standContest(contest, factsOf(frozen, { seed: SEED, ...more }), reader);
}

const ofOutsider = (one: Said): boolean =>
  'credits' in one && one.credits.some(({ person }) => person === OUTSIDER);
/** Named after what it speaks of: an amendment goes with its sale. */
const without = (said: readonly Said[], gone: (one: Said) => boolean): Said[] => {
  const names = new Set(said.filter(gone).map((one) => one.name?.slice(1)));
  return said.filter((one) => !names.has(one.name?.slice(1)));
};

describe.each(KINDS)('a contest of the kind %s', (kind) => {
  const any = contestsOf(kind);
  const law = <T extends unknown[]>(arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> }) =>
    fc.tuple(any, stories, ...arbitraries) as fc.Arbitrary<[ContestDefinition, Said[], ...T]>;
  const holds = <T extends unknown[]>(
    arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> },
    check: (contest: ContestDefinition, said: Said[], ...more: T) => void,
  ) =>
    fc.assert(
      fc.property(law<T>(arbitraries), ([contest, said, ...more]) =>
        check(contest, said, ...(more as T)),
      ),
      { numRuns: 40 },
    );

  test('stands the same whatever order things arrive in', () => {
    holds<[number[]]>(
      [fc.array(fc.nat(), { minLength: 60, maxLength: 60 })],
      (contest, said, keys) => {
        const shuffled = said
          .map((one, n) => [keys[n]!, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(stand(contest, shuffled)).toEqual(stand(contest, said));
      },
    );
  });

  test('does not know who may not take part', () => {
    holds<[]>([], (contest, said) => {
      const theirs = said.map((one): Said => {
        if (!ofOutsider(one) || !('credits' in one)) return one;
        return { ...one, credits: [{ person: OUTSIDER, share: '1' }] } as Said;
      });
      expect(stand(contest, theirs)).toEqual(stand(contest, without(theirs, ofOutsider)));
    });
  });

  test('does not count what somebody had who left, or what is withheld', () => {
    holds<[string]>([fc.constantFrom(...PLAYERS)], (contest, said, person) => {
      const alone = said.map((one): Said => {
        const has = 'credits' in one && one.credits.some((share) => share.person === person);
        return has ? ({ ...one, credits: [{ person, share: '1' }] } as Said) : one;
      });
      const theirs = (one: Said) =>
        one.at >= contest.from && 'credits' in one && one.credits[0]?.person === person;
      const rest = without(alone, theirs);
      const out = new Set([person]);
      expect(stand(contest, alone, { out })).toEqual(stand(contest, rest, { out }));
      const withheld = new Set(alone.filter(theirs).map((one) => `s/${one.name}`));
      const { rounds: _, ...held } = stand(contest, alone, { withheld });
      expect(held).toEqual({ ...stand(contest, rest), rounds: undefined });
    });
  });

  test('counted at once is what it is gone through credit by credit', () => {
    // An event that there is none of: where anything is withheld, all credits are gone through.
    const withheld = new Set(['s/none']);
    holds<[]>([], (contest, said) => {
      expect(stand(contest, said)).toEqual(stand(contest, said, { withheld }));
    });
  });

  test('keeps no trace of what was taken back', () => {
    holds<[number]>([fc.nat()], (contest, said, pick) => {
      const sales = said.filter((one) => one.type === 'deal.won');
      if (sales.length === 0) return;
      const gone = sales[pick % sales.length]!;
      const back = { type: 'deal.reversed', reverses: `s/${gone.name}`, at: AFTERWARDS } as const;
      const rest = without(said, (one) => one === gone);
      expect(stand(contest, [...said, back])).toEqual(stand(contest, rest));
    });
  });

  test('pays what was promised for the places that are taken, and never more', () => {
    holds<[]>([], (contest, said) => paysAsPromised(contest, stand(contest, said)));
  });

  test('followed credit by credit is what it is from scratch', () => {
    holds<[number[]]>([fc.array(fc.nat(40), { maxLength: 12 })], (contest, said, stops) =>
      followed(contest, said, new Set(stops)),
    );
  });
});

describe('a contest of any kind', () => {
  test('costs no more than its budget, and pays level people alike', () => {
    fc.assert(
      fc.property(contests, stories, fc.integer({ min: 0, max: 900 }), (contest, said, cents) => {
        const budget = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        const { awards, lines } = stand({ ...contest, budget }, said);
        const paid = awards.map(({ item }) => (item.kind === 'money' ? item.minor : 0n));
        expect(sum(paid) <= BigInt(cents)).toBe(true);
        const full = stand(contest, said).awards;
        if (sum(full.map(({ item }) => (item.kind === 'money' ? item.minor : 0n))) >= cents) {
          expect(sum(paid)).toBe(BigInt(cents));
        }
        expect(lines).toEqual(stand(contest, said).lines);
      }),
      { numRuns: 150 },
    );
  });
});

const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);

/** What each entrant gets of prizes for places, whoever of it is paid. */
function wonBy(standing: ContestStanding, kind: 'money' | 'points', entrant: string): bigint {
  return sum(
    standing.awards.flatMap(({ entrant: whose, item, prize }) => {
      if (whose !== entrant || item.kind !== kind || !PLACES.has(prize)) return [];
      return [item.kind === 'money' ? item.minor : BigInt((item as { points: number }).points)];
    }),
  );
}
const PLACES = new Set(['first', 'more', 'points', 'pot']);

function paysAsPromised(contest: ContestDefinition, standing: ContestStanding): void {
  const needGoal =
    contest.rules.kind === 'first_to' ||
    (contest.rules.kind === 'bingo' && contest.rules.win === 'first_line');
  const placed = standing.lines.filter(
    ({ rank, reached }) => rank !== null && (!needGoal || reached > 0),
  );
  for (const kind of ['money', 'points'] as const) {
    for (const line of placed) {
      const level = placed.filter(({ rank }) => rank === line.rank);
      const amounts = level.map(({ entrant }) => wonBy(standing, kind, entrant));
      const [least, most] = [amounts, amounts].map((some, index) =>
        some.reduce((a, b) => ((index === 0) === a < b ? a : b)),
      );
      expect(most! - least! <= 1n).toBe(true);
    }
  }
  const places = (contest.ties === 'shared' ? [] : placed).flatMap((line, index) => {
    const first = placed.findIndex(({ rank }) => rank === line.rank);
    return [line.rank! + index - first];
  });
  const promised = (from: number, until: number, amount: bigint) =>
    BigInt(places.filter((place) => place >= from && place <= until).length) * amount;
  const ranks = contest.prizes.some((prize) => prize.for.to === 'ranks');
  const pot = sum(
    standing.awards.flatMap(({ prize, item }) =>
      prize === 'pot' && item.kind === 'money' ? [item.minor] : [],
    ),
  );
  expect(pot <= (contest.rules.kind === 'pot' ? standing.total : 0n)).toBe(true);
  if (placed.length >= 3 && contest.rules.kind === 'pot') expect(pot).toBe(standing.total);
  if (contest.ties === 'shared' || !ranks || contest.rules.kind === 'relay') return;
  const won = sum(placed.map(({ entrant }) => wonBy(standing, 'money', entrant))) - pot;
  expect(won).toBe(promised(1, 1, 1_001n) + promised(1, 3, 555n));
  const points = sum(placed.map(({ entrant }) => wonBy(standing, 'points', entrant)));
  expect(points).toBe(promised(2, 4, 7n));
}

/** Tells a story event by event, looks at some moments, and holds both ways against each other. */
function followed(
  contest: ContestDefinition,
  said: readonly Said[],
  stops: ReadonlySet<number>,
): void {
  const end = floorOf([...FROM, ...said], AFTERWARDS);
  const facts = factsOf(freezeContest(contest, contestReader(end)), { seed: SEED });
  const [floor, book] = [new Floor(), new Book()];
  const reader = contestReader(floor);
  const told = [...FROM, ...[...said].sort((a, b) => a.at - b.at)];
  let live: LiveContest | undefined;
  let before: ContestStanding | undefined;
  told.forEach(({ at, name, knownAt: _, ...body }, n) => {
    const event = {
      ...body,
      seq: n + 1,
      key: `s/${name ?? n}`,
      occurredAt: at,
      recordedAt: Math.min(at, AFTERWARDS),
    } as LogEvent;
    const change = applyEvent(floor, book, event);
    book.events.set(event.key, event);
    recountAll(floor, book);
    if (n === FROM.length - 1) live = new LiveContest(contest, facts, reader);
    for (const credit of [...change.removed, ...change.added]) live?.touch(credit);
    const last = n === told.length - 1;
    if (!live || (!last && !stops.has(n - FROM.length))) return;
    const whole = standContest(contest, facts, reader);
    expectParts(live, whole, n);
    const now = live.standing();
    expect(now).toEqual(whole);
    for (const line of now.lines) {
      const was = before?.lines.find(({ entrant }) => entrant === line.entrant);
      if (was && same(was, line)) expect(line).toBe(was);
    }
    before = now;
  });
}

/** What is asked for by itself is what the whole standing says. */
function expectParts(live: LiveContest, whole: ContestStanding, n: number): void {
  const { lines, awards: _, ...head } = whole;
  const from = n % (lines.length + 1);
  for (const [first, end] of [
    [0, 2],
    [from, from + 2],
    [from, from],
    [0, lines.length + 9],
  ] as const) {
    expect(live.lines(first, end)).toEqual(lines.slice(first, end));
  }
  expect(live.head()).toMatchObject(head);
  expect(live.count).toBe(lines.length);
  expect(lines.map(({ entrant }) => live.placeOf(entrant))).toEqual([...lines.keys()]);
  expect(live.placeOf('nobody')).toBeUndefined();
}

const same = (a: object, b: object): boolean => textOf(a) === textOf(b);
const textOf = (one: object): string =>
  JSON.stringify(one, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
