import {
  aloneKey,
  applyEvent,
  factOf,
  Floor,
  groupOf,
  isFact,
  NO_FACTS,
  type FactGroup,
  type LogEvent,
} from '@ovation/domain';
import { forgetProjection, inOrg, readEventsAfter } from '@ovation/store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { deeds, settle, settled, type Known } from './laws.fixture.ts';

/** One floor with one long history, looked at from every side. */
let floor: TestFloor;
let known: Known;
beforeAll(async () => {
  floor = await openFloor({ pageEvents: 20 });
  known = await settle(floor);
  const [history] = fc.sample(fc.array(deeds, { minLength: 6, maxLength: 6 }), {
    numRuns: 1,
    seed: 20_261_124,
  });
  for (const [n, batch] of history!.flat().entries()) {
    for (const [m, deed] of batch.entries()) {
      const { status } = await deed(floor, known, `law-0-${n}-${m}`);
      expect(status).toBeLessThan(500);
    }
  }
  await settled(floor);
}, 120_000);
afterAll(() => floor.close());

const get = async (slug: string, query: string) => {
  const { status, body } = await floor.send('GET', `/v1/boards/${slug}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

test('roll-ups equal a recount in SQL, for people, teams and everybody', async () => {
  const [max, min, latest, distinct] = known.metrics.slice(1, 5).map((id) => `${id}%`);
  const wrong = await inOrg(
    floor.db.owner,
    floor.orgId,
    (tx) => tx`
    with recursive lines as (
      select team_id, team_id as above from team
      union select l.team_id, t.parent_id from lines l join team t on t.team_id = l.above
        where t.parent_id is not null
    ),
    standing as (
      select c.* from credit c
      where gone_seq is null and ended_at is null and measure in (select measure from rollup)
    ),
    theirs as (
      select s.*, person_id as entity_id from standing s
      union all select s.*, '*' from standing s
      union all select s.*, above from standing s join lines using (team_id)
    ),
    windows as (
      select t.*, 'all' as period, 'all' as period_key from theirs t
      union all select t.*, 'month', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-01')
        from theirs t
    ),
    counted as (
      select measure, period, period_key, entity_id, count(*) as credits,
        max(occurred_at) as reached_at,
        case
          when measure like ${max!} then max(value)
          when measure like ${min!} then min(value)
          when measure like ${distinct!} then count(distinct item) * 1000000
          when measure like ${latest!} then
            (array_agg(value order by occurred_at desc, fact_key collate "C" desc))[1]
          else sum(value)
        end as value
      from windows group by measure, period, period_key, entity_id
    )
    select * from counted c
    full join (select * from rollup where credits <> 0 or value <> 0) r
      using (measure, period, period_key, entity_id)
    where c.value is distinct from r.value or c.credits is distinct from r.credits
      or c.reached_at is distinct from r.reached_at`,
  );
  expect(wrong).toEqual([]);
});

/** The whole log, folded in memory: it never saw the store's credits. */
async function foldedLog(): Promise<Floor> {
  const groups = new Map<string, FactGroup>();
  const events = new Map<string, LogEvent>();
  const grouped = (key: string) => {
    const event = events.get(key);
    return event && isFact(event) ? groupOf(event) : undefined;
  };
  const book = {
    get(key: string) {
      const event = events.get(key.slice(1));
      const alone = event && key === aloneKey(event.key) && isFact(event) && !groupOf(event);
      return groups.get(key) ?? (alone ? { ...NO_FACTS, facts: [factOf(event)] } : undefined);
    },
    set: (key: string, group: FactGroup) => void groups.set(key, group),
    groupOf: grouped,
  };
  const folded = new Floor();
  for (const event of await readEventsAfter(floor.db.app, floor.orgId, 0, 100_000)) {
    // As everything was counted from the start: another way of counting has laws of its own.
    if (event.type === 'metric.published' || event.type === 'board.saved') folded.seq += 1;
    else applyEvent(folded, book, event);
    events.set(event.key, event);
  }
  return folded;
}

test('a board at any moment has what had happened by then, as it is known now', async () => {
  const folded = await foldedLog();
  const everybody = [...folded.people.keys()];
  for (const days of [0, 1, 3, 8, 21, 40, 59]) {
    const at = Date.now() - days * 86_400_000;
    const expected = everybody.map((person) => {
      const all = [...folded.creditsFor(person)].filter(
        (one) =>
          one.measure === 'revenue' && one.at <= at && (one.endedAt === null || one.endedAt > at),
      );
      return [person, all.reduce((sum, one) => sum + one.value, 0n)];
    });
    const { rows } = await get('revenue-all', `at=${new Date(at).toISOString()}`);
    const seen = rows.map((row: { entity: { id: string }; value: string }) => [
      row.entity.id,
      BigInt(row.value.replace('.', '')),
    ]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
  }
});

const SLUGS = ['revenue', 'deals', 'win-rate', 'cycle-length', 'activity-points'];

test(
  'a board as it was known is that of a log truncated by hand',
  { timeout: 120_000 },
  async () => {
    const slugs = [...SLUGS, ...known.metrics].flatMap((one) => [
      `${one}-all`,
      `team-${one}-month`,
    ]);
    const all = await readEventsAfter(floor.db.app, floor.orgId, 0, 100_000);
    const last = all.at(-1)!.seq;
    const cuts = [0.9, 0.75, 0.5, 0.35, 0.2].map((part) => all[Math.floor(last * part)]!);
    const then = async (query: string) => {
      const seen: Record<string, unknown> = {};
      for (const slug of slugs) {
        const { rows, total, count, seq } = await get(slug, query);
        seen[slug] = { rows, total, count, seq };
      }
      return seen;
    };
    const moments = [];
    for (const cut of cuts) {
      const recorded = new Date(cut.recordedAt).toISOString();
      const asKnown = await then(`known=${recorded}`);
      const seq = (asKnown['revenue-all'] as { seq: number }).seq;
      moments.push({ recorded, asKnown, seq });
    }
    for (const { recorded, asKnown, seq } of moments) {
      await floor.projector.stop();
      await inOrg(floor.db.owner, floor.orgId, async (tx) => {
        await tx`delete from event where seq > ${seq}`;
        await tx`update log_head set seq = ${seq}`;
      });
      await forgetProjection(floor.db.owner, floor.orgId);
      floor.projector = await floor.startProjector();
      await settled(floor);
      expect(await then(`known=${recorded}`)).toEqual(asKnown);
      const later = all.filter((event) => event.seq > seq);
      if (later.some((event) => event.type === 'metric.published')) continue;
      // No change of what counts came later, so it is the live board of then, too.
      expect(await then(`at=${recorded}`)).toEqual(asKnown);
    }
  },
);
