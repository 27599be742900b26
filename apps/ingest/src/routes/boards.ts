import {
  boardBySlug,
  createCalendar,
  formatScaled,
  parseInstant,
  rankStandings,
  STARTER_BOARDS,
  starterUnit,
  type BoardDefinition,
  type Calendar,
  type Instant,
  type Ranked,
  type Unit,
} from '@ovation/domain';
import { PastBoardQuery } from '@ovation/protocol';
import {
  readHead,
  readPastTotals,
  readPeople,
  readProjectedSeq,
  readTeams,
  type PastTotal,
  type Sql,
} from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { ProblemError } from '../problem.ts';

/** Rows in one answer, at most and unless asked otherwise. */
const ROWS_MAX = 1_000;
const ROWS = 100;
/** Reps and screens see the wall's part of a board. */
const ROWS_FOR_ALL = 10;
/** A reader sees what was accepted before it asked; this long it waits for the fold. */
const CATCH_UP_MS = 2_000;
const CATCH_UP_EVERY_MS = 5;

interface BoardQuery {
  at?: string;
  limit?: string;
  offset?: string;
}

const BOARDS = { tags: ['boards'], summary: 'The boards there are.' };
const BOARD = {
  tags: ['boards'],
  summary: 'A board, now or as it stood at an instant.',
  querystring: PastBoardQuery,
};

export function boardRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get('/v1/boards', { schema: BOARDS }, async (request) => {
    await mayOrEnd(deps.sql, request, 'boards:read');
    return { boards: STARTER_BOARDS };
  });

  app.get<{ Params: { slug: string }; Querystring: BoardQuery }>(
    '/v1/boards/:slug',
    { schema: BOARD },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'boards:read');
      const definition = boardBySlug(request.params.slug);
      if (!definition) throw new ProblemError('not_found', 'There is no such board.');
      const { at, limit, offset } = request.query;
      const settings = await door.settingsOf(caller.orgId);
      const all = caller.role !== 'rep' && caller.role !== 'screen';
      const page = {
        limit: Math.min(wholeNumber(limit, 'limit') ?? ROWS, all ? ROWS_MAX : ROWS_FOR_ALL),
        offset: all ? (wholeNumber(offset, 'offset') ?? 0) : 0,
      };
      const moment = at === undefined ? deps.clock.now() : mustBeInstant(at);
      const seq = await caughtUp(deps.sql, caller.orgId);
      const calendar = createCalendar(settings);
      const unit = starterUnit(definition.metric, settings.currency);
      const board = await boardAt(deps.sql, caller.orgId, { definition, calendar, at: moment });
      return answer(definition, calendar, unit, settings.currency, moment, seq, board, page);
    },
  );
}

type Names = ReadonlyMap<string, string>;

interface PastBoard {
  readonly ranked: Ranked[];
  readonly before: ReadonlyMap<string, number>;
  readonly names: Names;
  /** Of everybody, whoever is not on the board included. */
  readonly total: bigint;
}

async function boardAt(
  sql: Sql,
  orgId: string,
  query: { definition: BoardDefinition; calendar: Calendar; at: Instant },
): Promise<PastBoard> {
  const { definition, calendar, at } = query;
  const { metric, of } = definition;
  const window = calendar.windowOf(definition.period, at);
  const [from, to] = [dateOf(window.from), dateOf(window.to)];
  const names = await namesOf(sql, orgId, of);
  const now = await readPastTotals(sql, orgId, { metric, of, from, to, at: new Date(at) });
  const everybody =
    of === 'people'
      ? now
      : await readPastTotals(sql, orgId, { metric, of: 'people', from, to, at: new Date(at) });
  const dayStart = calendar.windowOf('day', at).from;
  const earlier =
    window.from < dayStart
      ? await readPastTotals(sql, orgId, { metric, of, from, to, at: new Date(dayStart - 1) })
      : [];
  const before = earlier.length === 0 ? [] : rank(names, earlier);
  return {
    ranked: rank(names, now),
    before: new Map(before.map((row) => [row.id, row.rank])),
    names,
    total: everybody.reduce((sum, row) => sum + row.value, 0n),
  };
}

/** The dates that Postgres can hold stand for all time. */
const dateOf = (at: Instant): Date =>
  new Date(Math.max(Date.UTC(1, 0, 1), Math.min(at, Date.UTC(9999, 0, 1))));

/** Everybody is on the board, with 0 where there is nothing yet. */
function rank(names: Names, totals: readonly PastTotal[]): Ranked[] {
  const found = new Map(totals.map((total) => [total.id, total]));
  return rankStandings(
    [...names.keys()].map((id) => found.get(id) ?? { id, value: 0n, reachedAt: 0 }),
  );
}

async function namesOf(sql: Sql, orgId: string, of: 'people' | 'teams'): Promise<Names> {
  const people = (await readPeople(sql, orgId)).filter((person) => person.active);
  if (of === 'people') return new Map(people.map((person) => [person.id, person.name]));
  const manned = new Set(people.map((person) => person.teamId));
  const teams = (await readTeams(sql, orgId)).filter((team) => manned.has(team.id));
  return new Map(teams.map((team) => [team.id, team.name]));
}

function answer(
  { slug, metric, period }: BoardDefinition,
  calendar: Calendar,
  unit: Unit,
  currency: string,
  at: Instant,
  seq: number,
  { ranked, before, names, total }: PastBoard,
  { limit, offset }: { limit: number; offset: number },
): object {
  const window = calendar.windowOf(period, at);
  const iso = (instant: Instant) => (period === 'all' ? null : new Date(instant).toISOString());
  const text = (value: bigint) =>
    formatScaled(value, unit.scale, unit.kind === 'money' ? unit.scale : undefined);
  const rows = ranked.slice(offset, offset + limit).map((row) => ({
    rank: row.rank,
    tied: row.tied,
    entity: { id: row.id, name: names.get(row.id) ?? row.id },
    value: text(row.value),
    gap: row.gap === null ? null : text(row.gap),
    movement: (before.get(row.id) ?? row.rank) - row.rank,
  }));
  return {
    board: {
      slug,
      metric,
      period,
      from: iso(window.from),
      to: iso(window.to),
      currency: unit.kind === 'money' ? currency : null,
    },
    at: new Date(at).toISOString(),
    seq,
    rows,
    total: text(total),
    count: ranked.length,
  };
}

/** Waits until what was in the log is folded, so that writers read what they wrote. */
async function caughtUp(sql: Sql, orgId: string): Promise<number> {
  const head = await readHead(sql, orgId);
  const deadline = performance.now() + CATCH_UP_MS;
  for (;;) {
    const seq = await readProjectedSeq(sql, orgId);
    if (seq >= head || performance.now() > deadline) return seq;
    await new Promise((resolve) => setTimeout(resolve, CATCH_UP_EVERY_MS));
  }
}

function mustBeInstant(text: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  const detail = 'Write "at" as an instant with offset, such as 2017-06-30T12:00:00Z.';
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer: '/at' }]);
}

export function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const detail = `"${name}" must be a whole number.`;
  throw new ProblemError('refused', detail, [{ code: 'type', detail, pointer: `/${name}` }]);
}
