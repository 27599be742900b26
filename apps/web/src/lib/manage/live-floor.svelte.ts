import { paceOf, slugOf, type Instant, type Pace } from '@ovation/domain';
import type { BoardView } from '@ovation/protocol';
import type { Language } from '$lib/i18n/language.ts';
import { showing } from '$lib/announcements/showing.svelte.ts';
import { LiveBoard, LiveConnection, Now } from '$lib/live/index.ts';
import { floorGroups, type FloorBoards, type FloorGroup, type FloorSort } from './floor-table.ts';
import type { Person, Roster } from './roster.svelte.ts';

export const FLOOR_PERIODS = ['week', 'month', 'quarter'] as const;
export type FloorPeriod = (typeof FLOOR_PERIODS)[number];

/** A table that changes more often than this cannot be read. */
const COMMIT_MS = 1_000;
const BOARDS = ['today', 'value', 'activities'] as const;
type BoardName = (typeof BOARDS)[number];

/** Every board that the live floor is made of, for one period. */
export class LiveFloor {
  readonly connection: LiveConnection;
  period = $state<FloorPeriod>('month');
  sort = $state<FloorSort>('pace');
  search = $state('');
  #now: Now;
  #roster: Roster;
  #language: Language;
  #people = $state.raw<Record<BoardName, LiveBoard> | null>(null);
  #teams = $state.raw<Record<BoardName, LiveBoard> | null>(null);

  constructor(roster: Roster, language: Language, renderedAt: Instant) {
    const onEnded = () => location.assign('/sign-in');
    this.#roster = roster;
    this.#language = language;
    this.#now = new Now(renderedAt);
    this.connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded });
  }

  start(): () => void {
    const undo = [
      this.connection.start(),
      this.#now.start(this.connection),
      showing.hear(this.connection),
    ];
    return () => undo.reverse().forEach((stop) => stop());
  }

  /** Watches the boards of a period; returns the undoing. */
  watch(period: FloorPeriod): () => void {
    this.#people = this.#boardsOf('people', period);
    this.#teams = this.#boardsOf('teams', period);
    const all = [...Object.values(this.#people), ...Object.values(this.#teams)];
    const undo = all.map((board) => board.start());
    return () => undo.forEach((stop) => stop());
  }

  get now(): Instant {
    return this.#now.ms;
  }

  /** The board of the period's revenue: it carries the totals and the calendar. */
  get view(): BoardView | null {
    return this.#people?.value.view ?? null;
  }

  get today(): BoardView | null {
    return this.#people?.today.view ?? null;
  }

  /** People with a win today. */
  get winnersToday(): number {
    return this.today?.rows.filter((row) => Number(row.value) > 0).length ?? 0;
  }

  get refusal(): string | null {
    return this.#people?.value.refusal ?? null;
  }

  /** Changes whenever a board of people did: for what is asked for rather than pushed. */
  get pulse(): string {
    const boards = this.#people;
    if (!boards) return '';
    return BOARDS.map((name) => boards[name].view?.version ?? 0).join(' ');
  }

  /** Somebody as the roster knows them. */
  person(id: string): Person | undefined {
    return this.#roster.people.find((one) => one.id === id);
  }

  get people(): readonly Person[] {
    return this.#roster.people;
  }

  /** How the whole organisation stands. */
  get pace(): Pace | undefined {
    const { view } = this;
    if (!view || view.totals.target === null) return undefined;
    const { total, target } = view.totals;
    return paceOf(Number(total), Number(target), view.meta.workDays, this.now);
  }

  get groups(): readonly FloorGroup[] {
    return floorGroups({
      people: this.#roster.people,
      teams: this.#roster.teams,
      peopleBoards: rowsOf(this.#people),
      teamBoards: rowsOf(this.#teams),
      workDays: this.view?.meta.workDays ?? [],
      // Pace moves by the minute; a table that is sorted anew each second would be restless.
      now: Math.floor(this.now / 60_000) * 60_000,
      language: this.#language,
      sort: this.sort,
      search: this.search,
    });
  }

  #boardsOf(of: 'people' | 'teams', period: FloorPeriod): Record<BoardName, LiveBoard> {
    const board = (metric: 'revenue' | 'activities', kind: FloorPeriod | 'day') =>
      new LiveBoard(this.connection, slugOf(of, metric, kind), 'all', { commitEveryMs: COMMIT_MS });
    return {
      today: board('revenue', 'day'),
      value: board('revenue', period),
      activities: board('activities', 'day'),
    };
  }
}

const rowsOf = (boards: Record<BoardName, LiveBoard> | null): FloorBoards => ({
  today: boards?.today.view?.rows ?? [],
  value: boards?.value.view?.rows ?? [],
  activities: boards?.activities.view?.rows ?? [],
});
