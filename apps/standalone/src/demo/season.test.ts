import { createCalendar, DEFAULT_SETTINGS, type OrganisationSettings } from '@ovation/domain';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DemoEvent } from './market.ts';
import { DEMO_PEOPLE, DEMO_TEAMS } from './people.ts';
import { season } from './season.ts';
import { targets, type DemoTarget } from './targets.ts';

const settings: OrganisationSettings = {
  ...DEFAULT_SETTINGS,
  timeZone: 'Asia/Tehran',
  weekStart: 6,
  workdays: [1, 1, 1, 0.5, 0, 1, 1],
  holidays: ['2026-03-21', '2026-03-22', '2026-03-23'],
};
const DAY_MS = 86_400_000;
const to = Date.UTC(2026, 10, 24, 8);
const options = { seed: 7, from: to - 365 * DAY_MS, to, settings };
const calendar = createCalendar(settings);

const timeOf = (event: DemoEvent) => Date.parse(event.occurredAt ?? '');
const worth = (event: DemoEvent) => Number(event.amount?.amount);

describe('a season', () => {
  let events: DemoEvent[];
  let wins: DemoEvent[];
  beforeAll(() => {
    events = [...season(options)];
    wins = events.filter(({ type }) => type === 'deal.won');
  });

  test('is the same for the same seed, and another for another', () => {
    expect([...season(options)]).toEqual(events);
    expect([...season({ ...options, seed: 8 })].length).not.toBe(events.length);
  });

  test('has a year of events, in order, each with an id of its own', () => {
    expect(events.length).toBeGreaterThan(30_000);
    expect(events.length).toBeLessThan(48_000);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const times = events.map(timeOf);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(options.from);
    expect(times.at(-1)).toBeLessThan(options.to);
  });

  test('ids hold nobody by name', () => {
    const names = DEMO_PEOPLE.map(({ email }) => email.slice(0, email.indexOf('.')));
    const ids = events.map(({ id, deal = '' }) => `${id} ${deal}`).join('\n');
    expect(names.filter((name) => ids.includes(name))).toEqual([]);
  });

  test('happens in working hours only, never on a holiday', () => {
    const outside = events.filter((event) => {
      const at = timeOf(event);
      const days = calendar.workDays(calendar.windowOf('day', at));
      return !days.some((day) => at >= day.from && at <= day.to + DAY_MS * 0.01);
    });
    expect(outside.filter(({ type }) => type !== 'deal.reversed')).toEqual([]);
  });

  test('fewer people call during lunch than an hour and a half before', () => {
    const at = (hour: number) =>
      events.filter((event) => {
        const midnight = calendar.windowOf('day', timeOf(event)).from;
        return Math.floor((timeOf(event) - midnight) / 3_600_000) === hour;
      }).length;
    expect(at(13)).toBeLessThan(at(11) * 0.6);
  });

  test('months are alike but not the same, and busiest at their end', () => {
    const byMonth = new Map<string, number>();
    let lastFifth = 0;
    for (const win of wins) {
      const month = calendar.windowOf('month', timeOf(win));
      byMonth.set(month.key, (byMonth.get(month.key) ?? 0) + worth(win));
      if ((timeOf(win) - month.from) / (month.to - month.from) > 0.8) lastFifth += 1;
    }
    const full = [...byMonth.values()].slice(1, -1);
    expect(Math.min(...full)).toBeGreaterThan(1_500_000);
    expect(Math.max(...full)).toBeLessThan(4_500_000);
    expect(lastFifth / wins.length).toBeGreaterThan(0.24);
  });

  test('deals are mostly small, with a long tail, in whole dollars', () => {
    const amounts = wins.map(worth).toSorted((a, b) => a - b);
    const median = amounts[Math.floor(amounts.length / 2)] ?? 0;
    expect(median).toBeGreaterThan(4_500);
    expect(median).toBeLessThan(7_500);
    expect(amounts[0]).toBeGreaterThanOrEqual(1_200);
    expect(amounts.at(-1)).toBeGreaterThan(60_000);
    expect(wins.every(({ amount }) => /^\d+\.00$/.test(amount?.amount ?? ''))).toBe(true);
  });

  test('a deal is opened before it moves and moves before it ends; it ends once', () => {
    const order = ['deal.opened', 'deal.stage_changed', 'deal.won', 'deal.lost', 'deal.reversed'];
    const stories = new Map<string, string[]>();
    for (const { deal, type } of events) {
      if (deal === undefined || !order.includes(type)) continue;
      stories.set(deal, [...(stories.get(deal) ?? []), type]);
    }
    for (const story of stories.values()) {
      expect(story).toEqual(story.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
      const ends = story.filter((type) => type === 'deal.won' || type === 'deal.lost');
      expect(ends.length).toBeLessThanOrEqual(1);
    }
  });

  test('about one win in a hundred is taken back, some days later', () => {
    const wonAt = new Map(wins.map((win) => [win.deal, timeOf(win)]));
    const reversed = events.filter(({ type }) => type === 'deal.reversed');
    expect(reversed.length / wins.length).toBeGreaterThan(0.004);
    expect(reversed.length / wins.length).toBeLessThan(0.02);
    for (const event of reversed) {
      const won = wonAt.get(event.deal);
      if (won !== undefined) expect(timeOf(event) - won).toBeGreaterThanOrEqual(DAY_MS);
    }
  });

  test('every person has days without any event, and new colleagues begin late', () => {
    const first = new Map<string, number>();
    for (const event of events) {
      for (const { person } of event.credits ?? []) {
        if (!first.has(person)) first.set(person, timeOf(event));
      }
    }
    for (const { email, joined } of DEMO_PEOPLE) {
      const share = ((first.get(email) ?? 0) - options.from) / (to - options.from);
      if (joined === undefined) expect(share).toBeLessThan(0.1);
      else expect(share).toBeGreaterThan(joined - 0.05);
    }
  });

  test('shares of a deal add up to one', () => {
    for (const { credits = [] } of wins) {
      const tenths = credits.reduce((sum, { share }) => sum + Math.round(Number(share) * 10), 0);
      expect(tenths).toBe(10);
    }
  });

  describe('its targets', () => {
    let rows: DemoTarget[];
    beforeAll(() => {
      rows = targets({ seed: 7, now: to, settings, people: DEMO_PEOPLE, events });
    });
    const sum = (scope: string) =>
      rows
        .filter((row) => row.scope === scope)
        .reduce((total, row) => total + Number(row.value), 0);

    test('there is one for everybody, and they add up', () => {
      expect(rows).toHaveLength(DEMO_PEOPLE.length + DEMO_TEAMS.length + 1);
      expect(sum('team')).toBe(sum('person'));
      expect(sum('organisation')).toBe(sum('team'));
      expect(new Set(rows.map(({ start }) => start))).toEqual(new Set(['2026-11-01']));
    });

    test('the floor is about on pace', () => {
      const month = calendar.windowOf('month', to);
      const won = wins.filter((win) => timeOf(win) >= month.from);
      const total = won.reduce((all, win) => all + worth(win), 0);
      const attainment = total / sum('organisation');
      expect(attainment).toBeGreaterThan(0.55);
      expect(attainment).toBeLessThan(1);
    });

    test('on the first morning of a month they come from the months before', () => {
      const now = calendar.windowOf('month', to).from + 1;
      const early = targets({ seed: 7, now, settings, people: DEMO_PEOPLE, events });
      const whole = Number(early.at(-1)?.value);
      expect(whole).toBeGreaterThan(1_500_000);
      expect(whole).toBeLessThan(4_500_000);
    });
  });
});

test('a currency without cents gets whole amounts, a small unit gets large ones', () => {
  const short = { ...options, from: to - 20 * DAY_MS };
  const first = (currency: string) =>
    [...season({ ...short, settings: { ...settings, currency } })].find((one) => one.amount);
  expect(first('JPY')?.amount?.amount).toMatch(/^\d{6,}$/);
  expect(first('IRR')?.amount?.amount).toMatch(/^\d{9,}\.00$/);
});
