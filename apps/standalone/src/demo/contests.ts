import type { Calendar } from '@ovation/domain';
import type { Send } from '../demo-settings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A cup of eight is three rounds. */
const CUP = 8;

interface Draft {
  readonly name: string;
  readonly names: { readonly fa: string };
  readonly description?: string;
  readonly descriptions?: { readonly fa: string };
  readonly definition: object;
}

interface Floor {
  readonly now: number;
  readonly calendar: Calendar;
  /** People by how much they usually sell, the best first. */
  readonly people: readonly string[];
}

const points = (place: number, amount: number) => ({
  id: `place-${place}`,
  for: { to: 'ranks', from: place, until: place },
  item: { kind: 'points', points: amount },
});
const money = (place: number, amount: string) => ({
  id: `place-${place}`,
  for: { to: 'ranks', from: place, until: place },
  item: { kind: 'money', amount, currency: 'USD' },
});
const iso = (at: number) => new Date(at).toISOString();

/** Contests of every state of life that a manager of the demonstration has begun. */
export async function makeContests(send: Send, floor: Floor): Promise<void> {
  for (const draft of [...races(floor), ...together(floor), ...coming(floor)]) {
    const made = (await send('POST', '/v1/contests', draft)) as { id: string };
    await send('POST', `/v1/contests/${made.id}/publish`, {});
  }
  await send('POST', '/v1/contests', halfWritten(floor));
}

const BASE = { of: 'people', who: {}, graceHours: 24, ties: 'earliest' };

/** One against the other, while somebody looks around. */
function races({ now, calendar, people }: Floor): Draft[] {
  const week = calendar.windowOf('week', now);
  const today = calendar.windowOf('day', now);
  return [
    {
      name: 'Winter opener',
      names: { fa: 'شروع زمستان' },
      description: 'The first week decides who opens the winter.',
      descriptions: { fa: 'هفتهٔ نخست تعیین می‌کند چه کسی زمستان را آغاز می‌کند.' },
      definition: {
        ...BASE,
        scoring: { metric: 'revenue' },
        rules: { kind: 'highest' },
        from: iso(week.from),
        to: iso(week.to),
        entry: 'leave',
        prizes: [money(1, '500.00'), money(2, '250.00'), points(3, 300)],
        show: { pin: true, topN: 6 },
        guard: { lateMinutes: 30, duplicateMinutes: 10 },
      },
    },
    {
      name: 'Better than yourself',
      names: { fa: 'بهتر از خودت' },
      definition: {
        ...BASE,
        scoring: { metric: 'activities' },
        rules: { kind: 'most_improved', windows: 3, by: 'percent' },
        from: iso(week.from),
        to: iso(week.to),
        qualify: '5',
        ties: 'split',
        prizes: [points(1, 400), points(2, 200), points(3, 100)],
      },
    },
    {
      name: 'November cup',
      names: { fa: 'جام پاییز' },
      definition: {
        ...BASE,
        who: { people: people.slice(0, CUP) },
        scoring: { metric: 'revenue' },
        rules: { kind: 'bracket', seeding: 'hand', thirdPlace: true },
        from: iso(today.from - 2 * DAY_MS),
        to: iso(today.from + 4 * DAY_MS),
        prizes: [money(1, '300.00'), points(2, 150)],
      },
    },
  ];
}

/** All for one number, and a draw that comes soon. */
function together({ now, calendar }: Floor): Draft[] {
  const week = calendar.windowOf('week', now);
  const today = calendar.windowOf('day', now);
  return [
    {
      name: 'Six hundred calls together',
      names: { fa: 'ششصد تماس با هم' },
      definition: {
        ...BASE,
        scoring: { metric: 'activities' },
        rules: { kind: 'collective', goal: '600' },
        from: iso(week.from),
        to: iso(week.to),
        prizes: [{ id: 'all', for: { to: 'reached' }, item: { kind: 'points', points: 50 } }],
      },
    },
    {
      name: 'Lucky calls',
      names: { fa: 'تماس‌های خوش‌شانس' },
      definition: {
        ...BASE,
        graceHours: 0,
        scoring: { metric: 'activities' },
        rules: { kind: 'raffle', ticket: '1', most: 40 },
        from: iso(today.from - 2 * DAY_MS),
        to: iso(now + 10 * MINUTE_MS),
        prizes: [
          {
            id: 'tickets',
            for: { to: 'drawn', winners: 3 },
            item: {
              kind: 'thing',
              name: 'Cinema tickets',
              names: { fa: 'بلیت سینما' },
              cost: '30.00',
            },
          },
        ],
      },
    },
  ];
}

function coming({ now }: Floor): Draft[] {
  return [
    {
      name: 'Power hour',
      names: { fa: 'ساعت طلایی' },
      definition: {
        of: 'people',
        who: {},
        scoring: { metric: 'activities' },
        rules: { kind: 'power_hour', hours: [{ from: 600, to: 660 }] },
        from: iso(now + 18 * HOUR_MS),
        to: iso(now + 6 * DAY_MS),
        graceHours: 12,
        ties: 'shared',
        prizes: [points(1, 200), points(2, 100)],
      },
    },
  ];
}

/** Somebody was called away in the middle of writing it. */
function halfWritten({ now }: Floor): Draft {
  return {
    name: 'Team relay',
    names: { fa: 'امدادی تیم‌ها' },
    definition: {
      of: 'teams',
      scoring: { metric: 'deals' },
      rules: { kind: 'teams', by: 'average' },
      from: iso(now + 5 * DAY_MS),
    },
  };
}
