import type { CreditShare } from './event.ts';
import { factsNow, isOutcome, merged, stageOf, type Fact, type FactGroup } from './fact-group.ts';
import type { Instant } from './types.ts';

/** A fact as metrics see it: what it says by now, and for how long it stands. */
export interface StandingFact extends Fact {
  readonly attributes: Readonly<Record<string, string>>;
  /** From here on it no longer counts; `null` while it stands. */
  readonly endedAt: Instant | null;
  /** Of a win: milliseconds since the deal was opened. */
  readonly cycle?: number;
  /** Of the first activity on a deal: milliseconds since the deal was opened. */
  readonly response?: number;
  /** Stages that the deal entered for the first time with this fact. */
  readonly entered?: readonly string[];
  /** When the deal entered later stages; with `entered`. */
  readonly reached?: Readonly<Record<string, Instant>>;
}

/**
 * What a group of facts amounts to. A win or a loss stands until the next outcome of its deal; a
 * reversed fact never stood; a deal is opened once. Only `at` and, between equals, `seq` order the
 * facts, so their arrival does not matter.
 */
export function standingFacts(group: FactGroup): StandingFact[] {
  const facts = ownersFilled(factsNow(group));
  const opened = facts.find((fact) => fact.type === 'deal.opened');
  const outcomes = facts.filter(isOutcome);
  const touch = facts.find(
    (fact) => fact.type === 'activity.logged' && opened !== undefined && fact.at >= opened.at,
  );
  const stages = stageEntries(facts);
  let attributes: Record<string, string> = {};
  return facts.flatMap((fact) => {
    const ofDeal = fact.type !== 'activity.logged';
    const known = merged(attributes, fact.attributes);
    if (ofDeal) attributes = known;
    if (fact.type === 'deal.opened' && fact !== opened) return [];
    const next = isOutcome(fact) ? outcomes[outcomes.indexOf(fact) + 1] : undefined;
    const standing: { -readonly [K in keyof StandingFact]: StandingFact[K] } = {
      ...fact,
      attributes: known,
      endedAt: next?.at ?? null,
    };
    if (fact.type === 'deal.won' && opened) standing.cycle = Math.max(0, fact.at - opened.at);
    if (fact === touch && opened) standing.response = fact.at - opened.at;
    const entered = stages.get(fact);
    if (entered) Object.assign(standing, { entered, reached: reachedAfter(stages, fact) });
    return [standing];
  });
}

/** Facts of a deal that name nobody belong to whoever had the deal then. */
function ownersFilled(facts: readonly Fact[]): Fact[] {
  const ofDeal = (fact: Fact) => fact.type !== 'activity.logged' && fact.credits.length > 0;
  let owners: readonly CreditShare[] = facts.find(ofDeal)?.credits ?? [];
  return facts.map((fact) => {
    if (fact.credits.length === 0) return { ...fact, credits: owners };
    if (ofDeal(fact)) owners = fact.credits;
    return fact;
  });
}

/** The stages that each fact was the first to enter; `opened` and `won` are stages too. */
function stageEntries(facts: readonly Fact[]): Map<Fact, string[]> {
  const seen = new Set<string>();
  const entries = new Map<Fact, string[]>();
  for (const fact of facts) {
    const names = [
      ...(fact.type === 'deal.opened' ? ['opened'] : []),
      ...(fact.type === 'deal.won' ? ['won'] : []),
      ...(fact.type.startsWith('deal.') ? [stageOf(fact)?.toLowerCase()] : []),
    ].filter((name): name is string => name !== undefined && !seen.has(name));
    if (names.length === 0) continue;
    names.forEach((name) => seen.add(name));
    entries.set(fact, names);
  }
  return entries;
}

function reachedAfter(
  entries: ReadonlyMap<Fact, readonly string[]>,
  from: Fact,
): Record<string, Instant> {
  const reached: Record<string, Instant> = {};
  let after = false;
  for (const [fact, names] of entries) {
    if (after) for (const name of names) reached[name] ??= fact.at;
    if (fact === from) after = true;
  }
  return reached;
}
