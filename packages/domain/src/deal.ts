import type { CreditShare } from './event.ts';
import type { EventKey, Instant, Minor, Seq, TeamId } from './types.ts';

/** A share with the team it was given for: later moves do not touch what was given. */
export interface CreditedShare extends CreditShare {
  readonly team?: TeamId | null;
}

/** What one event said about a deal. */
export interface DealFact {
  readonly key: EventKey;
  readonly seq: Seq;
  readonly at: Instant;
  readonly says: 'won' | 'lost' | 'open';
  readonly minor: Minor;
  readonly credits: readonly CreditedShare[];
  readonly stage?: string;
}

/** A taking back: of one event, or of every win up to a moment. */
export interface Reversal {
  readonly at: Instant;
  readonly reverses?: EventKey;
}

/** Everything known about one deal, whatever order it arrived in. */
export interface Deal {
  readonly facts: readonly DealFact[];
  readonly reversals: readonly Reversal[];
}

export const NO_DEAL: Deal = { facts: [], reversals: [] };

/** A stretch of time during which a win stands: from its event until the deal says otherwise. */
export interface StandingWin {
  readonly fact: DealFact;
  readonly endedAt: Instant | null;
}

/**
 * The wins of a deal. A win stands until a later fact of the same deal ends it (lost, or won anew
 * for another amount); a reversed win never stood. Only `occurredAt` and, between equals, `seq`
 * order the facts, so their arrival does not matter.
 */
export function standingWins(deal: Deal): StandingWin[] {
  const outcome = deal.facts
    .filter((fact) => fact.says !== 'open' && !isReversed(deal, fact))
    .sort((a, b) => a.at - b.at || a.seq - b.seq);
  return outcome.flatMap((fact, index) =>
    fact.says === 'won' ? [{ fact, endedAt: outcome[index + 1]?.at ?? null }] : [],
  );
}

function isReversed(deal: Deal, fact: DealFact): boolean {
  return deal.reversals.some((reversal) =>
    reversal.reverses === undefined
      ? fact.says === 'won' && fact.at <= reversal.at
      : reversal.reverses === fact.key,
  );
}

/** Where the deal stands now: by its latest fact that is not taken back. */
export function dealStatus(deal: Deal): { status: 'open' | 'won' | 'lost'; stage: string | null } {
  const facts = deal.facts
    .filter((fact) => !isReversed(deal, fact))
    .sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b) || a.seq - b.seq);
  const last = facts.at(-1);
  const stage = facts.findLast((fact) => fact.stage !== undefined)?.stage ?? null;
  return { status: last?.says ?? 'open', stage };
}

/** On the same instant an outcome comes after an opening (imports know only dates). */
const rankOf = (fact: DealFact): number => (fact.says === 'open' ? 0 : 1);
