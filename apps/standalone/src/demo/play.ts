import { ACHIEVEMENT_TEMPLATES } from '@ovation/domain';
import { hashToken, newId, newToken, type Clock } from '@ovation/host';
import {
  addDuel,
  createSession,
  inOrg,
  readPeople,
  readUsers,
  type PersonRow,
  type UserRow,
} from '@ovation/store';
import type { House } from '../house.ts';

/** What people of the demonstration do for each other, sent through the API like anybody's. */

type Send = (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => Promise<Answer>;
// A demonstration reads a few fields of what it is answered.
type Answer = Readonly<Record<string, unknown>>;

const SESSION_MS = 10 * 60_000;
/** Badges look back over a year when they are saved; this long the floor may take for it. */
const BADGES_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;

/** Badges, rewards, kudos with an answer, a wish that waits, and a challenge for the rep. */
export async function makePlay(house: House, orgId: string, clock: Clock): Promise<void> {
  const users = await readUsers(house.sql, orgId);
  const of = (role: UserRow['role']) => users.find((user) => user.role === role)!;
  const manager = await sendAs(house, of('manager'), clock);
  const owner = await sendAs(house, of('owner'), clock);
  const rep = await sendAs(house, of('rep'), clock);
  for (const { key: _, ...badge } of ACHIEVEMENT_TEMPLATES) {
    await manager('POST', '/v1/achievements', badge);
  }
  const rewards: string[] = [];
  for (const reward of REWARDS) {
    rewards.push(String((await manager('POST', '/v1/rewards', reward))['id']));
  }
  const people = (await readPeople(house.sql, orgId)).filter(({ active }) => active);
  const me = people.find(({ id }) => id === of('rep').personId)!;
  const others = people.filter((person) => person !== me);
  await thank(others, { manager, owner, rep, me });
  await house.projector.look();
  await wish(rep, rewards[1]!);
  await offerDuel(house, orgId, { from: others[2]!, to: me, now: clock.now() });
}

const REWARDS = [
  {
    name: 'Coffee for the team',
    names: { fa: 'قهوه برای تیم' },
    description: 'A round of good coffee, brought to your desks.',
    descriptions: { fa: 'یک دور قهوهٔ خوب، کنار میزهای شما.' },
    icon: 'sunrise',
    price: 120,
    cost: '30.00',
  },
  {
    name: 'Lunch for two',
    names: { fa: 'ناهار دونفره' },
    description: 'At the place around the corner, whenever you like.',
    descriptions: { fa: 'در رستوران نزدیک، هر روزی که بخواهید.' },
    icon: 'star',
    price: 300,
    cost: '55.00',
    stock: 12,
    perPerson: 2,
  },
  {
    name: 'An afternoon off',
    names: { fa: 'یک بعدازظهر مرخصی' },
    description: 'Any Thursday, agreed with your team a week before.',
    descriptions: { fa: 'هر پنجشنبه‌ای که یک هفته پیش با تیم هماهنگ شود.' },
    icon: 'rocket',
    price: 900,
    stock: 4,
    perPerson: 1,
  },
  {
    name: 'Seat at the sales congress',
    names: { fa: 'حضور در همایش فروش' },
    description: 'Two days with the best of the trade, travel included.',
    descriptions: { fa: 'دو روز با بهترین‌های این کار، همراه با سفر.' },
    icon: 'crown',
    price: 4_000,
    cost: '680.00',
    stock: 1,
    perPerson: 1,
  },
] as const;

interface Actors {
  readonly manager: Send;
  readonly owner: Send;
  readonly rep: Send;
  readonly me: PersonRow;
}

async function thank(others: readonly PersonRow[], { manager, owner, rep, me }: Actors) {
  const kudos = [
    [manager, others[0]!, 'teamwork', 'You took over two demos on a busy day. Thank you.', 15],
    [rep, others[1]!, 'help', 'Your notes on the renewal saved me an hour.', 10],
    [owner, me, 'customer', 'The customer called to praise you. So do I.', 20],
    [manager, others[3]!, 'perseverance', 'Fourth try, and signed. Well earned.', 10],
  ] as const;
  const lines: string[] = [];
  for (const [send, { id: person }, category, text, points] of kudos) {
    const line = await send('POST', '/v1/kudos', { person, category, text, points });
    lines.push(String((line['item'] as { id: string }).id));
  }
  const to = (line: number) => `/v1/feed/${encodeURIComponent(lines[line]!)}`;
  await rep('POST', `${to(2)}/comments`, { text: 'Thank you! It was a team effort.' });
  await manager('POST', `${to(2)}/comments`, { text: 'Well said, and well done.' });
  for (const [send, line, reaction] of [
    [manager, 2, 'like'],
    [owner, 0, 'heart'],
    [rep, 0, 'fire'],
    [rep, 3, 'star'],
  ] as const) {
    await send('PUT', `${to(line)}/reactions/${reaction}`);
  }
}

/** The rep asks for a reward once their badges are counted. */
async function wish(rep: Send, reward: string): Promise<void> {
  const deadline = performance.now() + BADGES_WITHIN_MS;
  while (Number((await rep('GET', '/v1/wallet'))['balance']) < 300) {
    if (performance.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  await rep('POST', `/v1/rewards/${reward}/redeem`);
}

/** Somebody who has no account challenges the rep. */
async function offerDuel(
  house: House,
  orgId: string,
  { from, to, now }: { from: PersonRow; to: PersonRow; now: number },
): Promise<void> {
  const duel = { metric: 'deals', hours: 72, stake: 25 };
  const times = { offeredAt: new Date(now), expiresAt: new Date(now + 86_400_000) };
  const both = { id: newId('dul'), challenger: from.id, opponent: to.id };
  await inOrg(house.sql, orgId, (tx) => addDuel(tx, orgId, { ...both, ...duel, ...times }));
}

/** Calls the API as a user who is signed in for a while; throws what was refused. */
async function sendAs(house: House, { orgId, userId, role }: UserRow, clock: Clock): Promise<Send> {
  const token = newToken('ovn');
  const expiresAt = new Date(clock.now() + SESSION_MS);
  await createSession(house.sql, orgId, { tokenHash: hashToken(token), userId, expiresAt });
  let count = 0;
  return async (method, url, body) => {
    count += 1;
    const answer = await house.ingest.app.inject({
      method,
      url,
      headers: {
        cookie: `ovation_session=${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        // A start after a crash sends the same again.
        'idempotency-key': `demo ${role} ${method} ${url} ${count}`.slice(0, 150),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.body}`);
    return answer.statusCode === 204 ? {} : (JSON.parse(answer.body) as Answer);
  };
}
