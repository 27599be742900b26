import { createCalendar, type OrganisationSettings } from '@ovation/domain';
import { makeContests } from './demo/contests.ts';
import { makePay } from './demo/pay.ts';
import type { House } from './house.ts';

/** What a manager of the demonstration has set, sent through the API like anybody's. */

export type Send = (
  method: 'POST' | 'PUT' | 'PATCH',
  url: string,
  body: object,
) => Promise<unknown>;

/** Calls the API of this house with its first key; throws what was refused. */
function sender(house: House, key: string): Send {
  let count = 0;
  return async (method, url, body) => {
    count += 1;
    const answer = await house.ingest.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        // A start after a crash sends the same again.
        'idempotency-key': `demo ${url} ${count}`,
      },
      payload: JSON.stringify(body),
    });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.body}`);
    return answer.statusCode === 204 ? undefined : (JSON.parse(answer.body) as unknown);
  };
}

const DAY_MS = 86_400_000;

/** Exchange rates, consequences, a metric and boards of the floor's own. */
export async function makeSettings(
  house: House,
  key: string,
  { now, settings }: { now: number; settings: OrganisationSettings },
): Promise<void> {
  const send = sender(house, key);
  const calendar = createCalendar(settings);
  const rates = [
    [360, '1.05'],
    [180, '1.09'],
    [30, '1.08'],
  ] as const;
  for (const [daysAgo, rate] of rates) {
    const from = calendar.dateOf(now - daysAgo * DAY_MS);
    await send('PUT', '/v1/rates', { currency: 'EUR', from, rate });
  }
  await makeConsequences(send);
  await makeBoards(send);
}

async function makeConsequences(send: Send): Promise<void> {
  await send('PUT', '/v1/consequences', {
    metric: 'revenue',
    period: 'month',
    atPercent: 100,
    text: 'From here on every deal pays 10 % instead of 8 %',
    texts: { fa: 'از این‌جا هر قرارداد به جای ۸٪، ۱۰٪ پورسانت دارد' },
  });
  await send('PUT', '/v1/consequences', {
    metric: 'revenue',
    period: 'month',
    atPercent: 120,
    text: 'Bonus of 500 USD',
    texts: { fa: 'پاداش ۵۰۰ دلاری' },
  });
}

async function makeBoards(send: Send): Promise<void> {
  await send('POST', '/v1/metrics', {
    name: 'Enterprise revenue',
    names: { fa: 'درآمد مشتریان بزرگ' },
    unit: 'money',
    definition: {
      kind: 'sum',
      of: 'amount',
      events: ['deal.won'],
      where: [{ field: 'attributes.product', is: ['Enterprise'] }],
    },
  });
  await send('POST', '/v1/boards', {
    name: 'North, last 30 days',
    names: { fa: 'شمال، ۳۰ روز گذشته' },
    slug: 'north-30',
    metric: 'revenue',
    period: 'last-30',
    of: 'people',
    where: [{ field: 'attributes.region', is: ['North'] }],
    topN: 10,
  });
  await send('POST', '/v1/boards', {
    name: 'Most improved',
    names: { fa: 'بیشترین پیشرفت' },
    slug: 'most-improved',
    metric: 'revenue',
    period: 'month',
    of: 'people',
    rankedBy: 'improvement',
  });
}

/** Contests of the demonstration, once there is a past to look back on. */
export async function startContests(
  house: House,
  key: string,
  floor: { now: number; settings: OrganisationSettings; people: readonly string[] },
): Promise<void> {
  const { now, settings, people } = floor;
  const send = sender(house, key);
  const calendar = createCalendar(settings);
  await makeContests(send, { now, people, calendar });
  await makePay(send, { now, people, calendar });
}

/** Names that the telephone system knows and nobody here does, and deliveries that went wrong. */
export async function makeLooseEnds(house: House, key: string, now: number): Promise<void> {
  const send = sender(house, key);
  const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString();
  const events = ['S. Rossi', 'P. Sadeghi', 'Night desk'].flatMap((person, who) =>
    Array.from({ length: 4 - who }, (_, n) => ({
      id: `phone-${who}-${n}`,
      type: 'activity.logged',
      activity: 'call',
      person,
      occurredAt: at(4 + who * 9 + n * 3),
    })),
  );
  await send('POST', '/v1/events', { events });
  // Refused and kept: each waits for somebody to mend it.
  const wrong = [
    {
      id: 'shop-9918',
      type: 'deal.won',
      deal: 'shop-9918',
      person: 'sofia.rossi@demo.example',
      amount: { amount: '4200.00', currency: 'GBP' },
      occurredAt: at(6),
    },
    { id: 'shop-9919', type: 'deal.won', deal: 'shop-9919', occurredAt: at(5) },
    { id: 'phone-88', type: 'activity.logged', person: 'Night desk', occurredAt: 'yesterday' },
  ];
  await send('POST', '/v1/events', { events: wrong });
}
