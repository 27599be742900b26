import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './organisation.ts';
import { Floor } from './floor.ts';
import { applyEvent } from './fold.ts';
import {
  Book,
  deeds,
  fold,
  held,
  logOf,
  NOW,
  PEOPLE,
  seen,
  shuffledFrom,
  STAFF,
  story,
  TEAMS,
  type Told,
} from './floor.fixture.ts';

const sum = (all: readonly bigint[][]): bigint[] =>
  [0, 1, 2].map((metric) => all.reduce((total, each) => total + each[metric]!, 0n));
const win = (name: string, at: number, more: object = {}): Told => ({
  type: 'deal.won',
  deal: 's/d1',
  credits: [{ person: PEOPLE[0]!, share: '1' }],
  amount: { minor: '500', currency: 'USD' },
  name,
  at,
  ...more,
});

describe('a floor', () => {
  test('is the same when it is put down and taken up anywhere in its log', () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat(40), { maxLength: 4 }), (told, cuts) => {
        const log = logOf(STAFF, told);
        const whole = fold(log);
        let floor = new Floor();
        let book = new Book();
        for (const event of log) {
          applyEvent(floor, book, event);
          book.events.set(event.key, event);
          if (!cuts.includes(event.seq)) continue;
          ({ floor, book } = takenUp(floor, book));
        }
        expect(seen(floor)).toEqual(seen(whole.floor));
        expect(floor.saveSettings()).toEqual(whole.floor.saveSettings());
      }),
    );
  });

  test('shows the same boards in whatever order the deeds arrive', () => {
    const arrivals = story.chain((told) => fc.tuple(fc.constant(told), shuffledFrom(told)));
    fc.assert(
      fc.property(arrivals, ([one, other]) => {
        expect(seen(fold(logOf(STAFF, other)).floor)).toEqual(seen(fold(logOf(STAFF, one)).floor));
      }),
      { numRuns: 200 },
    );
  });

  test('keeps no trace of an event that was taken back, before or after it came', () => {
    const taken = fc.tuple(deeds, fc.nat(), fc.boolean());
    fc.assert(
      fc.property(taken, ([told, pick, early]) => {
        const dealt = told.filter((one) => one.type.startsWith('deal.'));
        if (dealt.length === 0) return;
        const gone = dealt[pick % dealt.length]!;
        const without = told.filter((one) => one !== gone);
        const reversal: Told = {
          type: 'deal.reversed',
          reverses: `s/${gone.name}`,
          name: 'back',
          at: NOW,
        };
        const log = early ? logOf(STAFF, [reversal], told) : logOf(STAFF, told, [reversal]);
        expect(seen(fold(log).floor)).toEqual(seen(fold(logOf(STAFF, without)).floor));
      }),
    );
  });

  test('has as much as its people together, and its teams no more than their members', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { floor } = fold(logOf(STAFF, told));
        expect(sum(PEOPLE.map((id) => held(floor, id)))).toEqual(held(floor, '*'));
        const loner = held(floor, PEOPLE[3]!);
        expect(sum([...TEAMS.map((id) => held(floor, id)), loner])).toEqual(held(floor, '*'));
      }),
    );
  });

  test('takes its events in order and none twice', () => {
    const [first, second] = logOf(STAFF);
    const floor = new Floor();
    expect(() => applyEvent(floor, new Book(), second!)).toThrow(/does not follow/);
    applyEvent(floor, new Book(), first!);
    expect(() => applyEvent(floor, new Book(), first!)).toThrow(/does not follow/);
  });

  test('keeps the latest time it has heard, even when an event was recorded earlier', () => {
    const [one, two] = logOf(STAFF);
    const { floor } = fold([
      { ...one!, recordedAt: 20 },
      { ...two!, recordedAt: 10 },
    ]);
    expect(floor.clock).toBe(20);
  });
});

describe('somebody who changes teams', () => {
  test('leaves with the old team what was won there', () => {
    const before = win('before', NOW - 20 * 86_400_000, {
      deal: 's/d1',
      credits: [{ person: PEOPLE[1]!, share: '1' }],
    });
    const after = { ...before, deal: 's/d2', name: 'after', at: NOW - 1 } as Told;
    const { floor } = fold(logOf(STAFF, [before, after]));
    expect(held(floor, TEAMS[1]!)[0]).toBe(500n);
    expect(held(floor, TEAMS[0]!)[0]).toBe(500n);
    expect(held(floor, PEOPLE[1]!)[0]).toBe(1_000n);
  });

  const moved = (since: number | null, name: string): Told => ({
    type: 'person.changed',
    person: PEOPLE[0]!,
    team: TEAMS[1]!,
    since,
    active: true,
    name,
    at: NOW,
  });
  const lost: Told = { type: 'deal.lost', deal: 's/d1', credits: [], name: 'lost', at: NOW };
  const nobodyHolds = (...told: Told[]) => {
    const { floor } = fold(logOf(STAFF, told));
    expect([PEOPLE[0]!, ...TEAMS, '*'].map((id) => held(floor, id)[0])).toEqual([0n, 0n, 0n, 0n]);
  };

  test('can lose a deal that was won in the old team', () => {
    nobodyHolds(win('won', NOW - 9_000), moved(NOW - 5_000, 'moved'), lost);
  });

  test('as of an earlier day can still lose a deal that was won since', () => {
    nobodyHolds(win('won', NOW - 1_000), moved(NOW - 5_000, 'moved'), lost);
  });

  test('and is renamed after it can still lose a deal of the old team', () => {
    nobodyHolds(win('won', NOW - 9_000), moved(NOW - 5_000, 'moved'), moved(null, 'named'), lost);
  });
});

test('a reading of something that is no metric counts nowhere', () => {
  const nps: Told = {
    type: 'kpi.reported',
    kpi: 'nps',
    value: '70',
    credits: [{ person: PEOPLE[0]!, share: '1' }],
    name: 'nps',
    at: NOW,
  };
  expect(held(fold(logOf(STAFF, [nps])).floor, '*')).toEqual([0n, 0n, 0n]);
});

test('a target that is taken away is gone, and new rules begin a new epoch', () => {
  const target = { type: 'target.set', scope: 'organisation', entity: null } as const;
  const where = { metric: 'revenue', period: 'month', window: '2026-11-01' } as const;
  const set = (value: string | null, name: string): Told => ({
    ...target,
    ...where,
    value,
    name,
    at: NOW,
  });
  const rules: Told = {
    type: 'organisation.changed',
    settings: DEFAULT_SETTINGS,
    name: 'rules',
    at: NOW,
  };
  const month = (...told: Told[]) => seen(fold(logOf(STAFF, told)).floor)['revenue-month']![1];
  expect(month(set('900', 'a'))).toMatchObject({ total: 0n, target: 900n });
  expect(month(set('900', 'a'), set(null, 'b'))).toMatchObject({ total: 0n, target: null });
  expect(fold(logOf([rules], STAFF)).floor.rulesSeq).toBe(1);
});

test('a scorecard of the starter set weighs otherwise as soon as that is published', () => {
  const call: Told = {
    type: 'activity.logged',
    activity: 'call',
    class: 'sourcing',
    credits: [{ person: PEOPLE[0]!, share: '1' }],
    name: 'call',
    at: NOW,
  };
  const parts = [{ metric: 'calls', weight: '3' }];
  const heavier: Told = {
    type: 'metric.published',
    metric: { id: 'activity-points', unit: 'points', better: 'higher', class: null },
    version: { version: 2, from: NOW, definition: { kind: 'scorecard', parts } },
    name: 'heavier',
    at: NOW,
  };
  const { floor } = fold(logOf(STAFF, [call, heavier]));
  const metric = floor.metrics.get('activity-points')!;
  const window = { from: NOW, to: NOW + 1 };
  expect(floor.valueOf(metric, null, PEOPLE[0]!, window).value).toBe(3_000_000n);
});

/** As the projector does after a restart: settings from the snapshot, credits from the deals. */
function takenUp(floor: Floor, book: Book): { floor: Floor; book: Book } {
  const next = new Floor();
  next.loadSettings(floor.saveSettings(), floor.seq);
  next.clock = floor.clock;
  const everybody = [...floor.people.keys(), ...floor.matches.keys()];
  for (const person of everybody) for (const credit of floor.creditsFor(person)) next.give(credit);
  const groups = new Book();
  for (const [key, group] of book.groups) groups.set(key, structuredClone(group));
  for (const [key, event] of book.events) groups.events.set(key, event);
  return { floor: next, book: groups };
}
