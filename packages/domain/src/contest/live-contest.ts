import type { Credit } from '../credit.ts';
import { subjectOf } from '../measure-book.ts';
import type { Metric } from '../metric.ts';
import type { Instant, PersonId } from '../types.ts';
import { metricsBehind } from './counted.ts';
import { contestMetrics, type ContestDefinition, type EntrantId } from './definition.ts';
import type { ContestKind, Score } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { filterOf, playOf, type Play } from './play.ts';
import { standingOf } from './stand.ts';
import type { ContestFacts, ContestLine, ContestReader, ContestStanding } from './standing.ts';
import { graceEnd } from './state.ts';

/**
 * A contest that is followed credit by credit: only entrants whom one touched are scored again, and
 * lines that are as before are the very same objects. It always says what `standContest` says.
 */
export class LiveContest {
  readonly #contest: ContestDefinition;
  readonly #facts: ContestFacts;
  readonly #reader: ContestReader;
  readonly #kind: ContestKind;
  readonly #entrantsOf: ReadonlyMap<PersonId, readonly EntrantId[]>;
  readonly #scores = new Map<EntrantId, Score>();
  readonly #lines = new Map<EntrantId, ContestLine>();
  readonly #dirty = new Set<EntrantId>();
  #play: Play;
  #rules: Rules;
  #turns: readonly Instant[];
  /** How many turns lie behind; −1: it was never asked. */
  #turned = -1;
  #standing: ContestStanding | undefined;

  constructor(contest: ContestDefinition, facts: ContestFacts, reader: ContestReader) {
    this.#contest = contest;
    this.#facts = facts;
    this.#reader = reader;
    this.#kind = kindOf(contest);
    this.#entrantsOf = entrantsOf(facts);
    this.#play = playOf(contest, facts, reader);
    this.#rules = rulesOf(contest, reader);
    this.#turns = this.#turnsNow();
    this.touchAll();
  }

  /**
   * Says that a credit was given or taken back. `false` when it has nothing to do with the contest:
   * it is of something else, of nobody who takes part, from another time, or does not count.
   */
  touch(credit: Credit): boolean {
    if (!this.#rules.subjects.has(subjectIn(credit.measure))) return false;
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

  standing(): ContestStanding {
    this.#keepUp();
    const turned = this.#turns.filter((turn) => turn <= this.#reader.clock).length;
    if (this.#standing && this.#dirty.size === 0 && turned === this.#turned) return this.#standing;
    for (const player of this.#play.players) {
      if (!this.#dirty.has(player.id)) continue;
      this.#scores.set(player.id, this.#kind.score(this.#play, player));
    }
    this.#dirty.clear();
    this.#turned = turned;
    const standing = standingOf(this.#kind, this.#play, this.#inOrder());
    const before = this.#standing?.lines ?? [];
    const lines = standing.lines.map((line, place) =>
      line === before[place] ? line : this.#kept(line),
    );
    this.#standing = { ...standing, lines };
    return this.#standing;
  }

  /** As they stood last: what is nearly in order is sorted quickly. */
  #inOrder(): Score[] {
    if (this.#standing === undefined) return [...this.#scores.values()];
    return this.#standing.lines.map(({ entrant }) => this.#scores.get(entrant)!);
  }

  /** The line that was there before, where it says the same. */
  #kept(line: ContestLine): ContestLine {
    const was = this.#lines.get(line.entrant);
    if (was && sameLine(was, line)) return was;
    this.#lines.set(line.entrant, line);
    return line;
  }

  /** Metrics or the calendar may have changed; then nothing that was worked out holds. */
  #keepUp(): void {
    const rules = rulesOf(this.#contest, this.#reader);
    const { metrics, versions, calendar } = this.#rules;
    const same =
      calendar === rules.calendar &&
      metrics.length === rules.metrics.length &&
      metrics.every((metric, index) => metric === rules.metrics[index]) &&
      versions.every((version, index) => version === rules.versions[index]);
    if (same) return;
    this.#rules = rules;
    this.#play = playOf(this.#contest, this.#facts, this.#reader);
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

/** What a contest's figures hang on besides credits. */
interface Rules {
  readonly subjects: ReadonlySet<string>;
  readonly metrics: readonly Metric[];
  readonly versions: readonly number[];
  readonly calendar: ContestReader['calendar'];
}

function rulesOf(contest: ContestDefinition, reader: ContestReader): Rules {
  const filter = filterOf(contest);
  const metrics = metricsBehind(contestMetrics(contest), filter, reader);
  const at = Math.min(contest.to - 1, reader.clock);
  return {
    subjects: new Set(metrics.map(({ id }) => subjectOf(id, filter))),
    metrics,
    versions: metrics.map(({ versions }) => versions.findLastIndex(({ from }) => from <= at)),
    calendar: reader.calendar,
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
