import {
  boardUnit,
  formatScaled,
  parseInstant,
  STARTER_METRICS,
  unitOf,
  type Instant,
  type Ranked,
  type Scaled,
  type Unit,
} from '@ovation/domain';
import {
  PastBoardQuery,
  PatchBoard,
  PostBoard,
  type BoardRowAnswer,
  type BoardRowsAnswer,
} from '@ovation/protocol';
import { readHead, readProjectedSeq, readSeqAt, type Sql } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import { addBoard, boardAnswers, changeBoard, removeBoard } from '../board-settings.ts';
import type { IngestDeps } from '../deps.ts';
import { boardOf, openBook, type Book } from '../figures/book.ts';
import { boardThen, type BoardThen, type Moment } from '../figures/board.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';

/** Rows in one answer, at most and unless asked otherwise. */
const ROWS_MAX = 1_000;
const ROWS = 100;
/** Reps and screens see the wall's part of a board. */
export const ROWS_FOR_ALL = 10;
/** Rows before and after somebody who is asked about. */
const AROUND = 2;
/** A reader sees what was accepted before it asked; this long it waits for the fold. */
const CATCH_UP_MS = 2_000;
const CATCH_UP_EVERY_MS = 5;

interface BoardQuery {
  at?: string;
  known?: string;
  limit?: string;
  offset?: string;
  around?: string;
  search?: string;
}

const BOARD = {
  tags: ['boards'],
  summary: 'A board, now or as it stood at any moment.',
  querystring: PastBoardQuery,
};

const tags = ['boards'];
interface ById {
  Params: { id: string };
}
const NORTH = {
  name: 'GTX in the north',
  metric: 'revenue',
  period: 'month',
  of: 'people',
  where: [{ field: 'attributes.product', is: ['GTX Pro'] }],
  topN: 5,
};

/** Boards that somebody defines; every metric has its own besides. */
function boardSettingRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/boards', { schema: { tags, summary: 'The boards there are.' } }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'boards:read');
    return { boards: boardAnswers(await openBook(deps.sql, orgId)) };
  });

  app.post(
    '/v1/boards',
    {
      schema: { tags, summary: 'Defines a board.', body: PostBoard },
      config: { examples: { north: { summary: 'Filtered', body: NORTH, status: 201 } } },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      const draft = mustBe(PostBoard, request.body);
      return reply.code(201).send(await addBoard(deps, orgId, author, draft));
    },
  );

  app.patch<ById>(
    '/v1/boards/:id',
    { schema: { tags, summary: 'Changes a board.', body: PatchBoard } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      const change = mustBe(PatchBoard, request.body);
      return changeBoard(deps, orgId, author, request.params.id, change);
    },
  );

  app.delete<ById>(
    '/v1/boards/:id',
    { schema: { tags, summary: 'Takes a board away.' } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      await removeBoard(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}

export function boardRoutes(app: FastifyInstance, deps: IngestDeps): void {
  boardSettingRoutes(app, deps);
  app.get<{ Params: { slug: string }; Querystring: BoardQuery }>(
    '/v1/boards/:slug',
    { schema: BOARD },
    async (request): Promise<BoardRowsAnswer> => {
      const caller = await mayOrEnd(deps.sql, request, 'boards:read');
      const seq = await caughtUp(deps.sql, caller.orgId);
      const book = await openBook(deps.sql, caller.orgId);
      const found = boardOf(book, request.params.slug);
      if (!found) throw new ProblemError('not_found', 'There is no such board.');
      const moment = await momentOf(deps, caller.orgId, request.query);
      const board = await boardThen(book, found.definition, moment);
      const rows = pageOf(caller, book, board, request.query, found.definition.topN);
      return answer(book, found, { ...moment, seq }, board, rows);
    },
  );
}

/** The moment asked about; without one, now. */
export async function momentOf(
  deps: IngestDeps,
  orgId: string,
  { at, known }: { at?: string; known?: string },
): Promise<Moment> {
  const then = known === undefined ? null : mustBeInstant(known, 'known');
  return {
    at: at === undefined ? (then ?? deps.clock.now()) : mustBeInstant(at, 'at'),
    known:
      then === null ? null : { at: then, seq: await readSeqAt(deps.sql, orgId, new Date(then)) },
  };
}

/** The part of a board that was asked for and may be seen, by place. */
function pageOf(
  caller: Caller,
  book: Book,
  { ranked }: BoardThen,
  { limit, offset, around, search }: BoardQuery,
  topN = ROWS_FOR_ALL,
): readonly Ranked[] {
  const all = caller.role !== 'rep' && caller.role !== 'screen';
  if (around !== undefined && (all || around === caller.personId)) {
    const place = ranked.findIndex((row) => row.id === around);
    return place < 0 ? [] : ranked.slice(Math.max(0, place - AROUND), place + AROUND + 1);
  }
  const most = all ? ROWS_MAX : Math.min(ROWS_FOR_ALL, topN);
  const first = all ? (wholeNumber(offset, 'offset') ?? 0) : 0;
  const shown = ranked.slice(0, all ? undefined : most);
  const names = namesOf(book);
  const wanted = search?.trim().toLocaleLowerCase() ?? '';
  const found =
    wanted === ''
      ? shown
      : shown.filter((row) => names.get(row.id)?.all.toLocaleLowerCase().includes(wanted));
  return found.slice(first, first + Math.min(wholeNumber(limit, 'limit') ?? ROWS, most));
}

type Shown = Pick<BoardRowAnswer['entity'], 'name' | 'names'>;

function namesOf({ people, teams }: Book): Map<string, { shown: Shown; all: string }> {
  return new Map(
    [...people, ...teams].map(({ id, name, names }) => {
      const other = Object.keys(names).length > 0 ? { names } : {};
      return [id, { shown: { name, ...other }, all: [name, ...Object.values(names)].join('\n') }];
    }),
  );
}

function answer(
  book: Book,
  { definition, name }: NonNullable<ReturnType<typeof boardOf>>,
  moment: Moment & { seq: number },
  { window, before, targets, total, ranked }: BoardThen,
  rows: readonly Ranked[],
): BoardRowsAnswer {
  const { id, slug, metric, period, of, where = [], rankedBy = 'value' } = definition;
  const { currency } = book.settings;
  const counted = book.byId.get(metric) ?? STARTER_METRICS[0]!;
  const unit = boardUnit(definition, counted, currency);
  const own = unitOf(counted, currency);
  const iso = (at: Instant) => (period === 'all' ? null : new Date(at).toISOString());
  const names = namesOf(book);
  return {
    board: {
      ...{ id, slug, name, metric, period, from: iso(window.from), to: iso(window.to) },
      ...{ currency, unit, of, better: counted.better, where, rankedBy },
    },
    at: new Date(moment.at).toISOString(),
    known: moment.known === null ? null : new Date(moment.known.at).toISOString(),
    seq: moment.known?.seq ?? moment.seq,
    rows: rows.map((row) => ({
      rank: row.rank,
      tied: row.tied,
      entity: { id: row.id, ...(names.get(row.id)?.shown ?? { name: row.id }) },
      value: textOf(row.value, unit),
      gap: textOf(row.gap, unit),
      movement: (before.get(row.id) ?? row.rank) - row.rank,
      target: textOf(targets.get(row.id) ?? null, own),
      attainment: attainmentOf(row.value, targets.get(row.id), rankedBy),
    })),
    total: textOf(total, own),
    count: ranked.length,
  };
}

/** Percent of the target, floored to a tenth. */
function attainmentOf(
  value: Scaled | null,
  target: Scaled | undefined,
  rankedBy: string,
): string | null {
  if (value === null || !target || rankedBy !== 'value') return null;
  return formatScaled((value * 1_000n) / target, 1);
}

/** Money with all its decimals, other figures with as many as they need. */
export function textOf<T extends Scaled | null>(
  value: T,
  unit: Unit,
): T extends null ? null : string {
  const places = unit.kind === 'money' ? unit.scale : undefined;
  return (value === null ? null : formatScaled(value, unit.scale, places)) as never;
}

/** Waits until what was in the log is folded, so that writers read what they wrote. */
export async function caughtUp(sql: Sql, orgId: string): Promise<number> {
  const head = await readHead(sql, orgId);
  const deadline = performance.now() + CATCH_UP_MS;
  for (;;) {
    const seq = await readProjectedSeq(sql, orgId);
    if (seq >= head || performance.now() > deadline) return seq;
    await new Promise((resolve) => setTimeout(resolve, CATCH_UP_EVERY_MS));
  }
}

export function mustBeInstant(text: string, name: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  const detail = `Write "${name}" as an instant with offset, such as 2017-06-30T12:00:00Z.`;
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer: `/${name}` }]);
}

export function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const detail = `"${name}" must be a whole number.`;
  throw new ProblemError('refused', detail, [{ code: 'type', detail, pointer: `/${name}` }]);
}
