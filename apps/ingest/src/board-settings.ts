import {
  BOARD_OF,
  parsePeriod,
  PERIODS,
  plainBoard,
  plainBoardBySlug,
  type BoardDefinition,
} from '@ovation/domain';
import { newId } from '@ovation/host';
import type { BoardAnswer, PatchBoard, PostBoard } from '@ovation/protocol';
import { deleteBoard, saveBoard, type BoardRowStored } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { openBook, type Book } from './figures/book.ts';
import { ProblemError } from './problem.ts';
import { writeSettings, type Author } from './settings-writer.ts';

/** An organisation's own boards at most. */
const BOARDS_MAX = 300;

/** Own boards first, then those that every metric has. */
export function boardAnswers(book: Book): BoardAnswer[] {
  const own = book.boards.map(boardAnswer);
  const metrics = [...book.byId.values()].filter((metric) => !metric.retired);
  const plain = BOARD_OF.flatMap((of) =>
    metrics.flatMap(({ id }) =>
      PERIODS.map((period) => ({
        ...plainBoard(of, id, period),
        name: '',
        names: {},
        starter: true,
      })),
    ),
  );
  return [...own, ...plain];
}

const boardAnswer = ({ definition, name, names }: BoardRowStored): BoardAnswer => ({
  ...definition,
  name,
  names,
  starter: false,
});

export async function addBoard(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  draft: PostBoard,
): Promise<BoardAnswer> {
  const book = await openBook(deps.sql, orgId);
  if (book.boards.length >= BOARDS_MAX) {
    throw new ProblemError('refused', `An organisation has at most ${BOARDS_MAX} boards.`);
  }
  const { name, names = {}, slug = slugFrom(book, name), ...rest } = draft;
  const id = newId('brd');
  const definition = checked(book, { id, slug, ...rest } as BoardDefinition);
  return save(deps, orgId, author, { id, slug, name, names, definition }, undefined);
}

export async function changeBoard(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  change: PatchBoard,
): Promise<BoardAnswer> {
  const book = await openBook(deps.sql, orgId);
  const before = mustHave(book, id);
  const { teams: were, topN: most, ...kept } = before.definition;
  const { name = before.name, names = before.names, teams = were, topN = most, ...rest } = change;
  const definition = checked(book, {
    ...kept,
    ...rest,
    ...(teams && teams.length > 0 ? { teams } : {}),
    ...(topN ? { topN } : {}),
  } as BoardDefinition);
  const after = { id: before.id, slug: definition.slug, name, names, definition };
  return save(deps, orgId, author, after, before);
}

export async function removeBoard(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  const before = mustHave(await openBook(deps.sql, orgId), id);
  await writeSettings(deps, orgId, author, async (tx) => {
    await deleteBoard(tx, orgId, before.id);
    const event = { type: 'board.removed' as const, board: before.id };
    return { value: undefined, events: [{ ...event, was: before.definition }] };
  });
}

async function save(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  row: BoardRowStored,
  before: BoardRowStored | undefined,
): Promise<BoardAnswer> {
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveBoard(tx, orgId, row);
    const was = before === undefined ? {} : { was: before.definition };
    const renamed =
      before !== undefined && JSON.stringify(before.definition) === JSON.stringify(row.definition);
    const { name, names } = row;
    const event = renamed
      ? { type: 'board.named' as const, subject: row.id, now: { name, names } }
      : { type: 'board.saved' as const, board: row.definition };
    return { value: undefined, events: [{ ...event, ...was }] };
  });
  return boardAnswer(row);
}

function mustHave(book: Book, id: string): BoardRowStored {
  const found = book.boards.find((one) => one.id === id || one.slug === id);
  if (found) return found;
  const detail = isPlain(book, id)
    ? 'Every metric has this board; it cannot be changed. Make one of your own.'
    : 'There is no such board.';
  throw new ProblemError('not_found', detail);
}

function checked(book: Book, board: BoardDefinition): BoardDefinition {
  const refuse = (code: string, detail: string, pointer: string): never => {
    throw new ProblemError('refused', detail, [{ code, detail, pointer }]);
  };
  const metric = book.byId.get(board.metric);
  if (!metric) refuse('unknown_metric', 'There is no such metric.', '/metric');
  const period = parsePeriod(board.period);
  if (period === undefined) {
    const detail = 'Give a period: month, last-30, or 2026-11-01..2026-11-20.';
    return refuse('bad_period', detail, '/period');
  }
  const known = new Set(book.teams.map((team) => team.id));
  const stranger = board.teams?.findIndex((team) => !known.has(team)) ?? -1;
  if (stranger >= 0) refuse('unknown', 'There is no such team.', `/teams/${stranger}`);
  const taken = book.boards.some((one) => one.slug === board.slug && one.id !== board.id);
  if (taken || isPlain(book, board.slug)) {
    refuse('slug_taken', `Another board has the address "${board.slug}".`, '/slug');
  }
  if (board.rankedBy === 'per_head' && board.of === 'people') {
    refuse('per_head', 'Only teams can be ranked per head.', '/rankedBy');
  }
  if (board.rankedBy === 'improvement' && period === 'all') {
    refuse('improvement', 'All time has nothing before it to improve on.', '/period');
  }
  return { ...board, period };
}

/** Whether an address is that of a board which a metric has anyway. */
function isPlain(book: Book, slug: string): boolean {
  const plain = plainBoardBySlug(slug);
  return plain !== undefined && book.byId.has(plain.metric);
}

/** An address from a name; names in other scripts get one of their own. */
function slugFrom(book: Book, name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  const base = plain === '' ? newId('board').replace('_', '-').toLowerCase().slice(0, 20) : plain;
  const taken = (slug: string) =>
    book.boards.some((one) => one.slug === slug) || isPlain(book, slug);
  if (!taken(base)) return base;
  for (let n = 2; ; n += 1) if (!taken(`${base}-${n}`)) return `${base}-${n}`;
}
