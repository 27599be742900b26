import { describe, expect, test } from 'vitest';
import { aimed, badge, called, earnedBy, floorOf, reversed, won } from './achievement.fixture.ts';

describe('so much in a window', () => {
  const deals = badge({ kind: 'sum', metric: 'deals', window: 'month' }, ['2', '3']);

  test('each passed step is earned, in every window anew', () => {
    const floor = floorOf(
      won('ada', '2026-11-02T10:00:00Z'),
      won('ada', '2026-11-03T10:00:00Z'),
      won('ada', '2026-11-30T23:59:59Z'),
      won('ada', '2026-12-01T00:00:00Z'),
      won('ada', '2026-12-02T00:00:00Z'),
      won('bo', '2026-12-02T00:00:00Z'),
    );
    expect(earnedBy(floor, deals, 'ada')).toEqual([
      'bronze 2026-11-01',
      'bronze 2026-12-01',
      'silver 2026-11-01',
    ]);
    expect(earnedBy(floor, { ...deals, repeat: 'once' }, 'ada')).toEqual([
      'bronze once',
      'silver once',
    ]);
    expect(earnedBy(floor, deals, 'bo')).toEqual([]);
  });

  test('what is taken back takes it back, and nothing else', () => {
    const told = [won('ada', '2026-11-02T10:00:00Z', 1, 's/d'), won('ada', '2026-11-03T10:00:00Z')];
    expect(earnedBy(floorOf(...told), deals, 'ada')).toEqual(['bronze 2026-11-01']);
    const after = floorOf(...told, reversed('s/d', '2026-11-04T10:00:00Z'));
    expect(earnedBy(after, deals, 'ada')).toEqual([]);
  });

  test('what happened before it began does not count', () => {
    const told = [won('ada', '2026-11-02T10:00:00Z'), won('ada', '2026-11-20T10:00:00Z')];
    const since = Date.parse('2026-11-10T00:00:00Z');
    expect(earnedBy(floorOf(...told), { ...deals, since }, 'ada')).toEqual([]);
  });
});

test('one large event: two smaller ones are not it', () => {
  const big = badge({ kind: 'event', metric: 'revenue', window: 'day' }, ['500']);
  const floor = floorOf(
    won('ada', '2026-11-02T10:00:00Z', 499),
    won('ada', '2026-11-02T11:00:00Z', 499),
    won('ada', '2026-11-03T11:00:00Z', 500),
  );
  expect(earnedBy(floor, big, 'ada')).toEqual(['plain 2026-11-03']);
});

test('a record beats every window before it, once there were enough of them', () => {
  const record = badge({ kind: 'record', metric: 'revenue', window: 'month', after: 2 });
  const floor = floorOf(
    won('ada', '2026-06-02T10:00:00Z', 10),
    won('ada', '2026-07-02T10:00:00Z', 20),
    won('ada', '2026-08-02T10:00:00Z', 20),
    won('ada', '2026-09-02T10:00:00Z', 21),
    won('ada', '2026-11-02T10:00:00Z', 15),
    won('ada', '2026-12-02T10:00:00Z', 22),
  );
  expect(earnedBy(floor, record, 'ada')).toEqual(['plain 2026-09-01', 'plain 2026-12-01']);
});

describe('the first', () => {
  test('of one’s own is earned once', () => {
    const own = badge({ kind: 'first', of: 'own', metric: 'deals', window: 'all' });
    const floor = floorOf(won('ada', '2026-11-02T10:00:00Z'), won('ada', '2026-11-03T10:00:00Z'));
    expect(earnedBy(floor, own, 'ada')).toEqual(['plain all']);
    expect(earnedBy(floor, own, 'bo')).toEqual([]);
  });

  test('of everybody goes to whoever it was, also when that is learned late', () => {
    const opener = badge({ kind: 'first', of: 'everybody', metric: 'deals', window: 'day' });
    const told = [won('ada', '2026-11-02T10:00:00Z'), won('bo', '2026-11-02T11:00:00Z')];
    expect(earnedBy(floorOf(...told), opener, 'ada')).toEqual(['plain 2026-11-02']);
    const late = floorOf(...told, won('bo', '2026-11-02T09:00:00Z'));
    expect(earnedBy(late, opener, 'ada')).toEqual([]);
    expect(earnedBy(late, opener, 'bo')).toEqual(['plain 2026-11-02']);
  });
});

describe('a row of working days', () => {
  const week = badge({ kind: 'streak', metric: 'activities', daily: '1', freeze: 0 }, ['5']);
  const days = (...of: number[]) =>
    of.map((day) => called('ada', `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`));

  test.each([
    ['Monday to Friday', [2, 3, 4, 5, 6], ['plain 2026-11-02']],
    ['over a weekend, which breaks nothing', [4, 5, 6, 9, 10], ['plain 2026-11-04']],
    ['a missed Wednesday breaks it', [2, 3, 5, 6, 9], []],
    ['work on a Saturday counts as a day', [4, 5, 6, 7, 9], ['plain 2026-11-04']],
    ['twice', [2, 3, 4, 5, 6, 10, 11, 12, 13, 16], ['plain 2026-11-02', 'plain 2026-11-10']],
  ])('%s', (_, of, earned) => {
    expect(earnedBy(floorOf(...days(...of)), week, 'ada')).toEqual(earned);
  });

  test('a missed day is bridged where that is allowed, and no second one', () => {
    const kind = week.rules as Extract<typeof week.rules, { kind: 'streak' }>;
    const kinder = { ...week, rules: { ...kind, freeze: 1 } };
    expect(earnedBy(floorOf(...days(2, 3, 5, 6, 9)), kinder, 'ada')).toEqual(['plain 2026-11-02']);
    expect(earnedBy(floorOf(...days(2, 4, 6, 9, 10)), kinder, 'ada')).toEqual([]);
  });

  test('a holiday is no missed day', () => {
    const floor = floorOf(...days(2, 3, 5, 6, 9));
    floor.changeRules({ ...floor.settings, holidays: ['2026-11-04'] }, floor.seq);
    expect(earnedBy(floor, week, 'ada')).toEqual(['plain 2026-11-02']);
  });

  test('less than the day asks for does not count', () => {
    const two = badge({ kind: 'streak', metric: 'activities', daily: '2', freeze: 0 }, ['2']);
    expect(earnedBy(floorOf(...days(2, 3, 3, 4, 4)), two, 'ada')).toEqual(['plain 2026-11-03']);
  });
});

test('percent of the own target: 99.99 is not 100', () => {
  const reached = badge({ kind: 'target', metric: 'revenue', window: 'month' }, ['100', '120']);
  const told = [
    aimed('ada', '2026-11-01', 1_000),
    aimed('bo', '2026-11-01', 10_000),
    won('ada', '2026-11-02T10:00:00Z', 1_200),
    won('bo', '2026-11-02T10:00:00Z', 9_999),
    won('cy', '2026-11-02T10:00:00Z', 9_999),
  ];
  const floor = floorOf(...told);
  expect(earnedBy(floor, reached, 'ada')).toEqual(['bronze 2026-11-01', 'silver 2026-11-01']);
  expect(earnedBy(floor, reached, 'bo')).toEqual([]);
  expect(earnedBy(floor, reached, 'cy')).toEqual([]);
});

test('a time of day is half-open', () => {
  const early = badge(
    { kind: 'time', metric: 'activities', window: 'day', hours: { from: 0, to: 540 } },
    ['2'],
  );
  const floor = floorOf(
    called('ada', '2026-11-02T08:00:00Z'),
    called('ada', '2026-11-02T08:59:59Z'),
    called('bo', '2026-11-02T08:59:59Z'),
    called('bo', '2026-11-02T09:00:00Z'),
  );
  expect(earnedBy(floor, early, 'ada')).toEqual(['plain 2026-11-02']);
  expect(earnedBy(floor, early, 'bo')).toEqual([]);
});

test('what a team did together is for those who added to it', () => {
  const together = badge({ kind: 'team', metric: 'deals', window: 'month' }, ['3']);
  const floor = floorOf(
    won('ada', '2026-11-02T10:00:00Z'),
    won('ada', '2026-11-03T10:00:00Z'),
    won('bo', '2026-11-04T10:00:00Z'),
    won('cy', '2026-11-04T10:00:00Z'),
  );
  expect(earnedBy(floor, together, 'ada')).toEqual(['plain 2026-11-01']);
  expect(earnedBy(floor, together, 'bo')).toEqual(['plain 2026-11-01']);
  expect(earnedBy(floor, together, 'cy')).toEqual([]);
  const south = badge({ kind: 'team', metric: 'deals', window: 'month', teams: ['t_south'] }, [
    '1',
  ]);
  expect(earnedBy(floor, south, 'ada')).toEqual([]);
  expect(earnedBy(floor, south, 'cy')).toEqual(['plain 2026-11-01']);
});

test('a badge of a metric that nobody knows is nobody’s', () => {
  const none = badge({ kind: 'sum', metric: 'met_gone', window: 'month' });
  expect(earnedBy(floorOf(won('ada', '2026-11-02T10:00:00Z')), none, 'ada')).toEqual([]);
});
