import {
  divideHalfAway,
  hasFilter,
  naturalStep,
  PERCENT_SCALE,
  rankStandings,
  type BoardDefinition,
  type Instant,
  type Ranked,
  type Scaled,
  type Standing,
  type Window,
} from '@ovation/domain';
import { readTargets } from '@ovation/store';
import type { Book } from './book.ts';
import { readValues, type Values, type ValuesQuery } from './values.ts';

/** A board as it stood. */
export interface BoardThen {
  readonly window: Window;
  readonly ranked: readonly Ranked[];
  /** Ranks when the day of `at` began; empty when nobody could have moved. */
  readonly before: ReadonlyMap<string, number>;
  readonly targets: ReadonlyMap<string, Scaled>;
  /** Of everybody, whoever is not on the board included. */
  readonly total: Scaled | null;
  /** What one more of its events brings. */
  readonly step: Scaled | null;
}

/** What had happened by `at`, as it is known now or (with `known`) as it was known then. */
export interface Moment {
  readonly at: Instant;
  readonly known: ValuesQuery['known'];
}

const HUNDRED = 100n * 10n ** BigInt(PERCENT_SCALE);

export async function boardThen(
  book: Book,
  board: BoardDefinition,
  { at, known }: Moment,
): Promise<BoardThen> {
  const { calendar } = book;
  const window = calendar.windowOf(board.period, at);
  const dayStart = calendar.windowOf('day', at).from;
  const windows = [window, earlierPart(book, window, at), { from: window.from, to: dayStart }];
  const filter = hasFilter(board) ? board.id : null;
  const query = { windows, at, known, filter };
  const values = await readValues(book, board.metric, { ...query, of: board.of });
  const all = await readValues(book, board.metric, { ...query, of: 'everybody' });
  const targets = await targetsOf(book, board, window);
  const metric = book.byId.get(board.metric);
  const plain = (board.rankedBy ?? 'value') === 'value';
  const rules = {
    better: board.rankedBy === 'target' ? 'higher' : (metric?.better ?? 'higher'),
    ties: board.ties ?? 'shared',
  } as const;
  const ids = entitiesThen(book, board, at);
  const standings = (place: 0 | 2): Standing[] =>
    ids.map((id) => standing(book, board, { values, targets, at, place, id }));
  const moved = window.from < dayStart && !board.period.startsWith('last-');
  const early = moved ? rankStandings(standings(2), rules) : [];
  const anything = early.some((one) => one.reachedAt !== 0);
  return {
    window,
    ranked: rankStandings(standings(0), rules),
    before: new Map(anything ? early.map((one) => [one.id, one.rank]) : []),
    targets,
    total: all.value(0, '*').value,
    step: metric && plain ? naturalStep(metric, all.value(0, '*')) : null,
  };
}

/** The same part of the window before: as many whole days as have gone of this one. */
export function earlierPart({ calendar }: Book, window: Window, at: Instant) {
  const before = calendar.previous(window);
  const gone = calendar.windowOf('day', Math.min(at, window.to - 1)).to;
  return { from: before.from, to: Math.min(before.to, before.from + (gone - window.from)) };
}

/** One entity's place in the order, from what it has. */
function standing(
  book: Book,
  board: BoardDefinition,
  part: {
    values: Values;
    targets: ReadonlyMap<string, Scaled>;
    at: Instant;
    place: number;
    id: string;
  },
): Standing {
  const { values, targets, at, place, id } = part;
  const { value, reachedAt } = values.value(place, id);
  switch (board.rankedBy ?? 'value') {
    case 'value':
      return { id, value, reachedAt };
    case 'target': {
      const target = targets.get(id);
      return {
        id,
        value: value === null || !target ? null : (value * HUNDRED) / target,
        reachedAt,
      };
    }
    case 'improvement': {
      const earlier = values.value(1, id).value;
      const more = value === null || earlier === null ? null : value - earlier;
      return { id, value: more, reachedAt };
    }
    case 'per_head': {
      const heads = BigInt(headsThen(book, id, at));
      const each = value === null || heads === 0n ? null : divideHalfAway(value, heads);
      return { id, value: each, reachedAt };
    }
  }
}

const teamThen = (person: Book['people'][number], at: Instant): string | null =>
  person.memberships.findLast((one) => one.from <= at)?.team ?? null;

const above = (book: Book, team: string | null): string[] =>
  book.lines.filter(([below]) => below === team).map(([, over]) => over);

/** Active people of a team and of the teams below it. */
export function headsThen(book: Book, team: string, at: Instant): number {
  return book.people.filter(
    (person) => person.active && above(book, teamThen(person, at)).includes(team),
  ).length;
}

/** Everybody active is on the board, or the teams that somebody belongs to. */
export function entitiesThen(book: Book, board: BoardDefinition, at: Instant): string[] {
  const { teams } = board;
  const within = (team: string | null) =>
    teams === undefined || above(book, team).some((one) => teams.includes(one));
  if (board.of === 'people') {
    return book.people
      .filter((person) => person.active && within(teamThen(person, at)))
      .map((person) => person.id);
  }
  const manned = new Set(
    book.people.flatMap((person) => person.memberships.map((one) => one.team)),
  );
  return book.teams.map((team) => team.id).filter((id) => manned.has(id) && within(id));
}

async function targetsOf(
  book: Book,
  { metric, period, of }: BoardDefinition,
  window: Window,
): Promise<Map<string, Scaled>> {
  const query = { metric, period, periodKey: window.key };
  const scope = of === 'people' ? 'person' : 'team';
  const rows = await readTargets(book.sql, book.orgId, query);
  return new Map(rows.filter((row) => row.scope === scope).map((row) => [row.entityId, row.value]));
}
