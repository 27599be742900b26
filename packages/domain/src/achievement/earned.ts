import type { Window } from '../calendar.ts';
import { EVERYBODY, hasFilter, targetKey, type Floor } from '../floor.ts';
import { subjectOf } from '../measure-book.ts';
import type { Metric } from '../metric.ts';
import type { Instant, PersonId } from '../types.ts';
import { awardKey, ONCE, type AchievementDefinition } from './definition.ts';
import {
  creditsOfAsk,
  scaledAt,
  type AchievementReader,
  type Ask,
  type Earned,
  type Evidence,
  type Span,
} from './kind.ts';
import { achievementKind } from './kinds.ts';

/** What somebody's windows say, by the key of the window. */
export type EvidenceByWindow = Map<string, Evidence>;

const ALWAYS: Span = { from: -Infinity, to: Infinity };

/**
 * What a person has earned of a badge, from what a floor knows now: the same for the same log,
 * whatever came when. Oldest first; nothing where the metric is unknown.
 */
export function achievementsOf(
  definition: AchievementDefinition,
  person: PersonId,
  reader: AchievementReader,
): Earned[] {
  const ask = askOf(definition, person, reader);
  return ask ? earnedFrom(ask, evidenceOf(ask)) : [];
}

export function askOf(
  definition: AchievementDefinition,
  person: PersonId,
  reader: AchievementReader,
): Ask | undefined {
  const { rules } = definition;
  const metric = reader.metric(rules.metric);
  if (!metric) return undefined;
  const filter = hasFilter(definition) ? definition.id : null;
  return { definition, rules, metric, filter, person, reader };
}

/** All windows in which somebody did something, looked at. */
export function evidenceOf(ask: Ask): EvidenceByWindow {
  const instants: Instant[] = [];
  for (const { at } of creditsOfAsk(ask, ALWAYS)) instants.push(at);
  const evidence: EvidenceByWindow = new Map();
  lookAgain(ask, evidence, instants);
  return evidence;
}

/** Looks anew at the windows that hold these instants. */
export function lookAgain(
  ask: Ask,
  evidence: EvidenceByWindow,
  instants: readonly Instant[],
): void {
  const kind = achievementKind(ask.rules.kind);
  const { since } = ask.definition;
  const period = kind.window(ask.rules);
  const windows = new Map<string, Window>();
  for (const at of instants) {
    const window = ask.reader.calendar.windowOf(period, at);
    windows.set(window.key, window);
  }
  for (const window of windows.values()) {
    const from = since === undefined ? window.from : Math.max(window.from, since);
    const amount = from < window.to ? kind.amount(ask, { ...window, from }) : undefined;
    if (amount && amount.amount >= least(ask)) evidence.set(window.key, { ...amount, window });
    else evidence.delete(window.key);
  }
}

/** Below this nothing is remembered, so that what is remembered stays small. */
function least(ask: Ask): bigint {
  const kind = achievementKind(ask.rules.kind);
  if (kind.earned) return 0n;
  return scaledAt(ask.definition.steps[0]?.at ?? '', kind.scale(ask)) ?? 0n;
}

/** From evidence to what is earned. */
export function earnedFrom(ask: Ask, evidence: EvidenceByWindow): Earned[] {
  const kind = achievementKind(ask.rules.kind);
  const sorted = [...evidence.values()].sort((a, b) => a.window.from - b.window.from);
  const all = kind.earned?.(ask, sorted) ?? eachWindow(ask, sorted);
  if (ask.definition.repeat === 'window') return all;
  const firsts = new Map<string, Earned>();
  for (const one of all) {
    const key = awardKey({ ...one, window: ONCE });
    if (!firsts.has(key)) firsts.set(key, { ...one, window: ONCE });
  }
  return [...firsts.values()];
}

function eachWindow(ask: Ask, evidence: readonly Evidence[]): Earned[] {
  const scale = achievementKind(ask.rules.kind).scale(ask);
  return ask.definition.steps.flatMap(({ level, points, at }) => {
    const needed = scaledAt(at, scale);
    if (needed === undefined) return [];
    return evidence
      .filter(({ amount }) => amount >= needed)
      .map((one): Earned => ({ level, points, window: one.window.key, at: one.at }));
  });
}

/** A floor as achievements read it. */
export function achievementReader(floor: Floor): AchievementReader {
  return {
    calendar: floor.calendar,
    currency: floor.settings.currency,
    metric: (id) => floor.metrics.get(id),
    value: (metric, filter, entity, span) => floor.valueOf(metric, filter, entity, span),
    parts: (metric, filter, entity, span) =>
      measureKeysOf(floor, metric, filter).map(
        (key) => floor.tally(key, entity)?.entries(span) ?? [],
      ),
    target: (person, metric, period, window) =>
      floor.targets.get(targetKey('person', person, metric, period, window)),
    lineOf: (team) => floor.lineOf(team),
  };
}

/** Names of the measures that answer for a metric, whatever it is made of. */
export const measureKeysOf = (floor: Floor, metric: Metric, filter: string | null): string[] =>
  floor.basesOf(metric.id).flatMap((base) => {
    const set = floor.measures.ready(subjectOf(base.id, filter));
    return set?.measures.map((measure) => measure.key) ?? [];
  });

/** Everybody who has something in the measures of a badge. */
export function peopleCounted(floor: Floor, definition: AchievementDefinition): PersonId[] {
  const metric = floor.metrics.get(definition.rules.metric);
  if (!metric) return [];
  const filter = hasFilter(definition) ? definition.id : null;
  const people = new Set<PersonId>();
  for (const key of measureKeysOf(floor, metric, filter)) {
    for (const entity of floor.talliesOf(key).keys()) {
      if (entity !== EVERYBODY && floor.people.has(entity)) people.add(entity);
    }
  }
  return [...people].sort();
}
