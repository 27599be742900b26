import type { Credit } from '../credit.ts';
import { subjectOf } from '../measure-book.ts';
import type { Instant, PersonId } from '../types.ts';
import { metricsBehind } from './counted.ts';
import { contestMetrics, type ContestDefinition, type EntrantId } from './definition.ts';
import type { ContestView } from './contest-view.ts';
import { tiesOf, type ContestKind } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { filterOf, playOf, type Play, type Player } from './play.ts';
import { ScoreOrder } from './score-order.ts';
import { headOf, wholeStanding } from './stand.ts';
import type {
  ContestFacts,
  ContestHead,
  ContestLine,
  ContestReader,
  ContestStanding,
} from './standing.ts';
import { graceEnd } from './state.ts';

/**
 * A contest that is followed credit by credit: only entrants whom one touched are scored again, and
 * lines that are as before are the very same objects. It always says what `standContest` says. Of
 * kinds that are ranked by their scores, only the lines that are asked for are made.
 */
export class LiveContest implements ContestView {
  readonly #contest: ContestDefinition;
  readonly #facts: ContestFacts;
  readonly #reader: ContestReader;
  readonly #kind: ContestKind;
  readonly #entrantsOf: ReadonlyMap<PersonId, readonly EntrantId[]>;
  readonly #order: ScoreOrder;
  readonly #lines = new Map<EntrantId, ContestLine>();
  readonly #dirty = new Set<EntrantId>();
  #players = new Map<EntrantId, Player>();
  #play: Play;
  #rules: Rules;
  #turns: readonly Instant[];
  /** How many turns lie behind; −1: it was never asked. */
  #turned = -1;
  #standing: ContestStanding | undefined;
  #head: ContestHead | undefined;

  constructor(contest: ContestDefinition, facts: ContestFacts, reader: ContestReader) {
    this.#contest = contest;
    this.#facts = facts;
    this.#reader = reader;
    this.#kind = kindOf(contest);
    this.#entrantsOf = entrantsOf(facts);
    this.#play = playOf(contest, facts, reader);
    this.#players = playersOf(this.#play);
    this.#order = new ScoreOrder(tiesOf(this.#play, this.#kind));
    this.#rules = rulesOf(contest, reader);
    this.#turns = this.#turnsNow();
    this.touchAll();
  }

  get count(): number {
    return this.#play.players.length;
  }

  /**
   * Says that a credit was given or taken back. `false` when it has nothing to do with the contest:
   * it is of something else, of nobody who takes part, from another time, or does not count.
   */
  touch(credit: Credit): boolean {
    if (!this.#counts(credit.measure)) return false;
    if (credit.at < this.#contest.from || credit.at >= this.#end()) return false;
    if (this.#facts.withheld.has(credit.fact)) return false;
    const entrants = this.#entrantsOf.get(credit.person) ?? [];
    for (const entrant of entrants) this.#dirty.add(entrant);
    return entrants.length > 0;
  }

  /** Everybody is scored again: what is counted, or how, is other than before. */
  touchAll(): void {
    for (const { id } of this.#play.players) this.#dirty.add(id);
  }

  /** Takes up what was touched, and what is other by rules or time; whether anything is. */
  keepUp(): boolean {
    this.#keepRules();
    const turned = this.#turns.filter((turn) => turn <= this.#reader.clock).length;
    if (this.#dirty.size === 0 && turned === this.#turned) return false;
    for (const id of this.#dirty) {
      this.#order.set(this.#kind.score(this.#play, this.#players.get(id)!));
    }
    this.#dirty.clear();
    this.#turned = turned;
    [this.#head, this.#standing] = [undefined, undefined];
    return true;
  }

  /** All of it, with who wins what. */
  standing(): ContestStanding {
    this.keepUp();
    return (this.#standing ??= this.#whole());
  }

  head(): ContestHead {
    this.keepUp();
    return (this.#head ??= this.#besides());
  }

  lines(from: number, to: number): readonly ContestLine[] {
    this.keepUp();
    if (this.#kind.finish !== undefined) return this.standing().lines.slice(from, to);
    return this.#order.lines(from, to).map((line) => this.#kept(line));
  }

  placeOf(entrant: EntrantId): number | undefined {
    this.keepUp();
    if (this.#kind.finish === undefined) return this.#order.placeOf(entrant);
    const place = this.standing().lines.findIndex((line) => line.entrant === entrant);
    return place < 0 ? undefined : place;
  }

  #whole(): ContestStanding {
    const { finish, besides } = this.#kind;
    const scores = this.#order.scores();
    const outcome = finish?.(this.#play, scores) ?? {
      lines: this.#order.lines(0, this.#order.size),
      ...besides?.(this.#play, scores),
    };
    const lines = outcome.lines.map((line) => this.#kept(line));
    return wholeStanding(this.#kind, this.#play, { ...outcome, lines });
  }

  #besides(): ContestHead {
    const { finish, besides } = this.#kind;
    if (finish !== undefined) return this.standing();
    const told = besides?.(this.#play, this.#order.scores()) ?? {};
    return headOf(this.#kind, this.#play, told, () => this.#order.raw);
  }

  /** Whether a measure is of what is counted; asked for every credit on the floor. */
  #counts(measure: string): boolean {
    const { known, subjects } = this.#rules;
    let own = known.get(measure);
    if (own === undefined) known.set(measure, (own = subjects.has(subjectIn(measure))));
    return own;
  }

  /** The line that was there before, where it says the same. */
  #kept(line: ContestLine): ContestLine {
    const was = this.#lines.get(line.entrant);
    if (was && sameLine(was, line)) return was;
    this.#lines.set(line.entrant, line);
    return line;
  }

  /** Metrics or the calendar may have changed; then nothing that was worked out holds. */
  #keepRules(): void {
    const rules = rulesOf(this.#contest, this.#reader);
    const { behind } = this.#rules;
    const same =
      behind.length === rules.behind.length &&
      behind.every((one, index) => one === rules.behind[index]);
    if (same) return;
    this.#rules = rules;
    this.#play = playOf(this.#contest, this.#facts, this.#reader);
    this.#players = playersOf(this.#play);
    this.#turns = this.#turnsNow();
    this.touchAll();
  }

  #end(): Instant {
    return this.#contest.ties === 'sudden_death' ? graceEnd(this.#contest) : this.#contest.to;
  }

  #turnsNow(): readonly Instant[] {
    return [...(this.#kind.turns?.(this.#play) ?? []), this.#contest.to];
  }
}

const playersOf = ({ players }: Play) => new Map(players.map((one) => [one.id, one]));

/** What a contest's figures hang on besides credits. */
interface Rules {
  readonly subjects: ReadonlySet<string>;
  /** Measures that were asked for, and whether they are of these subjects. */
  readonly known: Map<string, boolean>;
  /** The calendar; of each metric what it is, the version in force, what it is counted in. */
  readonly behind: readonly unknown[];
}

function rulesOf(contest: ContestDefinition, reader: ContestReader): Rules {
  const filter = filterOf(contest);
  const metrics = metricsBehind(contestMetrics(contest), filter, reader);
  const at = Math.min(contest.to - 1, reader.clock);
  return {
    subjects: new Set(metrics.map(({ id }) => subjectOf(id, filter))),
    known: new Map(),
    behind: [
      reader.calendar,
      ...metrics.flatMap((metric) => [
        metric,
        metric.versions.findLastIndex(({ from }) => from <= at),
        reader.countedIn(metric.id, filter),
      ]),
    ],
  };
}

/** The subject in the name of a measure: `revenue?con_1~17:1` is of `revenue?con_1`. */
const subjectIn = (measure: string): string => /^[^~:]*/.exec(measure)![0];

function entrantsOf({ frozen }: ContestFacts): Map<PersonId, EntrantId[]> {
  const found = new Map<PersonId, EntrantId[]>();
  for (const { id, members } of frozen.entrants) {
    for (const person of members) found.set(person, [...(found.get(person) ?? []), id]);
  }
  return found;
}

function sameLine(a: ContestLine, b: ContestLine): boolean {
  return (
    a.rank === b.rank &&
    a.score === b.score &&
    a.gap === b.gap &&
    a.tied === b.tied &&
    a.raw === b.raw &&
    a.reachedAt === b.reachedAt &&
    a.reached === b.reached &&
    a.outIn === b.outIn &&
    a.division === b.division &&
    a.marks?.join() === b.marks?.join()
  );
}
