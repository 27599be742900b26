import type { BoardDefinition } from './board.ts';
import { ALL_TIME, type Window } from './calendar.ts';
import type { Credit } from './credit.ts';
import { targetKey, type Floor } from './floor.ts';
import { rankStandings, type Standing } from './rank.ts';
import type { Instant, Scaled } from './types.ts';

/** One ranked row in whole numbers, before it is dressed with names for a screen. */
export interface BoardLine {
  readonly id: string;
  readonly value: Scaled;
  readonly rank: number;
  readonly tied: boolean;
  readonly gap: Scaled | null;
  /** Places gained since the day began; 0 while the window is no older than the day. */
  readonly movement: number;
  readonly target: Scaled | null;
}

interface Cell {
  value: Scaled;
  reachedAt: Instant;
}

const NONE: Cell = { value: 0n, reachedAt: 0 };

/**
 * A board over the window that is open now. It keeps each entity's total and, for movement, the
 * total at the day's beginning; both are moved by credits and rebuilt when a window or day begins.
 */
export class OpenBoard {
  readonly definition: BoardDefinition;
  window: Window = ALL_TIME;
  #dayStart: Instant = 0;
  #rulesSeq = -1;
  readonly #cells = new Map<string, Cell>();
  readonly #before = new Map<string, Cell>();
  #ranksBefore: Map<string, number> | undefined;
  #staffSeq = -1;

  constructor(definition: BoardDefinition) {
    this.definition = definition;
  }

  /** Changes with the window and with the rules: rows of two epochs cannot be compared. */
  get epoch(): string {
    return `${this.window.key}.${this.#rulesSeq}`;
  }

  /** Rolls over when time or rules ask for it; says whether the board was rebuilt. */
  keepUp(floor: Floor): boolean {
    const window = floor.calendar.windowOf(this.definition.period, floor.clock);
    const dayStart = floor.calendar.windowOf('day', floor.clock).from;
    const same = window.key === this.window.key && dayStart === this.#dayStart;
    if (same && floor.rulesSeq === this.#rulesSeq) return false;
    this.window = window;
    this.#dayStart = dayStart;
    this.#rulesSeq = floor.rulesSeq;
    this.#rebuild(floor);
    return true;
  }

  /** Adds (`sign` 1) or takes back (-1) a credit that the floor has already folded. */
  apply(floor: Floor, credit: Credit, sign: 1 | -1): boolean {
    const { metric, of } = this.definition;
    const entity = of === 'people' ? credit.person : credit.team;
    const counts = credit.metric === metric && credit.endedAt === null && entity !== null;
    if (!counts || credit.at < this.window.from || credit.at >= this.window.to) return false;
    this.#move(this.#cells, floor, entity, credit, sign, this.window);
    if (credit.at < this.#dayStart) {
      const window = { from: this.window.from, to: this.#dayStart };
      this.#move(this.#before, floor, entity, credit, sign, window);
      this.#ranksBefore = undefined;
    }
    return true;
  }

  /** All rows, ranked. Everybody active is on it, with 0 where there is nothing yet. */
  lines(floor: Floor): BoardLine[] {
    const { metric, of, period } = this.definition;
    const scope = of === 'people' ? 'person' : 'team';
    if (floor.staffSeq !== this.#staffSeq) this.#ranksBefore = undefined;
    this.#staffSeq = floor.staffSeq;
    const ranks = (this.#ranksBefore ??= this.#rankBefore(floor));
    return rankStandings(standings(entitiesOn(floor, of), this.#cells)).map((line) => {
      const key = targetKey(scope, line.id, metric, period, this.window.key);
      const { id, value, rank, tied, gap } = line;
      const movement = ranks.size === 0 ? 0 : (ranks.get(id) ?? rank) - rank;
      return { id, value, rank, tied, gap, movement, target: floor.targets.get(key) ?? null };
    });
  }

  /** What everybody has together, and the organisation's own target. */
  totals(floor: Floor): { total: Scaled; target: Scaled | null } {
    const { metric, period } = this.definition;
    const total = floor.tally(metric, '*').sum(this.window)?.value ?? 0n;
    const key = targetKey('organisation', null, metric, period, this.window.key);
    return { total, target: floor.targets.get(key) ?? null };
  }

  #move(
    cells: Map<string, Cell>,
    floor: Floor,
    entity: string,
    credit: Credit,
    sign: 1 | -1,
    window: Pick<Window, 'from' | 'to'>,
  ): void {
    const cell = cells.get(entity) ?? NONE;
    const value = sign === 1 ? cell.value + credit.value : cell.value - credit.value;
    const reachedAt = floor.tally(credit.metric, entity).reachedAt(window);
    if (reachedAt === undefined) cells.delete(entity);
    else cells.set(entity, { value, reachedAt });
  }

  #rebuild(floor: Floor): void {
    this.#cells.clear();
    this.#before.clear();
    this.#ranksBefore = undefined;
    for (const [entity, tally] of floor.tallies[this.definition.metric]) {
      const now = tally.sum(this.window);
      if (now) this.#cells.set(entity, { ...now });
      if (this.window.from >= this.#dayStart) continue;
      const before = tally.sum({ from: this.window.from, to: this.#dayStart });
      if (before) this.#before.set(entity, { ...before });
    }
  }

  #rankBefore(floor: Floor): Map<string, number> {
    const entities = entitiesOn(floor, this.definition.of);
    if (!entities.some((id) => this.#before.has(id))) return new Map();
    const ranked = rankStandings(standings(entities, this.#before));
    return new Map(ranked.map((line) => [line.id, line.rank]));
  }
}

/** Who is on a board: active people, or teams that somebody belongs to. */
export function entitiesOn(floor: Floor, of: BoardDefinition['of']): string[] {
  if (of === 'people') {
    return [...floor.people].filter(([, person]) => person.active).map(([id]) => id);
  }
  const manned = new Set<string>();
  for (const person of floor.people.values()) {
    for (const { team } of person.memberships) if (team !== null) manned.add(team);
  }
  return [...floor.teams.keys()].filter((id) => manned.has(id));
}

function standings(entities: readonly string[], cells: ReadonlyMap<string, Cell>): Standing[] {
  return entities.map((id) => ({ id, ...(cells.get(id) ?? NONE) }));
}
