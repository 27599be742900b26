import { forgetProjection, inOrg } from '@ovation/store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { deeds, settle, settled, type Known } from './laws.fixture.ts';

let floor: TestFloor;
let known: Known;
beforeAll(async () => {
  floor = await openFloor({ pageEvents: 3 });
  known = await settle(floor);
});
afterAll(() => floor.close());

const STARTERS = ['revenue', 'deals', 'win-rate', 'cycle-length', 'activity-points', 'calls'];
async function boards(): Promise<object> {
  const at = new Date(Date.now() + 3_600_000).toISOString();
  const slugs = [...STARTERS, ...known.metrics].flatMap((metric) => [
    `${metric}-all`,
    `team-${metric}-month`,
  ]);
  const seen: Record<string, unknown> = {};
  for (const slug of [...slugs, ...known.boards]) {
    const { status, body } = await floor.send('GET', `/v1/boards/${slug}?at=${at}`);
    expect(status, `${slug} ${JSON.stringify(body)}`).toBe(200);
    seen[slug] = [body.rows, body.total, body.count, body.seq];
  }
  return seen;
}

/** What the projector wrote, as far as anybody may see it: by every knowledge there ever was. */
async function written(): Promise<object> {
  return inOrg(floor.db.app, floor.orgId, async (tx) => ({
    credits: await tx`
      with answers as (
        select measure, coalesce(
          lead(from_seq) over (partition by subject, component order by from_seq), 1e15
        ) as until
        from measure_state where ready
      )
      select measure, fact_key, subject_id, person_id, team_id, hint_id, occurred_at, since_at,
        ended_at, value, item, seq, case when gone_seq < until then gone_seq end as gone_seq
      from credit join answers using (measure)
      where seq < until order by measure, fact_key, subject_id, seq`,
    orphans: await tx`select distinct measure from credit
      where measure not in (select measure from measure_state)`,
    deals: await tx`select deal_key, status, stage from deal
      where deal_key not like '?%' order by deal_key`,
    rollups: await tx`select * from rollup where value <> 0 or credits <> 0
      order by measure, period, period_key, entity_id`,
  }));
}

let run = 0;
test(
  'replay is live: random histories, moves, matches, metrics and boards, restarts anywhere',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.array(fc.nat(4), { maxLength: 3 }), async (batches, crashes) => {
        run += 1;
        for (const [index, batch] of batches.entries()) {
          for (const [n, deed] of batch.entries()) {
            const { status, body } = await deed(floor, known, `law-${run}-${index}-${n}`);
            expect(status, JSON.stringify(body)).toBeLessThan(500);
          }
          if (!crashes.includes(index)) continue;
          await floor.projector.stop();
          floor.projector = await floor.startProjector();
        }
        await settled(floor);
        const live = [await boards(), await written()];
        await floor.projector.stop();
        await forgetProjection(floor.db.owner, floor.orgId);
        floor.projector = await floor.startProjector();
        await settled(floor);
        expect([await boards(), await written()]).toEqual(live);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  },
);
