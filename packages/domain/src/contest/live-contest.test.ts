import { describe, expect, test } from 'vitest';
import type { Credit } from '../credit.ts';
import type { LogEvent } from '../event.ts';
import { Book } from '../floor.fixture.ts';
import { Floor } from '../floor.ts';
import { applyEvent } from '../fold.ts';
import { recountAll } from '../recount.fixture.ts';
import {
  contestOf,
  day,
  factsOf,
  floorOf,
  MONDAY,
  STAFF,
  WEEK_END,
  won,
  type Said,
} from './contest.fixture.ts';
import type { ContestDefinition } from './definition.ts';
import { contestReader } from './floor-reader.ts';
import { freezeContest } from './freeze.ts';
import { LiveContest } from './live-contest.ts';
import type { ContestFacts } from './standing.ts';

function begin(
  contest: ContestDefinition,
  said: readonly Said[] = [],
  more: Partial<ContestFacts> = {},
) {
  const floor = floorOf([...STAFF, ...said], day(1));
  const reader = contestReader(floor);
  const facts = factsOf(freezeContest(contest, reader), more);
  return { floor, live: new LiveContest(contest, facts, reader) };
}

/** A contest on a floor where changes of metrics wait to be counted. */
function hearing(contest: ContestDefinition, said: readonly Said[]) {
  const [floor, book] = [new Floor(), new Book()];
  let seq = 0;
  const tell = ({ at, name, knownAt: _, ...body }: Said) => {
    seq += 1;
    const key = `s/${name ?? seq}`;
    const event = { ...body, seq, key, occurredAt: at, recordedAt: at } as LogEvent;
    applyEvent(floor, book, event);
    book.events.set(key, event);
  };
  [...STAFF, ...said].forEach(tell);
  const reader = contestReader(floor);
  const live = new LiveContest(contest, factsOf(freezeContest(contest, reader)), reader);
  return { live, tell, recount: () => recountAll(floor, book) };
}

const credit = (person: string, minor: bigint, more: Partial<Credit> = {}): Credit => ({
  fact: 's/late',
  measure: 'revenue',
  subject: person,
  person,
  team: null,
  hint: null,
  at: day(0),
  since: day(0),
  endedAt: null,
  value: minor,
  item: null,
  seq: 99,
  ...more,
});

const week = contestOf({ kind: 'highest' });
const said = [won('p_ada', 500, day(0)), won('p_bo', 400, day(0)), won('p_cy', 10, day(0))];

describe('a contest that is followed', () => {
  test('says whether a credit has to do with it', () => {
    const { live } = begin(week, said, { withheld: new Set(['s/held']) });
    expect(live.touch(credit('p_ada', 1n))).toBe(true);
    expect(live.touch(credit('p_zed', 1n))).toBe(false);
    expect(live.touch(credit('p_ada', 1n, { measure: 'deals' }))).toBe(false);
    expect(live.touch(credit('p_ada', 1n, { measure: 'revenue?con_9' }))).toBe(false);
    expect(live.touch(credit('p_ada', 1n, { measure: 'revenue~12:0' }))).toBe(true);
    expect(live.touch(credit('p_ada', 1n, { at: MONDAY - 1 }))).toBe(false);
    expect(live.touch(credit('p_ada', 1n, { at: WEEK_END }))).toBe(false);
    expect(live.touch(credit('p_ada', 1n, { fact: 's/held' }))).toBe(false);
    const sudden = begin({ ...week, ties: 'sudden_death' }).live;
    expect(sudden.touch(credit('p_ada', 1n, { at: WEEK_END }))).toBe(true);
  });

  test('is touched by what its scorecard is made of', () => {
    const { live } = begin({ ...week, scoring: { metric: 'activity-points' } });
    expect(live.touch(credit('p_ada', 1n, { measure: 'calls' }))).toBe(true);
    expect(live.touch(credit('p_ada', 1n, { measure: 'activities' }))).toBe(false);
  });

  test('keeps the very lines that are as before', () => {
    const { floor, live } = begin(week, said);
    const before = live.standing();
    expect(live.standing()).toBe(before);
    floor.give(credit('p_bo', 500n));
    live.touch(credit('p_bo', 500n));
    const after = live.standing();
    expect(after).not.toBe(before);
    // Bo has 405 now: nobody's place changed, but what Cy lacks to him did.
    expect(after.lines.map((line, n) => line === before.lines[n])).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(after.lines[1]!.score).toBe(40_500n);
  });

  test('moves on with the clock alone, where rounds end', () => {
    const contest = contestOf({ kind: 'elimination', rounds: 7, out: 1, left: 1 });
    const { floor, live } = begin(contest, said);
    expect(live.standing().lines.filter(({ outIn }) => outIn)).toHaveLength(1);
    const before = live.standing();
    floor.clock = day(1, 23);
    expect(live.standing()).toBe(before);
    floor.clock = day(2, 0);
    expect(live.standing().lines.filter(({ outIn }) => outIn)).toHaveLength(2);
  });

  test('draws when the end is there', () => {
    const prizes = [{ id: 'p', for: { to: 'drawn' as const, winners: 1 } }];
    const raffle = contestOf({ kind: 'raffle', ticket: '100' }, { prizes });
    const { floor, live } = begin(raffle, said, { seed: 'ab'.repeat(32) });
    expect(live.standing().draw).toBeUndefined();
    floor.clock = WEEK_END;
    expect(live.standing().draw?.drawn).toHaveLength(1);
  });

  test('works everybody out again when the calendar is another', () => {
    const hours = [{ from: 600, to: 660 }];
    const { floor, live } = begin(contestOf({ kind: 'power_hour', hours }), said);
    expect(live.standing().lines[0]!.score).toBe(50_000n);
    floor.changeRules({ ...floor.settings, timeZone: 'Asia/Tehran' }, floor.seq);
    expect(live.standing().lines[0]!.score).toBe(0n);
  });

  test('works everybody out again when a scorecard weighs otherwise', () => {
    const contest = { ...week, scoring: { metric: 'activity-points' } };
    const { floor, live } = begin(contest);
    floor.give(credit('p_ada', 2_000_000n, { measure: 'calls' }));
    live.touch(credit('p_ada', 2_000_000n, { measure: 'calls' }));
    expect(live.standing().lines[0]!.score).toBe(2_000_000n);
    const metric = floor.metrics.get('activity-points')!;
    const parts = [{ metric: 'calls', weight: '3' }];
    const version = { version: 2, from: MONDAY, definition: { kind: 'scorecard', parts } } as const;
    floor.metrics.set(metric.id, { ...metric, versions: [...metric.versions, version] });
    expect(live.standing().lines[0]!.score).toBe(6_000_000n);
  });

  test('counts otherwise once a metric is counted anew to its end, and not before', () => {
    const capped: Said = {
      type: 'metric.published',
      metric: { id: 'deals', unit: 'count', better: 'higher', class: 'deal-making' },
      version: {
        version: 2,
        from: MONDAY,
        definition: { kind: 'count', events: ['deal.won'], caps: { day: '1' } },
      },
      at: day(2),
    };
    const contest = { ...week, scoring: { metric: 'deals' } };
    const { live, tell, recount } = hearing(contest, [...said, won('p_ada', 1, day(0, 11))]);
    expect(live.lines(0, 1)[0]!.score).toBe(2_000_000n);
    tell(capped);
    expect(live.lines(0, 1)[0]!.score).toBe(2_000_000n);
    recount();
    expect(live.lines(0, 1)[0]!.score).toBe(1_000_000n);
  });

  test('of conditions of its own knows what was before it, once that is counted', () => {
    const where = [{ field: 'attributes.region' as const, is: ['north'] }];
    const contest = { ...week, scoring: { metric: 'revenue', where } };
    const north: Said = { ...won('p_bo', 10, day(0)), attributes: { region: 'North' } } as Said;
    const published: Said = {
      ...{ type: 'contest.published', contest: contest.id, definition: contest },
      ...{ commitment: null, at: day(1) },
    };
    const { live, recount } = hearing(contest, [...said, north, published]);
    live.keepUp();
    recount();
    expect(live.lines(0, 1)[0]).toMatchObject({ entrant: 'p_bo', score: 1_000n });
  });
});
