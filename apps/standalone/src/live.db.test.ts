import {
  askChannel,
  liveChannel,
  mergeDelta,
  viewOf,
  type BoardDelta,
  type BoardSnapshot,
  type BoardView,
  type LiveNews,
} from '@ovation/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { deeds, settle, settled, type Known } from './laws.fixture.ts';

let floor: TestFloor;
let known: Known;
/** Boards as a viewer has them, from what the projector told. */
const views = new Map<string, BoardView>();
let boot: string | undefined;

beforeAll(async () => {
  floor = await openFloor({ pageEvents: 7 });
  known = await settle(floor);
  await floor.bus.subscribe(liveChannel(floor.orgId), (news) => hear(news as LiveNews));
});
afterAll(() => floor.close());

const ask = (boards: readonly string[]) => {
  void floor.bus.publish(askChannel(floor.orgId), { boards });
};

function hear(news: LiveNews): void {
  if (news.kind === 'beat') {
    if (boot !== undefined && boot !== news.boot && views.size > 0) ask([...views.keys()]);
    boot = news.boot;
  }
  if (news.kind === 'board') take(news.frame);
}

function take(frame: BoardDelta | BoardSnapshot): void {
  const view = views.get(frame.b);
  if (frame.kind === 'snapshot') {
    const old = view?.epoch === frame.ep && frame.v < view.version;
    if (!old) views.set(frame.b, viewOf(frame));
    return;
  }
  const after = view ? mergeDelta(view, frame) : 'gap';
  if (after === 'gap') ask([frame.b]);
  else if (after !== 'ignore') views.set(frame.b, after);
}

/** The rows as far as both tell them; with a moment they come from the store. */
async function overHttp(slug: string) {
  const at = new Date().toISOString();
  const { status, body } = await floor.send('GET', `/v1/boards/${slug}?limit=1000&at=${at}`);
  expect(status, slug).toBe(200);
  return body.rows.map((row: Record<string, unknown> & { entity: { id: string } }) => ({
    id: row.entity.id,
    value: row['value'],
    rank: row['rank'],
    tied: row['tied'],
    gap: row['gap'],
    movement: row['movement'],
  }));
}
const overSocket = (slug: string) =>
  views.get(slug)?.rows.map(({ id, value, rank, tied, gap, movement }) => ({
    ...{ id, value, rank, tied, gap, movement },
  }));

test(
  'what is told live is what the API answers, for every kind of metric, filter and order',
  {
    timeout: 120_000,
  },
  async () => {
    const made = [
      { metric: 'activity-points', period: 'month', of: 'people', ties: 'first' },
      { metric: 'win-rate', period: 'all', of: 'teams' },
      { metric: known.metrics[7]!, period: 'last-30', of: 'people', topN: 2 },
      { metric: 'revenue', period: 'month', of: 'people', rankedBy: 'improvement' },
      { metric: 'calls', period: 'quarter', of: 'teams', rankedBy: 'per_head' },
      { metric: 'cycle-length', period: 'all', of: 'people' },
    ];
    const where = [{ field: 'attributes.region', is: ['north'] }];
    for (const [n, board] of made.entries()) {
      const name = `Made ${n}`;
      const filter = n % 2 === 0 ? { where } : {};
      const answer = await floor.send('POST', '/v1/boards', { name, ...board, ...filter });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      views.set(String(answer.body.slug), undefined as never);
    }
    for (const metric of ['revenue', 'deals', 'win-rate', 'activity-points', ...known.metrics]) {
      for (const slug of [`${metric}-month`, `team-${metric}-all`, `${metric}-last-7`]) {
        views.set(slug, undefined as never);
      }
    }
    const slugs = [...views.keys()];
    await settled(floor);
    ask(slugs);
    const [history] = fc.sample(fc.array(deeds, { minLength: 3, maxLength: 3 }), {
      numRuns: 1,
      seed: 7,
    });
    for (const [n, batch] of history!.flat().entries()) {
      await Promise.all(batch.map((deed, m) => deed(floor, known, `law-0-${n}-${m}`)));
      if (n % 4 === 3) {
        await floor.projector.stop();
        floor.projector = await floor.startProjector();
      }
      await settled(floor);
      for (const slug of slugs) {
        const expected = await overHttp(slug);
        await vi.waitFor(
          () => expect({ slug, rows: overSocket(slug) }).toEqual({ slug, rows: expected }),
          {
            timeout: 5_000,
            interval: 5,
          },
        );
      }
    }
  },
);
