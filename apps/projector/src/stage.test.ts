import { applyEvent, Floor, type LogEvent } from '@ovation/domain';
import { describe, expect, it } from 'vitest';
import { Stage } from './stage.ts';

const AT = Date.UTC(2026, 0, 5);
const SECOND = 1_000;
const CONTESTS = ['con_a', 'con_b', 'con_c'];
const [A, B, C] = CONTESTS.map((id) => `contest-${id}`) as [string, string, string];
const PEOPLE = Array.from({ length: 12 }, (_, n) => `per_${n}`);
const noGroups = { get: () => undefined, set: () => undefined, groupOf: () => undefined };
const directory = new Map();

/** A floor of twelve people and three contests, the first rows of which are watched. */
function watched(rows = 2) {
  const floor = new Floor();
  let seq = 0;
  const tell = (type: string, more: object) => {
    seq += 1;
    const base = { seq, type, key: `s/${seq}`, occurredAt: AT, recordedAt: AT };
    return applyEvent(floor, noGroups, { ...base, ...more } as LogEvent);
  };
  for (const person of PEOPLE) {
    tell('person.changed', { person, team: null, since: null, active: true });
  }
  for (const contest of CONTESTS) {
    const who = { of: 'people', who: {}, scoring: { metric: 'revenue' }, prizes: [] };
    const when = { from: AT, to: AT + 86_400_000, graceHours: 0, ties: 'earliest' };
    const definition = { id: contest, ...who, ...when, rules: { kind: 'highest' } };
    tell('contest.published', { contest, definition, commitment: null });
  }
  const stage = new Stage(floor, []);
  for (const slug of [A, B, C]) stage.snapshot(slug, { now: AT, directory, rows });
  const win = (person = 'per_0', minor = '10000') => {
    const amount = { minor, currency: 'USD' };
    const credits = [{ person, share: '1' }];
    stage.touch(tell('deal.won', { deal: `s/deal-${seq}`, amount, credits }).added);
  };
  return { stage, win, tell };
}

const all = (stage: Stage) => [
  ...stage.update(false, directory),
  ...stage.turns(directory, () => true),
];

it('contests that there was no time for come first the next time, and none is left out', () => {
  const { stage, win } = watched();
  win();
  expect(stage.update(false, directory)).toEqual([]);
  const shown: string[] = [];
  for (const _ of CONTESTS) {
    expect(stage.behind).toBe(true);
    // Time for one contest at a time, and more news meanwhile.
    let asked = 0;
    const frames = stage.turns(directory, () => (asked += 1) === 1);
    shown.push(...frames.map(({ b }) => b));
    expect(frames).toHaveLength(1);
    win();
    stage.update(false, directory);
  }
  expect(shown).toEqual([A, B, C]);
  expect(stage.turns(directory, () => true).map(({ b }) => b)).toEqual([A, B, C]);
  expect(stage.behind).toBe(false);
});

describe('rows from the top', () => {
  const slots = (stage: Stage, slug: string) => {
    const frame = all(stage).find(({ b }) => b === slug);
    return frame?.kind === 'delta' ? frame.u.map(([slot]) => slot) : undefined;
  };
  const rowsOf = (stage: Stage, slug: string, rows: number, now = AT) =>
    stage.snapshot(slug, { now, directory, rows })!.rows.map(([id]) => id);

  it('are told as far down as somebody watches, and all of them are counted', () => {
    const { stage, win } = watched();
    ['per_4', 'per_3', 'per_2'].forEach((person, n) => win(person, `${(n + 1) * 100}`));
    expect(slots(stage, A)).toEqual([0, 1]);
    const board = stage.snapshot(A, { now: AT, directory, rows: 2 })!;
    expect(board.rows.map(([id]) => id)).toEqual(['per_2', 'per_3']);
    expect(board.totals).toMatchObject({ count: 12, total: '6.00' });
    // Whoever is third is shown to nobody: only the sum is news.
    win('per_4', '50');
    expect(slots(stage, A)).toEqual([]);
  });

  it('are more when somebody asks for more, as of the newest event', () => {
    const { stage, win } = watched();
    win('per_7');
    expect(rowsOf(stage, A, 4)).toEqual(['per_7', 'per_0', 'per_1', 'per_10']);
    expect(stage.versions()[A]).toEqual([expect.any(String), 16, 4]);
    win('per_1', '1');
    // Who has no place yet lacks something to the last who has: that is news of slot 3.
    expect(slots(stage, A)).toEqual([1, 2, 3]);
    // One who asks for less does not take anything from the others.
    expect(rowsOf(stage, A, 1)).toHaveLength(4);
  });

  it('are fewer again once nobody has asked for them in a while', () => {
    const { stage } = watched();
    rowsOf(stage, A, 10);
    const later = AT + 60 * SECOND;
    stage.keep([A, B, C], { [A]: 2, [B]: 2, [C]: 2 }, later);
    stage.sweep(later);
    expect(stage.versions()[A]![2]).toBe(10);
    stage.sweep(AT + 91 * SECOND);
    expect(stage.versions()[A]![2]).toBe(2);
    expect(stage.frames().map(({ b, rows }) => [b, rows.length])).toEqual([
      [A, 2],
      [B, 2],
      [C, 2],
    ]);
    stage.sweep(later + 91 * SECOND);
    expect(stage.versions()).toEqual({});
  });
});

it('a contest that is decided shows its result, whatever is learned afterwards', () => {
  const { stage, win, tell } = watched();
  win('per_1', '200');
  win('per_2', '300');
  const line = { tied: false, reached: 0 };
  const result = {
    asOf: 17,
    unit: { kind: 'money', currency: 'USD', scale: 2 },
    lines: [
      { ...line, entrant: 'per_2', rank: 1, score: '300', raw: '300' },
      { ...line, entrant: 'per_1', rank: 2, score: '200', raw: '200' },
    ],
    awards: [],
  };
  tell('contest.closed', { contest: 'con_a', result });
  win('per_1', '500');
  all(stage);
  const told = stage.snapshot(A, { now: AT, directory, rows: 5 })!;
  expect(told.rows.map((row) => [row[0], row[4], row[5]])).toEqual([
    ['per_2', '3.00', 1],
    ['per_1', '2.00', 2],
  ]);
  expect(told.totals).toMatchObject({ total: '5.00', count: 2 });
});
