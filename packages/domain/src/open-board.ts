import type { BoardDefinition } from './board.ts';
import { ALL_TIME, type Window } from './calendar.ts';
import type { Credit } from './credit.ts';
import { EVERYBODY, hasFilter, targetKey, type Floor } from './floor.ts';
import { subjectOf } from './measure-book.ts';
import { madeOf, versionAt } from './measure.ts';
import { PERCENT_SCALE, type Metric, type MetricId, type Unit, unitOf } from './metric.ts';
import { DEPTH_MAX, divideHalfAway, naturalStep, type Valued } from './metric-value.ts';
import { RankIndex } from './rank-index.ts';
import type { Instant, Scaled, TeamId } from './types.ts';

/** One ranked row in whole numbers, before it is dressed with names for a screen. */
export interface BoardLine {
  readonly id: string;
  readonly value: Scaled | null;
  readonly rank: number;
  readonly tied: boolean;
  readonly gap: Scaled | null;
  /** Places gained since the day began; 0 while the window is no older than the day. */
  readonly movement: number;
  readonly target: Scaled | null;
}

/** A hundred percent, in the digits of a percentage. */
const HUNDRED = 100n * 10n ** BigInt(PERCENT_SCALE);

/** The unit of what a board ranks by. */
export function boardUnit(board: BoardDefinition, metric: Metric, currency: string): Unit {
  if (board.rankedBy === 'target') return { kind: 'percent', scale: PERCENT_SCALE };
  return unitOf(metric, currency);
}

/**
 * A board over the window that is open now. An event marks the entities that it touches; their
 * values are taken from the floor's tallies when the board is looked at, and an index keeps their
 * order, so a board of 100,000 costs an event no more than one of ten.
 */
export class OpenBoard {
  readonly definition: BoardDefinition;
  window: Window = ALL_TIME;
  #dayStart: Instant = 0;
  #rulesSeq = -1;
  #staffSeq = -1;
  #measures = new Set<string>();
  /** Which sets of measures it is made of. */
  #counted = '';
  #versions = 0;
  #entities = new Set<string>();
  readonly #dirty = new Set<string>();
  readonly #dirtyBefore = new Set<string>();
  #index: RankIndex;
  /** Ranks when the day began; made when first looked at. */
  #before: RankIndex | undefined;
  #metric: Metric | undefined;

  constructor(definition: BoardDefinition, floor: Floor) {
    this.definition = definition;
    this.#metric = floor.metrics.get(definition.metric);
    this.#index = this.#emptyIndex();
  }

  /** Changes with the window and with the rules: rows of two epochs cannot be compared. */
  get epoch(): string {
    const shown = this.definition.topN ?? '';
    return `${this.window.key}.${this.#rulesSeq}.${this.#counted}.${this.#versions}.${shown}`;
  }

  /** Rolls over when time or rules ask for it; says whether the board was rebuilt. */
  keepUp(floor: Floor): boolean {
    const window = floor.calendar.windowOf(this.definition.period, floor.clock);
    const dayStart = floor.calendar.windowOf('day', floor.clock).from;
    const sets = this.#sets(floor);
    // Sets that one change asked for come one after the other.
    const counted = `${Math.max(0, ...sets.map((set) => set.seq))}-${sets.length}`;
    const same = window.key === this.window.key && dayStart === this.#dayStart;
    const versions = versionsOf(floor, this.definition.metric, window);
    const alike = counted === this.#counted && versions === this.#versions;
    if (same && floor.rulesSeq === this.#rulesSeq && alike) return false;
    this.window = window;
    this.#dayStart = dayStart;
    this.#rulesSeq = floor.rulesSeq;
    this.#counted = counted;
    this.#versions = versions;
    this.#metric = floor.metrics.get(this.definition.metric);
    this.#measures = new Set(sets.flatMap((set) => set.measures.map((one) => one.key)));
    this.#rebuild(floor);
    return true;
  }

  /** Marks whom a credit touches, given or taken back; says whether anybody is. */
  touch(floor: Floor, credit: Credit): boolean {
    if (!this.#measures.has(credit.measure)) return false;
    const early = this.definition.rankedBy === 'improvement' ? this.#earlier(floor) : this.window;
    if (credit.at < early.from || credit.at >= this.window.to) return false;
    const of = this.definition.of;
    for (const id of of === 'people' ? [credit.person] : floor.lineOf(credit.team)) {
      if (!this.#entities.has(id)) continue;
      this.#dirty.add(id);
      if (credit.at < this.#dayStart) this.#dirtyBefore.add(id);
    }
    return true;
  }

  /** How many are on the board, as of the last look. */
  get count(): number {
    return this.#index.size;
  }

  /**
   * The rows from place `from` up to place `to`, ranked; all unless said. Everybody active is on
   * it, with 0 where there is nothing.
   */
  lines(floor: Floor, to = Infinity, from = 0): BoardLine[] {
    this.#freshen(floor);
    const shown = this.#index.slice(from, Math.min(to, this.#index.size));
    return shown.map((_, place) => this.#lineAt(floor, from + place));
  }

  /** The rows around somebody: `reach` before and after. */
  linesAround(floor: Floor, id: string, reach: number): { from: number; lines: BoardLine[] } {
    this.#freshen(floor);
    const place = this.#index.positionOf(id);
    if (place === undefined) return { from: 0, lines: [] };
    const from = Math.max(0, place - reach);
    const to = Math.min(this.#index.size, place + reach + 1);
    const places = Array.from({ length: to - from }, (_, n) => from + n);
    return { from, lines: places.map((one) => this.#lineAt(floor, one)) };
  }

  /** Somebody's rank, if they are on the board. */
  rankOf(floor: Floor, id: string): number | undefined {
    this.#freshen(floor);
    const place = this.#index.positionOf(id);
    return place === undefined ? undefined : this.#rankAt(this.#index, id, place);
  }

  /** What everybody has together, the organisation's own target, and what one more brings. */
  totals(floor: Floor): { total: Scaled | null; target: Scaled | null; step: Scaled | null } {
    const { metric, period, rankedBy = 'value' } = this.definition;
    const counted = this.#metric;
    const all = counted && floor.valueOf(counted, this.#filter, EVERYBODY, this.window);
    const key = targetKey('organisation', null, metric, period, this.window.key);
    const target = floor.targets.get(key) ?? null;
    if (!counted || !all) return { total: null, target, step: null };
    return {
      total: all.value,
      target,
      step: rankedBy === 'value' ? naturalStep(counted, all) : null,
    };
  }

  #lineAt(floor: Floor, place: number): BoardLine {
    const { id, value } = this.#index.at(place)!;
    const rank = this.#rankAt(this.#index, id, place);
    const ahead = this.definition.ties === 'first' ? place - 1 : rank - 2;
    const better = ahead < 0 ? undefined : this.#index.valueAt(ahead);
    const gap = value === null || better === undefined || better === null ? null : better - value;
    const level = (other: number) =>
      other >= 0 && other < this.#index.size && this.#index.valueAt(other) === value;
    const tied = this.definition.ties !== 'first' && (level(place - 1) || level(place + 1));
    const before = this.#rankBefore(floor, id);
    return {
      id,
      value,
      rank,
      tied,
      gap: gap !== null && gap < 0n ? -gap : gap,
      movement: before === undefined ? 0 : before - rank,
      target: this.#targetOf(floor, id),
    };
  }

  #rankAt(index: RankIndex, id: string, place: number): number {
    return this.definition.ties === 'first' ? place + 1 : index.rankOf(id);
  }

  #rankBefore(floor: Floor, id: string): number | undefined {
    if (this.window.from >= this.#dayStart || this.definition.period.startsWith('last-')) {
      return undefined;
    }
    const before = (this.#before ??= this.#indexBefore(floor));
    // On the first day with anything nobody has moved.
    if (!before.begun) return undefined;
    const place = before.positionOf(id);
    return place === undefined ? undefined : this.#rankAt(before, id, place);
  }

  #freshen(floor: Floor): void {
    if (floor.staffSeq !== this.#staffSeq) this.#reconcile(floor);
    for (const id of this.#dirty) this.#place(floor, this.#index, id, this.window);
    this.#dirty.clear();
    if (this.#before) {
      for (const id of this.#dirtyBefore) this.#place(floor, this.#before, id, this.#earlyWindow());
    }
    this.#dirtyBefore.clear();
  }

  #rebuild(floor: Floor): void {
    this.#index = this.#emptyIndex();
    this.#before = undefined;
    this.#dirty.clear();
    this.#dirtyBefore.clear();
    this.#entities = new Set();
    this.#reconcile(floor);
  }

  /** Takes up who joined and lets go who left. */
  #reconcile(floor: Floor): void {
    this.#staffSeq = floor.staffSeq;
    const now = new Set(entitiesOn(floor, this.definition));
    for (const id of this.#entities) {
      if (now.has(id)) continue;
      this.#index.delete(id);
      this.#before?.delete(id);
    }
    for (const id of now) if (!this.#entities.has(id)) this.#dirty.add(id);
    if (this.definition.rankedBy === 'per_head') for (const id of now) this.#dirty.add(id);
    this.#entities = now;
    this.#before = undefined;
  }

  #place(floor: Floor, index: RankIndex, id: string, window: Pick<Window, 'from' | 'to'>): void {
    if (!this.#entities.has(id)) return;
    const { value, reachedAt } = this.#valueOf(floor, id, window);
    index.set(id, value, reachedAt);
  }

  #indexBefore(floor: Floor): RankIndex {
    const index = this.#emptyIndex();
    for (const id of this.#entities) this.#place(floor, index, id, this.#earlyWindow());
    return index;
  }

  /** The window up to the beginning of the day. */
  #earlyWindow(): Pick<Window, 'from' | 'to'> {
    return { from: this.window.from, to: this.#dayStart };
  }

  #valueOf(floor: Floor, id: string, window: Pick<Window, 'from' | 'to'>): Valued {
    if (!this.#metric) return { value: null, reachedAt: 0, credits: 0 };
    const valued = floor.valueOf(this.#metric, this.#filter, id, window);
    return { ...valued, value: this.#rankable(floor, id, valued.value) };
  }

  #rankable(floor: Floor, id: string, value: Scaled | null): Scaled | null {
    switch (this.definition.rankedBy ?? 'value') {
      case 'value':
        return value;
      case 'target': {
        const target = this.#targetOf(floor, id);
        return value === null || !target ? null : (value * HUNDRED) / target;
      }
      case 'improvement': {
        const earlier = floor.valueOf(this.#metric!, this.#filter, id, this.#earlier(floor)).value;
        return value === null || earlier === null ? null : value - earlier;
      }
      case 'per_head': {
        const heads = membersOf(floor, id);
        return value === null || heads === 0 ? null : divideHalfAway(value, BigInt(heads));
      }
    }
  }

  /** The same part of the window before: as many whole days as have gone of this one. */
  #earlier(floor: Floor): Pick<Window, 'from' | 'to'> {
    const { calendar, clock } = floor;
    const before = calendar.previous(this.window);
    const gone = calendar.windowOf('day', Math.min(clock, this.window.to - 1)).to;
    return { from: before.from, to: Math.min(before.to, before.from + (gone - this.window.from)) };
  }

  #targetOf(floor: Floor, id: string): Scaled | null {
    const scope = this.definition.of === 'people' ? 'person' : 'team';
    const { metric, period } = this.definition;
    return floor.targets.get(targetKey(scope, id, metric, period, this.window.key)) ?? null;
  }

  /** Targets changed: a board that ranks by them looks at everybody again. */
  targetsChanged(): void {
    if (this.definition.rankedBy !== 'target') return;
    for (const id of this.#entities) this.#dirty.add(id);
  }

  get #filter(): string | null {
    return hasFilter(this.definition) ? this.definition.id : null;
  }

  #sets(floor: Floor) {
    return floor
      .basesOf(this.definition.metric)
      .map((base) => floor.measures.ready(subjectOf(base.id, this.#filter)))
      .filter((set) => set !== undefined);
  }

  #emptyIndex(): RankIndex {
    // More of the target, more of an improvement of what should fall: the order follows the metric.
    const better = this.definition.rankedBy === 'target' ? 'higher' : this.#metric?.better;
    return new RankIndex(better ?? 'higher');
  }
}

/** Changes whenever a metric, or one that it is made of, is counted or put together otherwise. */
function versionsOf(floor: Floor, id: MetricId, window: Window, depth = 0): number {
  const metric = depth > DEPTH_MAX ? undefined : floor.metrics.get(id);
  if (!metric) return 0;
  const now = Math.min(window.to - 1, floor.clock);
  const own = (metric.versions.at(-1)?.version ?? 0) + (versionAt(metric, now)?.version ?? 0);
  const parts = new Set(metric.versions.flatMap(({ definition }) => madeOf(definition)));
  return [...parts].reduce((sum, one) => sum + versionsOf(floor, one, window, depth + 1), own);
}

/** Who is on a board: active people, or teams that somebody belongs to. */
export function entitiesOn(
  floor: Floor,
  { of, teams }: Pick<BoardDefinition, 'of' | 'teams'>,
): string[] {
  const within = (team: TeamId | null) =>
    teams === undefined || floor.lineOf(team).some((one) => teams.includes(one));
  if (of === 'people') {
    return [...floor.people]
      .filter(([id, person]) => person.active && within(floor.teamAt(id, floor.clock)))
      .map(([id]) => id);
  }
  const manned = new Set<string>();
  for (const person of floor.people.values()) {
    for (const { team } of person.memberships) if (team !== null) manned.add(team);
  }
  return [...floor.teams.keys()].filter((id) => manned.has(id) && within(id));
}

/** Active people of a team and of the teams below it. */
function membersOf(floor: Floor, team: TeamId): number {
  let count = 0;
  for (const [id, person] of floor.people) {
    const now = floor.teamAt(id, floor.clock);
    if (person.active && floor.lineOf(now).includes(team)) count += 1;
  }
  return count;
}
