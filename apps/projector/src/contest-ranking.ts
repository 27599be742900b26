import {
  contestMetrics,
  contestPhase,
  contestReader,
  contestSlug,
  decidedView,
  END,
  EVERYBODY,
  freezeContest,
  hasFilter,
  LiveContest,
  naturalStep,
  outOf,
  withheldIn,
  type ContestId,
  type ContestLine,
  type ContestState,
  type ContestView,
  type Credit,
  type Floor,
  type Instant,
} from '@ovation/domain';
import type { BoardMeta, BoardPage, BoardTotals, PackedRow, PageAsk } from '@ovation/protocol';
import { textOf } from './board-rows.ts';
import type { Directory } from './directory.ts';
import type { Ranking } from './ranking.ts';

/** Rows before and after somebody who is asked about. */
const NOBODY_PLACED = 0;

/** Seeds of contests that leave something to chance. */
export type Seeds = ReadonlyMap<ContestId, string>;

/** A contest, ranked while it goes on and as it was decided afterwards. */
export class ContestRanking implements Ranking {
  readonly whole = true;
  readonly #floor: Floor;
  readonly #state: ContestState;
  readonly #live: LiveContest;
  /** What is shown: how it stands, or how it came out. */
  readonly #view: ContestView;
  /** Rows as they were packed, by the line that they show. */
  readonly #packed = new WeakMap<ContestLine, PackedRow>();
  #directory: Directory | undefined;
  #nextAt: Instant;

  private constructor(floor: Floor, state: ContestState, seed: string | null) {
    this.#floor = floor;
    this.#state = state;
    const reader = contestReader(floor);
    const frozen = state.frozen ?? freezeContest(state.definition, reader);
    const members = frozen.entrants.flatMap((one) => one.members);
    this.#live = new LiveContest(
      state.definition,
      {
        frozen,
        pauses: state.pauses,
        out: outOf(state, members),
        withheld: withheldIn(state),
        seed: state.result?.seed ?? seed,
      },
      reader,
    );
    this.#view = state.result === null ? this.#live : decidedView(state.result, this.#live.head());
    this.#nextAt = this.#boundary();
  }

  /** `undefined` when there is no contest of this name, or it is not published. */
  static open(floor: Floor, slug: string, seeds: Seeds): ContestRanking | undefined {
    const id = contestIn(floor, slug);
    const state = id === undefined ? undefined : floor.contests.get(id);
    if (!state || state.cancelled) return undefined;
    // Tickets are drawn at the end; what is decided while it goes on needs the seed before.
    const early = state.definition.rules.kind !== 'raffle';
    return new ContestRanking(
      floor,
      state,
      early ? (seeds.get(state.definition.id) ?? null) : null,
    );
  }

  get epoch(): string {
    const { definition, amended, frozen } = this.#state;
    const begun = frozen === null ? 'before' : 'begun';
    return `${definition.id}|${amended}|${begun}|${this.#view.head().unit.kind}`;
  }

  get count(): number {
    return this.#view.count;
  }

  /** What is decided does not move; what changes it is shown to managers and decided by them. */
  touch(credit: Credit): boolean {
    return this.#state.result === null && this.#live.touch(credit);
  }

  keepUp(): boolean {
    const moved = this.#state.result === null && this.#live.keepUp();
    const over = this.#floor.clock >= this.#nextAt;
    if (over) this.#nextAt = this.#boundary();
    return over || moved;
  }

  /** Rows are made anew when names are other, and its own rules make it another contest. */
  settingsChanged(): void {}

  redefined(): boolean {
    return this.#floor.contests.get(this.#state.definition.id) !== this.#state;
  }

  meta(): BoardMeta {
    const { definition } = this.#state;
    const { id, of, from, to, show } = definition;
    return {
      slug: contestSlug(id),
      metric: contestMetrics(definition)[0] ?? 'revenue',
      of: of === 'people' ? 'people' : 'teams',
      unit: this.#view.head().unit,
      better: 'higher',
      ...(show?.topN === undefined ? {} : { topN: show.topN }),
      period: 'all',
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      workDays: [],
    };
  }

  sum(): Pick<BoardPage, 'total' | 'step'> {
    const { total, totalUnit } = this.#view.head();
    return { total: textOf(total, totalUnit), step: this.#step() };
  }

  totals(shown: number): BoardTotals {
    const { total, totalUnit } = this.#view.head();
    const step = this.#step();
    return { total: textOf(total, totalUnit), target: null, step, count: shown, days: [] };
  }

  rows(most: number, directory: Directory): PackedRow[] {
    return this.#pack(this.#view.lines(0, most), directory);
  }

  page({ from, to, around }: PageAsk, directory: Directory): PackedRow[] {
    if (around === undefined) return this.#pack(this.#view.lines(from, to), directory);
    const place = this.#view.placeOf(around);
    if (place === undefined) return [];
    return this.#pack(this.#view.lines(Math.max(0, place - to), place + to + 1), directory);
  }

  rankOf(id: string): number | undefined {
    const place = this.#view.placeOf(id);
    if (place === undefined) return undefined;
    return this.#view.lines(place, place + 1)[0]?.rank ?? undefined;
  }

  /** What one more event brings, where scores are what is counted. */
  #step(): string | null {
    const { definition } = this.#state;
    const { scoring } = definition;
    const metric = 'metric' in scoring ? this.#floor.metrics.get(scoring.metric) : undefined;
    if (!metric || metric.unit !== this.#view.head().unit.kind) return null;
    const filter = hasFilter(scoring) ? definition.id : null;
    const step = naturalStep(metric, this.#floor.valueOf(metric, filter, EVERYBODY, definition));
    return step === null ? null : textOf(step, this.#view.head().unit);
  }

  #pack(lines: readonly ContestLine[], directory: Directory): PackedRow[] {
    const renamed = this.#directory !== directory;
    this.#directory = directory;
    return lines.map((line) => {
      const known = renamed ? undefined : this.#packed.get(line);
      if (known) return known;
      const row = this.#row(line, directory);
      this.#packed.set(line, row);
      return row;
    });
  }

  #row({ entrant, score, rank, tied, gap }: ContestLine, directory: Directory): PackedRow {
    const { unit } = this.#view.head();
    const squad = this.#state.definition.who.squads?.find((one) => one.id === entrant);
    const face = directory.get(entrant);
    const names = face && Object.keys(face.names).length > 0 ? face.names : 0;
    return [
      entrant,
      squad?.name ?? face?.name ?? entrant,
      names,
      face?.stripe ?? 0,
      textOf(score, unit),
      rank ?? NOBODY_PLACED,
      tied ? 1 : 0,
      gap === null ? null : textOf(gap, unit),
      0,
      null,
    ];
  }

  /** When it is next other than now by the clock alone. */
  #boundary(): Instant {
    const { definition } = this.#state;
    const rounds = (this.#view.head().rounds ?? []).map((one) => one.to);
    const all = [definition.from, ...rounds, definition.to];
    return Math.min(END, ...all.filter((at) => at > this.#floor.clock));
  }
}

/** The contest that a board's name stands for. */
export function contestIn(floor: Floor, slug: string): ContestId | undefined {
  if (!slug.startsWith(PREFIX)) return undefined;
  const id = slug.slice(PREFIX.length);
  return floor.contests.has(id) ? id : undefined;
}
const PREFIX = contestSlug('');

/** Whether a contest is worth showing somewhere: to come soon, going on, or just over. */
export function isShown(state: ContestState, now: Instant): boolean {
  const phase = contestPhase(state, now);
  const { from, to } = state.definition;
  if (phase === 'cancelled') return false;
  if (phase === 'scheduled') return from - now < SOON_MS;
  return phase !== 'final' || now - to < LATER_MS;
}
const DAY_MS = 86_400_000;
/** How long before its start a contest is announced. */
const SOON_MS = 7 * DAY_MS;
/** How long after its end it is still shown. */
const LATER_MS = 7 * DAY_MS;
