import type { AchievementDefinition, AchievementId } from './achievement/definition.ts';
import type { BoardDefinition } from './board.ts';
import { createCalendar, type Calendar, type PeriodKind, type Window } from './calendar.ts';
import { creditKey, creditsOf, differenceOf, type Credit, type Staff } from './credit.ts';
import { contestMetrics, type ContestId } from './contest/definition.ts';
import type { ContestState } from './contest/state.ts';
import type { TargetScope } from './event.ts';
import { heardAfter, knownAt, type Fact, type FactGroup } from './fact-group.ts';
import { basesOf, MeasureBook, subjectOf, type MeasureSet } from './measure-book.ts';
import type { Condition, Metric, MetricId } from './metric.ts';
import { loadSettings, saveSettings } from './floor-memory.ts';
import type { FloorSettings } from './floor-settings.ts';
import { valueOf, type Valued } from './metric-value.ts';
import { DEFAULT_SETTINGS, type OrganisationSettings } from './organisation.ts';
import { standingFacts, type StandingFact } from './standing.ts';
import { STARTER_METRICS } from './starter-metrics.ts';
import { Tally } from './tally.ts';
import type { DealKey, Instant, PersonId, Scaled, Seq, TeamId } from './types.ts';

/** From when a person belongs to a team; the latest that has begun is the one that counts. */
export interface Membership {
  readonly from: Instant;
  readonly team: TeamId | null;
}

export interface PersonState {
  readonly memberships: readonly Membership[];
  readonly active: boolean;
}

export const targetKey = (
  scope: TargetScope,
  entity: string | null,
  metric: MetricId,
  period: PeriodKind,
  window: string,
): string => [scope, entity ?? '', metric, period, window].join('|');

/** A credit counted after the event that it is for; `by` is what ended it again since. */
export interface Filled {
  readonly credit: Credit;
  readonly by: Seq | null;
}

/** Everybody together, as an entity. */
export const EVERYBODY = '*';

/**
 * Everything a sales floor knows, folded from its log. It is changed in place by `applyEvent`, one
 * event at a time in the order of `seq`, and reads no clock: `clock` is the latest `recordedAt`.
 * The same log gives the same floor, in batches of any size.
 */
export class Floor implements Staff {
  seq: Seq = 0;
  clock: Instant = 0;
  rulesSeq: Seq = 0;
  /** When people or teams last changed. */
  staffSeq: Seq = 0;
  settings: OrganisationSettings = DEFAULT_SETTINGS;
  calendar: Calendar = createCalendar(DEFAULT_SETTINGS);
  readonly people = new Map<PersonId, PersonState>();
  readonly teams = new Map<TeamId, { readonly parent: TeamId | null }>();
  readonly targets = new Map<string, Scaled>();
  /** Somebody unknown, by the person that they turned out to be. */
  readonly matches = new Map<PersonId, PersonId>();
  readonly places = new Map<PersonId, TeamId>();
  readonly metrics = new Map<MetricId, Metric>();
  /** Boards that somebody defined, by id. */
  readonly boards = new Map<string, BoardDefinition>();
  readonly contests = new Map<ContestId, ContestState>();
  readonly achievements = new Map<AchievementId, AchievementDefinition>();
  readonly measures = new MeasureBook();
  /** By measure, then by person, team, or `*` for the whole organisation. */
  readonly #tallies = new Map<string, Map<string, Tally<Credit>>>();
  /** Credits that no longer stand, by person: a dated move changes their team too. */
  readonly #ended = new Map<PersonId, Map<string, Credit>>();

  constructor() {
    for (const metric of STARTER_METRICS) this.metrics.set(metric.id, metric);
    this.#beginStarters();
  }

  personOf(subject: PersonId): PersonId {
    return this.matches.get(subject) ?? subject;
  }

  teamAt(person: PersonId, at: Instant): TeamId | null {
    return this.people.get(person)?.memberships.findLast((one) => one.from <= at)?.team ?? null;
  }

  placeOf(subject: PersonId): TeamId | null {
    return this.places.get(subject) ?? null;
  }

  /** A team and the teams above it. */
  lineOf(team: TeamId | null): TeamId[] {
    const line: TeamId[] = [];
    for (let one = team; one !== null && !line.includes(one);) {
      line.push(one);
      one = this.teams.get(one)?.parent ?? null;
    }
    return line;
  }

  tally(measure: string, entity: string): Tally<Credit> | undefined {
    return this.#tallies.get(measure)?.get(entity);
  }

  /** Everybody who has something in a measure, with what they have. */
  talliesOf(measure: string): ReadonlyMap<string, Tally<Credit>> {
    return this.#tallies.get(measure) ?? new Map();
  }

  /** The entities that a credit counts for. */
  entitiesOf(credit: Credit): string[] {
    return [credit.person, ...this.lineOf(credit.team), EVERYBODY];
  }

  /** Credits that one person has, or that count for `*`; those that ended included. */
  *creditsFor(entity: string): Iterable<Credit> {
    const all = { from: -Infinity, to: Infinity };
    for (const tallies of this.#tallies.values()) {
      yield* tallies.get(entity)?.entries(all) ?? [];
    }
    if (entity !== EVERYBODY) yield* this.#ended.get(entity)?.values() ?? [];
  }

  give(credit: Credit): void {
    if (credit.endedAt !== null) return this.#giveEnded(credit);
    let tallies = this.#tallies.get(credit.measure);
    if (!tallies) this.#tallies.set(credit.measure, (tallies = new Map()));
    for (const entity of this.entitiesOf(credit)) {
      let tally = tallies.get(entity);
      if (!tally) tallies.set(entity, (tally = new Tally<Credit>()));
      tally.add(credit);
    }
  }

  takeBack(credit: Credit): void {
    if (credit.endedAt !== null) {
      this.#ended.get(credit.person)?.delete(endedKey(credit));
      return;
    }
    for (const entity of this.entitiesOf(credit)) {
      const tally = this.tally(credit.measure, entity);
      if (!tally) throw new Error(`a credit of ${credit.fact} is taken back that was never given`);
      tally.remove(credit);
    }
  }

  #giveEnded(credit: Credit): void {
    const known = this.#ended.get(credit.person);
    if (known) known.set(endedKey(credit), credit);
    else this.#ended.set(credit.person, new Map([[endedKey(credit), credit]]));
  }

  /**
   * A metric as it is counted now: while a change is being counted, the former way answers, and all
   * of it. What is made of other metrics has nothing of its own to count and changes at once.
   */
  metricOf(id: MetricId, filter: string | null): Metric | undefined {
    const set = this.measures.ready(subjectOf(id, filter));
    return set && set.measures.length > 0 ? set.metric : this.metrics.get(id);
  }

  /** What an entity has by a metric in a window; `filter` is a board's own. */
  valueOf(
    metric: Metric,
    filter: string | null,
    entity: string,
    window: Pick<Window, 'from' | 'to'>,
  ): Valued {
    const counted = (id: MetricId) => this.metricOf(id, filter);
    return valueOf(counted(metric.id) ?? metric, {
      metrics: { get: counted },
      currency: this.settings.currency,
      window,
      at: this.clock,
      read: (base, component, { aggregate, dayCap }) => {
        const set = this.measures.ready(subjectOf(base.id, filter));
        const measure = set?.measures[component];
        const cap = dayCap === undefined ? undefined : { cap: dayCap, dayOf: this.dayOf };
        return measure && this.tally(measure.key, entity)?.aggregate(window, aggregate, cap);
      },
    });
  }

  /** Credits of a group's facts in every measure that counts it. */
  creditsOfGroup(group: FactGroup, seq: Seq, only?: MeasureSet): Credit[] {
    const alone = group.facts.length === 1 && group.facts[0]!.type === 'activity.logged';
    const plain = alone && group.reversals.length === 0 && group.corrections.length === 0;
    const facts = plain ? [aloneFact(group.facts[0]!)] : standingFacts(group);
    return facts.flatMap((fact) =>
      this.measures
        .forType(fact.type)
        .filter(({ set }) => only === undefined || set === only)
        .flatMap(({ measure }) => creditsOf(fact, measure, this, seq)),
    );
  }

  /**
   * Counts a group in a set that is being built, once: as it was when the set was asked for, and
   * then what became of it since, as if the set had been there all the time.
   */
  fill(set: MeasureSet, key: DealKey, group: FactGroup): Filled[] {
    if (set.touched.has(key)) return [];
    const filled: { credit: Credit; by: Seq | null }[] = [];
    const standing = new Map<string, { credit: Credit; by: Seq | null }>();
    let before: Credit[] = [];
    for (const seq of [set.seq, ...heardAfter(group, set.seq)]) {
      const now = this.creditsOfGroup(knownAt(group, seq), seq, set);
      const { removed, added } = differenceOf(before, now);
      for (const gone of removed) standing.get(creditKey(gone))!.by = seq;
      for (const credit of added) {
        const entry = { credit, by: null };
        standing.set(creditKey(credit), entry);
        filled.push(entry);
      }
      before = now;
    }
    for (const { credit, by } of filled) if (by === null) this.give(credit);
    return filled;
  }

  /** Before a group changes: counts it, as it was, in every set that has not come to it yet. */
  fillBefore(key: DealKey, group: FactGroup): Filled[] {
    const building = this.measures.building();
    if (building.length === 0 || group.facts.length === 0) return [];
    const first = Math.min(...group.facts.map((fact) => fact.seq));
    return building.flatMap((set) => {
      if (first > set.until || first <= set.filledTo || set.touched.has(key)) return [];
      const filled = this.fill(set, key, group);
      set.touched.add(key);
      return filled;
    });
  }

  /** A set that was counted to its end answers from now on; former tallies are let go. */
  finish(set: MeasureSet): void {
    for (const former of this.measures.finish(set)) this.forget(former);
  }

  forget(set: MeasureSet): void {
    const keys = new Set(set.measures.map((measure) => measure.key));
    for (const key of keys) this.#tallies.delete(key);
    for (const ended of this.#ended.values()) {
      for (const [name, credit] of ended) if (keys.has(credit.measure)) ended.delete(name);
    }
  }

  /** Begins to count a metric, and boards' filters of it, anew. */
  beginMetric(metric: Metric, seq: Seq): void {
    const filters = [null, ...this.filtersOn(metric.id)];
    for (const filter of filters) this.beginSet(metric, filter, seq);
  }

  beginSet(metric: Metric, filter: string | null, seq: Seq, ready = false): MeasureSet {
    const where = filter === null ? [] : this.#conditionsOf(filter);
    const { currency } = this.settings;
    const subject = subjectOf(metric.id, filter);
    const former = this.measures.of(subject);
    const set = this.measures.begin(metric, { filter, where, seq, currency }, ready);
    const kept = this.measures.of(subject);
    for (const one of former) if (!kept.includes(one)) this.forget(one);
    return set;
  }

  /** Boards and contests whose conditions need this metric counted separately. */
  filtersOn(metric: MetricId): string[] {
    const has = (of: MetricId) => this.basesOf(of).some((base) => base.id === metric);
    const boards = [...this.boards.values()].filter((one) => hasFilter(one) && has(one.metric));
    const contests = [...this.contests.values()].flatMap(({ definition }) =>
      hasFilter(definition.scoring) && contestMetrics(definition).some(has) ? [definition.id] : [],
    );
    const achievements = [...this.achievements.values()];
    const badges = achievements.filter((one) => hasFilter(one) && has(one.rules.metric));
    return [...[...boards, ...badges].map((one) => one.id), ...contests];
  }

  #conditionsOf(filter: string): readonly Condition[] {
    const own = this.boards.get(filter) ?? this.achievements.get(filter);
    return (own ?? this.contests.get(filter)?.definition.scoring)?.where ?? [];
  }

  basesOf(metric: MetricId): Metric[] {
    const found = this.metrics.get(metric);
    return found ? basesOf(found, this.metrics) : [];
  }

  saveSettings(): FloorSettings {
    return saveSettings(this);
  }

  /** `seq`: the newest event that is in what was saved. */
  loadSettings(saved: FloorSettings, seq: Seq): void {
    loadSettings(this, saved, seq);
  }

  changeRules(settings: OrganisationSettings, seq: Seq): void {
    const currency = this.settings.currency;
    this.settings = settings;
    this.rulesSeq = seq;
    this.calendar = createCalendar(settings);
    // The digits of money follow the currency; it may change only while nothing was counted.
    if (settings.currency !== currency && this.#tallies.size === 0) this.#beginStarters();
  }

  readonly dayOf = (at: Instant): Instant => this.calendar.windowOf('day', at).from;

  #beginStarters(): void {
    for (const metric of STARTER_METRICS) this.beginSet(metric, null, 0, true);
  }
}

export const hasFilter = (board: { readonly where?: readonly Condition[] }): boolean =>
  (board.where?.length ?? 0) > 0;

const endedKey = (credit: Credit): string =>
  `${credit.measure}|${credit.subject}|${credit.fact}|${credit.at}`;

const aloneFact = (fact: Fact): StandingFact => ({
  ...fact,
  attributes: fact.attributes ?? {},
  endedAt: null,
});
