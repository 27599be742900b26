import {
  boardUnit,
  COUNT_SCALE,
  hasFilter,
  unitOf,
  type BoardDefinition,
  type Metric,
} from '@ovation/domain';
import type { ExplainAnswer, ExplainPart } from '@ovation/protocol';
import { boardThen, earlierPart, headsThen, type BoardThen } from '../figures/board.ts';
import { textOf } from '../routes/boards.ts';
import { readNames, type Asked } from './asked.ts';
import { explainFigure, figureParts, frameOf, rankOf, type Figure } from './answer.ts';
import { readCorrections } from './events.ts';
import { plainPart, type Leaf } from './parts.ts';

/** A board as it stood, with what is needed to explain one of its rows or its total. */
export interface AskedBoard {
  readonly definition: BoardDefinition;
  readonly metric: Metric;
  readonly board: BoardThen;
}

export async function readBoard(
  asked: Pick<Asked, 'book' | 'at' | 'known' | 'metrics'>,
  definition: BoardDefinition,
): Promise<AskedBoard | undefined> {
  const metric = asked.metrics.get(definition.metric);
  if (!metric) return undefined;
  return { definition, metric, board: await boardThen(asked.book, definition, asked) };
}

export const filterOf = (definition: BoardDefinition): string | null =>
  hasFilter(definition) ? definition.id : null;

/** One row of a board, or with everybody asked about its total. */
export async function explainRow(
  asked: Asked,
  { definition, metric, board }: AskedBoard,
  shown: number,
): Promise<ExplainAnswer> {
  const figure = { metric, period: definition.period, window: board.window };
  const { rankedBy = 'value' } = definition;
  const row = board.ranked.find((one) => one.id === asked.entity);
  if (!row || rankedBy === 'value') {
    const answer = await explainFigure(asked, figure);
    return { ...answer, rank: await rankIn(asked, board, shown) };
  }
  const unit = boardUnit(definition, metric, asked.book.settings.currency);
  const { part, leaves } = (await figureParts(asked, figure)).parts;
  const against = await heldAgainst(asked, definition, board, figure);
  return {
    ...(await frameOf(asked, figure)),
    rankedBy,
    unit,
    value: textOf(row.value, unit),
    parts: [part, against.part],
    corrections: await readCorrections(asked, [...leaves, ...against.leaves]),
    rank: await rankIn(asked, board, shown),
  };
}

async function rankIn(
  { book, entity }: Asked,
  board: BoardThen,
  shown: number,
): Promise<ExplainAnswer['rank']> {
  return rankOf(board.ranked, entity, await readNames(book, []), shown);
}

/** What the value is held against, where a board does not rank by the value itself. */
async function heldAgainst(
  asked: Asked,
  { rankedBy }: BoardDefinition,
  board: BoardThen,
  { metric }: Figure,
): Promise<{ part: ExplainPart; leaves: readonly Leaf[] }> {
  const { book, at, entity } = asked;
  const unit = unitOf(metric, book.settings.currency);
  if (rankedBy === 'improvement') {
    const earlier = earlierPart(book, board.window, at);
    const { parts } = await figureParts(asked, { metric, window: earlier }, 'earlier');
    const [from, to] = [earlier.from, earlier.to].map((one) => new Date(one).toISOString());
    const window = { from: from!, to: to! };
    return { ...parts, part: { ...parts.part, window } };
  }
  if (rankedBy === 'target') {
    const total = textOf(board.targets.get(entity) ?? null, unit);
    return { part: plainPart({ role: 'target', metric: metric.id, unit, total }), leaves: [] };
  }
  const count = { kind: 'count', scale: COUNT_SCALE } as const;
  const total = String(headsThen(book, entity, at));
  return { part: plainPart({ role: 'heads', metric: metric.id, unit: count, total }), leaves: [] };
}
