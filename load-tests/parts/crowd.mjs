import { startPostgres } from '@ovation/embedded';
import { appendEvents, connect, inOrg } from '@ovation/store';
import { sleep } from '../lib/figures.mjs';
import { openHouse, temporaryFolder } from '../lib/house.mjs';
import { openPosts } from '../lib/post-client.mjs';
import { makeReps, nextEvent, windowOfRun } from './events.mjs';

const PEOPLE = 100_000;
const BATCH = 2_000;
const IN_FLIGHT = 16;

/** A board of 100,000 over HTTP: writes, the first ten, and one's own rank, each a second. */
export async function crowd(seconds) {
  const { folder, remove } = await temporaryFolder();
  const postgres = await startPostgres({ folder });
  try {
    const house = await openHouse({ databaseUrl: postgres.url });
    try {
      await makeReps(house);
      await fill(house, postgres.url);
      return await measure(house, seconds);
    } finally {
      await house.close();
    }
  } finally {
    await postgres.stop();
    await remove();
  }
}

async function measure(house, seconds) {
  const { occurredAt } = windowOfRun();
  const posts = await openPosts(house.url, {
    sockets: IN_FLIGHT,
    headers: { authorization: `Bearer ${house.key}` },
  });
  const pour = async (one) => {
    let done = 0;
    const end = performance.now() + seconds * 1_000;
    const until = async () => {
      while (performance.now() < end) {
        await one();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, until));
    return Math.round(done / seconds);
  };
  const get = async (path) => {
    const answer = await fetch(house.url + path, {
      headers: { authorization: `Bearer ${house.key}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  let turn = 0;
  const someone = () => `per_crowd_${(turn += 7_919) % PEOPLE}`;
  const top = await get('/v1/boards/revenue-all?limit=10');
  const writes = await pour(() => posts.post('/v1/events', nextEvent(occurredAt)));
  const topTen = await pour(() => get('/v1/boards/revenue-all?limit=10'));
  const myRank = await pour(() => get(`/v1/boards/revenue-all?around=${someone()}`));
  posts.close();
  return { people: top.count, writes, topTen, myRank };
}

/** People straight into the log and their rows, since nobody adds 100,000 by hand. */
async function fill(house, databaseUrl) {
  const sql = connect(databaseUrl, { role: 'owner', max: 2, name: 'crowd' });
  const [{ orgId }] = await sql`select org_id from organisation limit 1`;
  for (let at = 0; at < PEOPLE; at += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, n) => `per_crowd_${at + n}`);
    await inOrg(sql, orgId, async (tx) => {
      await tx`
        insert into person (org_id, person_id, name)
        select ${orgId}, p.id, 'Somebody ' || p.id from unnest(${ids}::text[]) as p (id)`;
      const rows = ids.map((person) => {
        const body = JSON.stringify({ person, team: null, since: null, active: true });
        return {
          orgId,
          sourceId: 'src_ovation',
          eventId: `crowd-${person}`,
          type: 'person.changed',
          occurredAt: null,
          body,
          bodyHash: person,
        };
      });
      await appendEvents(tx, rows);
    });
  }
  await sql.end({ timeout: 1 });
  for (;;) {
    const answer = await house.call('GET', '/v1/boards/revenue-all?limit=1');
    if (answer.count >= PEOPLE) return;
    await sleep(200);
  }
}
