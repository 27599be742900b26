import { liveChannel, type LiveNews } from '@ovation/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCrew, type Crew, type SendAs } from './crew.fixture.ts';

let crew: Crew;
/** What went over the bus since a test began. */
let told: LiveNews[] = [];
beforeAll(async () => {
  crew = await openCrew();
  await crew.floor.bus.subscribe(liveChannel(crew.floor.orgId), (news) => {
    told.push(news as LiveNews);
  });
});
beforeEach(() => {
  told = [];
});
afterAll(() => crew.floor.close());

const lines = async (as: SendAs, query = '') => (await as('GET', `/v1/feed${query}`)).body.entries;
const at = (id: string) => `/v1/feed/${encodeURIComponent(id)}`;
const changes = () => told.flatMap((one) => (one.kind === 'feed_change' ? [one.change] : []));
const items = () =>
  told.flatMap((one) => (one.kind === 'feed' && !one.whole ? one.items : [])).map((one) => one.id);

let line: string;

test('a win is a line for everybody', async () => {
  await crew.win('Ana', 'big', 0, '4200.00');
  const [first] = await lines(crew.as.Bo);
  expect(first).toMatchObject({
    item: { kind: 'win', person: { name: 'Ana' }, amount: { value: '4200.00', currency: 'USD' } },
    comments: 0,
    reactions: {},
    mine: [],
    hidden: null,
  });
  line = first.item.id as string;
  await expect.poll(items).toEqual([line]);
});

test('a reaction counts once a person, and can be taken back', async () => {
  await crew.as.Bo('PUT', `${at(line)}/reactions/like`);
  await crew.as.Bo('PUT', `${at(line)}/reactions/like`);
  const answer = await crew.as.Cy('PUT', `${at(line)}/reactions/like`);
  expect(answer.body).toMatchObject({ reactions: { like: 2 }, mine: ['like'] });
  await crew.as.Bo('PUT', `${at(line)}/reactions/fire`);
  await crew.as.Bo('DELETE', `${at(line)}/reactions/like`);
  const [entry] = await lines(crew.as.Ana);
  expect(entry).toMatchObject({ reactions: { like: 1, fire: 1 }, mine: [] });
  await expect
    .poll(() => changes().at(-1))
    .toEqual({
      id: line,
      gone: false,
      comments: 0,
      reactions: { like: 1, fire: 1 },
    });
  expect((await crew.as.Bo('PUT', `${at(line)}/reactions/thumb`)).status).toBe(404);
});

describe('comments', () => {
  let mine: string;
  test('are told live, and taken away by who wrote them alone', async () => {
    const said = await crew.as.Bo('POST', `${at(line)}/comments`, { text: '  Well done!  ' });
    expect(said).toMatchObject({ status: 201, body: { text: 'Well done!', mine: true } });
    mine = said.body.id as string;
    await expect.poll(changes).toMatchObject([{ id: line, comments: 1 }]);
    const { comments } = (await crew.as.Ana('GET', `${at(line)}/comments`)).body;
    expect(comments).toMatchObject([{ by: { name: 'Bo' }, text: 'Well done!', mine: false }]);
    expect((await crew.as.Ana('DELETE', `/v1/feed/comments/${mine}`)).status).toBe(403);
    expect((await crew.as.manager('DELETE', `/v1/feed/comments/${mine}`)).status).toBe(403);
    expect((await crew.as.Ana('POST', `${at(line)}/comments`, { text: '   ' })).status).toBe(422);
    expect((await crew.as.Ana('POST', `${at('none')}/comments`, { text: 'x' })).status).toBe(404);
  });

  test('are hidden by managers with a reason, and shown again, on the record', async () => {
    const hide = `/v1/feed/comments/${mine}/hide`;
    expect((await crew.as.Ana('POST', hide, { reason: 'rude' })).status).toBe(403);
    expect((await crew.as.manager('POST', hide, { reason: 'x' })).status).toBe(422);
    expect((await crew.as.manager('POST', hide, { reason: 'Rude words' })).status).toBe(204);
    expect((await crew.as.Bo('GET', `${at(line)}/comments`)).body.comments).toEqual([]);
    const seen = (await crew.as.manager('GET', `${at(line)}/comments`)).body.comments;
    expect(seen).toMatchObject([{ hidden: { reason: 'Rude words' } }]);
    await crew.as.manager('POST', `/v1/feed/comments/${mine}/restore`);
    expect((await crew.as.Bo('GET', `${at(line)}/comments`)).body.comments).toHaveLength(1);
    const { changes: audit } = (await crew.as.owner('GET', '/v1/audit?type=feed.moderated')).body;
    expect(audit).toMatchObject([
      { subject: mine, was: { hidden: true }, now: { hidden: false } },
      { subject: mine, was: { hidden: false }, now: { hidden: true } },
    ]);
    expect(JSON.stringify(audit)).not.toContain('Rude');
  });

  test('are gone with their words when they are taken away', async () => {
    expect((await crew.as.Bo('DELETE', `/v1/feed/comments/${mine}`)).status).toBe(204);
    expect((await crew.as.manager('GET', `${at(line)}/comments`)).body.comments).toEqual([]);
    const rows = await crew.floor.db.owner`select text from feed_comment`;
    expect(rows.map((row) => row['text'] as string)).toEqual(['']);
  });
});

test('a line that is hidden is gone for all but those who moderate, and comes back', async () => {
  await crew.as.manager('POST', `${at(line)}/hide`, { reason: 'Not public yet' });
  await expect.poll(changes).toMatchObject([{ id: line, gone: true }]);
  expect(await lines(crew.as.Ana)).toEqual([]);
  expect(await lines(crew.as.Ana, '?hidden=true')).toEqual([]);
  expect(await lines(crew.as.manager, '?hidden=true')).toMatchObject([
    { hidden: { reason: 'Not public yet' } },
  ]);
  expect((await crew.as.Ana('POST', `${at(line)}/comments`, { text: 'x' })).status).toBe(404);
  await crew.as.manager('POST', `${at(line)}/restore`);
  await expect.poll(items).toEqual([line]);
  expect(await lines(crew.as.Ana)).toHaveLength(1);
});

test('a win that is taken back is no news any more', async () => {
  await crew.win('Bo', 'soon-gone');
  expect(await lines(crew.as.Ana)).toHaveLength(2);
  const back = { id: 'back', type: 'deal.reversed', deal: 'soon-gone' };
  await crew.floor.send('POST', '/v1/events', back);
  expect(await lines(crew.as.Ana)).toHaveLength(1);
  await expect.poll(changes).toMatchObject([{ gone: true }]);
});

test('the feed is read page by page, each line once', async () => {
  for (let n = 1; n <= 5; n += 1) {
    const kudos = { person: crew.ids.Cy, category: 'idea', text: `Word ${n}` };
    expect((await crew.as.manager('POST', '/v1/kudos', kudos)).status).toBe(201);
  }
  const texts: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const cursor = next === '' ? '' : `&cursor=${next}`;
    const page = await crew.as.Ana('GET', `/v1/feed?limit=2${cursor}`);
    texts.push(...page.body.entries.map(({ item }: { item: { text?: string } }) => item.text));
    next = page.body.next as string | null;
  }
  expect(texts).toEqual(['Word 5', 'Word 4', 'Word 3', 'Word 2', 'Word 1', undefined]);
  const only = await lines(crew.as.Ana, '?kind=win');
  expect(only).toHaveLength(1);
});

test('what is announced to everybody is a line too, until it is taken off', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const said = { text: 'Lunch is on us', level: 'info', until };
  const all = await crew.as.manager('POST', '/v1/announcements', said);
  expect(all.status).toBe(201);
  const own = await crew.as.manager('POST', '/v1/announcements', { ...said, teams: [] });
  expect(own.status).toBe(201);
  const shown = await lines(crew.as.Ana, '?kind=announcement');
  expect(shown).toMatchObject([{ item: { text: 'Lunch is on us', by: { name: 'Max' } } }]);
  await crew.as.manager('DELETE', `/v1/announcements/${all.body.id}`);
  expect(await lines(crew.as.Ana, '?kind=announcement')).toEqual([]);
});

describe('kudos', () => {
  const thank = (as: SendAs, person: string, points?: number) =>
    as('POST', '/v1/kudos', { person, category: 'teamwork', text: 'Thanks!', points });

  test('are a line in the feed, and bring points', async () => {
    const answer = await thank(crew.as.Ana, crew.ids.Bo, 15);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        item: {
          kind: 'kudos',
          person: { name: 'Bo' },
          by: { name: 'Ana', id: crew.ids.Ana },
          category: { name: 'Teamwork', names: { fa: 'کار تیمی' } },
          points: 15,
        },
      },
    });
    expect(await crew.balance('Bo')).toBe(15);
    const { points } = (await crew.as.Ana('GET', '/v1/kudos')).body;
    expect(points).toEqual({ most: 20, month: 100, left: 85 });
  });

  test.each([
    ['to oneself', () => thank(crew.as.Ana, crew.ids.Ana), 'own_kudos'],
    ['to nobody', () => thank(crew.as.Ana, 'per_none'), 'unknown_person'],
    ['with too many points', () => thank(crew.as.Ana, crew.ids.Bo, 21), 'too_many_points'],
  ])('are not given %s', async (_, send, code) => {
    expect(await send()).toMatchObject({ status: 422, body: { errors: [{ code }] } });
  });

  test('carry no more than a month’s points, also when many are given at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        thank(crew.as.Cy, n % 2 ? crew.ids.Ana : crew.ids.Bo, 20),
      ),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(all.find(({ status }) => status === 422)?.body.errors[0].code).toBe('month_used');
    expect((await thank(crew.as.Cy, crew.ids.Bo)).status).toBe(201);
  });

  test('may be for what the organisation says', async () => {
    const categories = [{ name: 'Patience', names: { fa: 'شکیبایی' }, icon: 'gem' }];
    const put = await crew.as.manager('PUT', '/v1/kudos/categories', { categories });
    expect(put.status).toBe(200);
    expect((await crew.as.Ana('PUT', '/v1/kudos/categories', { categories })).status).toBe(403);
    expect(await thank(crew.as.Ana, crew.ids.Bo)).toMatchObject({ status: 422 });
    expect((await crew.as.Ana('GET', '/v1/kudos')).body.categories).toMatchObject(categories);
  });

  test('are for people who are signed in, and colleagues can be found', async () => {
    const kudos = { person: crew.ids.Bo, category: 'teamwork', text: 'x' };
    expect((await crew.floor.send('POST', '/v1/kudos', kudos)).status).toBe(403);
    const { people } = (await crew.as.Ana('GET', '/v1/colleagues')).body;
    expect(people.map(({ name }: { name: string }) => name)).toEqual(['Ana', 'Bo', 'Cy']);
  });
});
