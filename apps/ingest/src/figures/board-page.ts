import {
  boardUnit,
  formatScaled,
  parseScaled,
  STARTER_METRICS,
  unitOf,
  type Instant,
  type Ranked,
  type Scaled,
  type Unit,
} from '@ovation/domain';
import type { BoardPage, BoardRowAnswer, BoardRowsAnswer } from '@ovation/protocol';
import type { Caller } from '../auth.ts';
import { ProblemError } from '../problem.ts';
import type { boardOf, Book, BookOfDefinitions } from './book.ts';
import type { BoardThen, Moment } from './board.ts';

/** Rows in one answer, at most and unless asked otherwise. */
const ROWS_MAX = 1_000;
const ROWS = 100;
/** Reps and screens see the wall's part of a board. */
export const ROWS_FOR_ALL = 10;
/** Rows before and after somebody who is asked about. */
const AROUND = 2;

export interface BoardQuery {
  at?: string;
  known?: string;
  limit?: string;
  offset?: string;
  around?: string;
  search?: string;
}

/** The part of a board that was asked for and may be seen. */
export interface PageAsked {
  /** Part of a name, in lower case; empty for everybody. */
  readonly search: string;
  /** Places from and to, or so many around somebody. */
  readonly places: { readonly from: number; readonly to: number; readonly around?: string };
}

export function pageAsked(
  caller: Pick<Caller, 'role' | 'personId'>,
  { limit, offset, around, search }: BoardQuery,
  topN = ROWS_FOR_ALL,
): PageAsked {
  const all = caller.role !== 'rep' && caller.role !== 'screen';
  const words = search?.trim().toLocaleLowerCase() ?? '';
  if (around !== undefined && (all || around === caller.personId)) {
    return { search: '', places: { from: 0, to: AROUND, around } };
  }
  const most = all ? ROWS_MAX : Math.min(ROWS_FOR_ALL, topN);
  const from = all ? (wholeNumber(offset, 'offset') ?? 0) : 0;
  const rows = Math.min(wholeNumber(limit, 'limit') ?? ROWS, most);
  return { search: all ? words : '', places: { from, to: from + rows } };
}

/** A board from whoever keeps it in memory; `undefined` when its window is over by now. */
export function liveAnswer(
  book: BookOfDefinitions,
  found: NonNullable<ReturnType<typeof boardOf>>,
  now: Instant,
  { seq, meta, rows, total, step, count }: BoardPage,
): BoardRowsAnswer | undefined {
  if (meta.to !== null && Date.parse(meta.to) <= now) return undefined;
  return {
    board: { ...headOf(book, found), step, from: meta.from, to: meta.to },
    at: new Date(now).toISOString(),
    known: null,
    seq,
    rows: rows.map(([id, name, names, , value, rank, tied, gap, movement, target]) => ({
      rank,
      tied: tied === 1,
      entity: names === 0 ? { id, name } : { id, name, names },
      value,
      gap,
      gapSteps: stepsOf(gap, step),
      movement,
      target,
      attainment: percentOf(found.definition.rankedBy, value, target),
    })),
    total,
    count,
  };
}

/** A board from the store, as it stood. */
export function pastAnswer(
  book: Book,
  found: NonNullable<ReturnType<typeof boardOf>>,
  moment: Moment & { seq: number },
  { window, before, targets, total, step, ranked }: BoardThen,
  asked: PageAsked,
): BoardRowsAnswer {
  const { definition } = found;
  const head = headOf(book, found);
  const own = ownUnit(book, found);
  const iso = (at: Instant) => (definition.period === 'all' ? null : new Date(at).toISOString());
  const names = namesOf(book);
  const one = textOf(step, own);
  return {
    board: { ...head, step: one, from: iso(window.from), to: iso(window.to) },
    at: new Date(moment.at).toISOString(),
    known: moment.known === null ? null : new Date(moment.known.at).toISOString(),
    seq: moment.known?.seq ?? moment.seq,
    rows: rowsAsked(ranked, names, asked).map((row) => {
      const value = textOf(row.value, head.unit);
      const target = textOf(targets.get(row.id) ?? null, own);
      return {
        rank: row.rank,
        tied: row.tied,
        entity: { id: row.id, ...(names.get(row.id)?.shown ?? { name: row.id }) },
        value,
        gap: textOf(row.gap, head.unit),
        gapSteps: stepsOf(textOf(row.gap, head.unit), one),
        movement: (before.get(row.id) ?? row.rank) - row.rank,
        target,
        attainment: percentOf(definition.rankedBy, value, target),
      };
    }),
    total: textOf(total, own),
    count: ranked.length,
  };
}

function rowsAsked(
  ranked: readonly Ranked[],
  names: ReturnType<typeof namesOf>,
  { search, places }: PageAsked,
): readonly Ranked[] {
  const { from, to, around } = places;
  if (around !== undefined) {
    const place = ranked.findIndex((row) => row.id === around);
    return place < 0 ? [] : ranked.slice(Math.max(0, place - to), place + to + 1);
  }
  const fits = (row: Ranked) => names.get(row.id)?.all.toLocaleLowerCase().includes(search);
  return (search === '' ? ranked : ranked.filter(fits)).slice(from, to);
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

function headOf(
  book: BookOfDefinitions,
  { definition, name }: NonNullable<ReturnType<typeof boardOf>>,
) {
  const { id, slug, metric, period, of, where = [], rankedBy = 'value' } = definition;
  const { currency } = book.settings;
  const counted = book.byId.get(metric) ?? STARTER_METRICS[0]!;
  const unit = boardUnit(definition, counted, currency);
  const { better } = counted;
  return { id, slug, name, metric, period, currency, unit, of, better, where, rankedBy };
}

/** The unit of totals and targets, whatever the board ranks by. */
function ownUnit(
  book: BookOfDefinitions,
  { definition }: NonNullable<ReturnType<typeof boardOf>>,
): Unit {
  return unitOf(book.byId.get(definition.metric) ?? STARTER_METRICS[0]!, book.settings.currency);
}

/** How many steps a gap takes, rounded up; level takes none. */
function stepsOf(gap: string | null, step: string | null): number | null {
  if (gap === null || step === null) return null;
  const [far, one] = [parseScaled(gap, DIGITS), parseScaled(step, DIGITS)];
  if (!far.ok || !one.ok || one.value <= 0n) return null;
  return Number((far.value + one.value - 1n) / one.value);
}

/** Decimals of percentages and of the figures they are made of. */
const DIGITS = 6;

/** Percent of the target, floored to a tenth; of boards that rank by the value itself. */
function percentOf(
  rankedBy: string | undefined,
  value: string | null,
  target: string | null,
): string | null {
  if (value === null || target === null || (rankedBy ?? 'value') !== 'value') return null;
  const [part, whole] = [parseScaled(value, DIGITS), parseScaled(target, DIGITS)];
  if (!part.ok || !whole.ok || whole.value === 0n) return null;
  return formatScaled((part.value * 1_000n) / whole.value, 1);
}

/** Money with all its decimals, other figures with as many as they need. */
export function textOf<T extends Scaled | null>(
  value: T,
  unit: Unit,
): T extends null ? null : string {
  const places = unit.kind === 'money' ? unit.scale : undefined;
  return (value === null ? null : formatScaled(value, unit.scale, places)) as never;
}

export function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const detail = `"${name}" must be a whole number.`;
  throw new ProblemError('refused', detail, [{ code: 'type', detail, pointer: `/${name}` }]);
}
