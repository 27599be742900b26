import type { Credit } from '../credit.ts';
import { hasFilter, type Floor } from '../floor.ts';
import { subjectOf } from '../measure-book.ts';
import type { Instant, PersonId } from '../types.ts';
import { awardKey, type AchievementDefinition, type AchievementId } from './definition.ts';
import {
  achievementReader,
  askOf,
  earnedFrom,
  evidenceOf,
  lookAgain,
  measureKeysOf,
  peopleCounted,
  type EvidenceByWindow,
} from './earned.ts';
import type { Earned } from './kind.ts';
import { achievementKind } from './kinds.ts';

/** What somebody has earned of a badge by now. */
export interface Verdict {
  readonly achievement: AchievementId;
  readonly person: PersonId;
  readonly earned: readonly Earned[];
}

/** What a round found. */
export interface BadgeRound {
  readonly verdicts: readonly Verdict[];
  /** Badges of which nobody else has anything: whoever is in no verdict has none. */
  readonly whole: readonly AchievementId[];
}

interface Kept {
  /** What its evidence rests on besides credits. */
  basis: string;
  readonly people: Map<PersonId, { evidence: EvidenceByWindow; said: string }>;
}

/**
 * Knows who has earned which badges of a floor, and after each change looks again at the persons
 * and windows that were touched. What it says is what `achievementsOf` would say.
 */
export class BadgeKeeper {
  readonly #floor: Floor;
  readonly #kept = new Map<AchievementId, Kept>();

  constructor(floor: Floor) {
    this.#floor = floor;
  }

  /** What was found of the floor as it is now is known to be written: only changes are told. */
  settle(): void {
    for (const definition of this.#floor.achievements.values()) {
      const basis = basisOf(this.#floor, definition);
      if (basis !== undefined) this.#kept.set(definition.id, { basis, people: new Map() });
    }
  }

  /**
   * `touched`: credits that came or went; `settings`: whether rules, targets, metrics or badges
   * may be other than at the last round.
   */
  round(touched: readonly Credit[], settings: boolean): BadgeRound {
    const whole: AchievementId[] = [];
    const verdicts: Verdict[] = [];
    for (const definition of this.#floor.achievements.values()) {
      if (definition.paused) continue;
      const kept = this.#kept.get(definition.id);
      const basis = settings || !kept ? basisOf(this.#floor, definition) : kept.basis;
      // While its events are being counted, everybody keeps what they have.
      if (basis === undefined) continue;
      if (kept?.basis === basis) verdicts.push(...this.#touched(definition, kept, touched));
      else {
        whole.push(definition.id);
        verdicts.push(...this.#all(definition, basis));
      }
    }
    for (const id of this.#kept.keys()) {
      if (this.#floor.achievements.has(id)) continue;
      this.#kept.delete(id);
      whole.push(id);
    }
    return { verdicts, whole };
  }

  #all(definition: AchievementDefinition, basis: string): Verdict[] {
    const kept: Kept = { basis, people: new Map() };
    this.#kept.set(definition.id, kept);
    return peopleCounted(this.#floor, definition).flatMap(
      (person) => this.#look(definition, kept, person, []) ?? [],
    );
  }

  #touched(definition: AchievementDefinition, kept: Kept, touched: readonly Credit[]): Verdict[] {
    const instants = this.#instantsOf(definition, touched);
    return [...instants].flatMap(([person, at]) => this.#look(definition, kept, person, at) ?? []);
  }

  /** Whose windows have to be looked at again. */
  #instantsOf(
    definition: AchievementDefinition,
    touched: readonly Credit[],
  ): ReadonlyMap<PersonId, Instant[]> {
    const floor = this.#floor;
    const instants = new Map<PersonId, Instant[]>();
    const metric = floor.metrics.get(definition.rules.metric);
    if (!metric) return instants;
    const filter = hasFilter(definition) ? definition.id : null;
    const keys = new Set(measureKeysOf(floor, metric, filter));
    const counted = touched.filter(({ measure }) => keys.has(measure));
    for (const { person, at } of counted) {
      if (!floor.people.has(person)) continue;
      const known = instants.get(person);
      if (known) known.push(at);
      else instants.set(person, [at]);
    }
    if (!achievementKind(definition.rules.kind).shared || counted.length === 0) return instants;
    const all = counted.map(({ at }) => at);
    const people = new Set([...instants.keys(), ...peopleCounted(floor, definition)]);
    return new Map([...people].map((person) => [person, all]));
  }

  /** `undefined`: it is as it was said before. */
  #look(
    definition: AchievementDefinition,
    kept: Kept,
    person: PersonId,
    instants: readonly Instant[],
  ): Verdict | undefined {
    const ask = askOf(definition, person, achievementReader(this.#floor));
    if (!ask) return undefined;
    const known = kept.people.get(person);
    if (known) lookAgain(ask, known.evidence, instants);
    const evidence = known?.evidence ?? evidenceOf(ask);
    const earned = earnedFrom(ask, evidence);
    const said = earned.map((one) => `${awardKey(one)} ${one.points}`).join();
    if (known?.said === said) return undefined;
    kept.people.set(person, { evidence, said });
    return { achievement: definition.id, person, earned };
  }
}

/** What a badge's evidence rests on besides credits; `undefined` while they are not counted yet. */
function basisOf(floor: Floor, definition: AchievementDefinition): string | undefined {
  const filter = hasFilter(definition) ? definition.id : null;
  const bases = floor.basesOf(definition.rules.metric);
  const sets = bases.map((base) => floor.measures.ready(subjectOf(base.id, filter)));
  if (sets.some((set) => set === undefined)) return undefined;
  const versions = floor.metrics.get(definition.rules.metric)?.versions.length;
  const counted = sets.map((set) => [set?.subject, set?.seq]);
  const { rules } = definition;
  const targets = rules.kind === 'target' ? targetsOf(floor, rules.metric, rules.window) : '';
  return JSON.stringify([definition, floor.rulesSeq, versions, counted, targets]);
}

function targetsOf(floor: Floor, metric: string, period: string): string {
  const lines = [...floor.targets].filter(([key]) => {
    const [scope, , of, kind] = key.split('|');
    return scope === 'person' && of === metric && kind === period;
  });
  return lines
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join();
}
