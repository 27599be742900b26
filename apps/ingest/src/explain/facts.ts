import {
  aloneKey,
  correctionsOf,
  factOf,
  factsNow,
  groupOf,
  isFact,
  isOutcome,
  NO_FACTS,
  standingFacts,
  type EventKey,
  type FactGroup,
  type LogEvent,
  type LoggedMoney,
  type PersonId,
  type Seq,
} from '@ovation/domain';
import { readEventsByKey, readFactsThatStand, readGroups, type Sql } from '@ovation/store';

/** A fact as it counts at a knowledge: what was sent, and what corrections made of it. */
export interface ToldFact {
  /** As its sender said it, with the amount and the attributes that it has by now. */
  readonly event: LogEvent;
  /** The amount that counts, with what was sent in another currency. */
  readonly amount: LoggedMoney | undefined;
  /** The outcome of the same deal that ended it. */
  readonly endedBy: EventKey | undefined;
  share(subject: PersonId): string | null;
}

export interface Knowledge {
  readonly sql: Sql;
  readonly orgId: string;
  /** What was in the log up to here. */
  readonly seq: Seq;
  /** Whether that is the past: what was taken back since is then put back. */
  readonly past: boolean;
}

/**
 * The facts under these keys, corrected by the rules that they are counted by: by the group that
 * each belongs to, with what came after the knowledge left out. `standing` are known to stand.
 */
export async function readToldFacts(
  { sql, orgId, seq, past }: Knowledge,
  keys: readonly EventKey[],
  standing: ReadonlySet<EventKey>,
): Promise<Map<EventKey, ToldFact>> {
  const events = (await readEventsByKey(sql, orgId, [...new Set(keys)], seq)).filter(isFact);
  const named = events.map((event) => groupOf(event) ?? aloneKey(event.key));
  const stored = await readGroups(sql, orgId, [...new Set(named)]);
  const groups = new Map<string, FactGroup>();
  events.forEach((event, index) => {
    const group = stored.get(named[index]!) ?? { ...NO_FACTS, facts: [factOf(event)] };
    groups.set(named[index]!, group);
  });
  const taken = past ? [...groups.values()].flatMap(takenBack) : [];
  const stood = await readFactsThatStand(sql, orgId, taken, seq);
  const then = new Map(
    [...groups].map(([key, group]) => [
      key,
      asOf(group, seq, (fact) => stood.has(fact) || standing.has(fact)),
    ]),
  );
  const amended = [...then.values()].flatMap(({ corrections }) =>
    corrections.filter((one) => one.minor !== undefined).map((one) => one.key),
  );
  const changes = await readEventsByKey(sql, orgId, [...new Set(amended)], seq);
  const amounts = new Map(changes.map((event) => [event.key, amountIn(event)]));
  return new Map(
    events.map((event, index) => [event.key, told(event, then.get(named[index]!)!, amounts)]),
  );
}

const amountIn = (event: LogEvent): LoggedMoney | undefined =>
  'amount' in event ? event.amount : undefined;

function takenBack(group: FactGroup): EventKey[] {
  const alive = new Set(factsNow(group).map((fact) => fact.key));
  return group.facts.map((fact) => fact.key).filter((key) => !alive.has(key));
}

/**
 * A group at an earlier knowledge. Reversals carry no number, so whether one was known is seen by
 * the credits: a fact that stood then was not taken back yet.
 */
function asOf(group: FactGroup, seq: Seq, stood: (fact: EventKey) => boolean): FactGroup {
  const gone = new Set(takenBack(group).filter((fact) => !stood(fact)));
  return {
    facts: group.facts.filter((fact) => fact.seq <= seq && !gone.has(fact.key)),
    corrections: group.corrections.filter((one) => one.seq <= seq),
    reversals: [],
  };
}

function told(
  event: LogEvent,
  group: FactGroup,
  amounts: ReadonlyMap<EventKey, LoggedMoney | undefined>,
): ToldFact {
  const fact = standingFacts(group).find((one) => one.key === event.key);
  const amendment = correctionsOf(group, event.key).findLast((one) => one.minor !== undefined);
  const amount = amendment ? amounts.get(amendment.key) : amountIn(event);
  const outcomes = factsNow(group).filter(isOutcome);
  const place = outcomes.findIndex((one) => one.key === event.key);
  const now = {
    ...event,
    ...(amount === undefined ? {} : { amount }),
    ...(fact ? { attributes: fact.attributes } : {}),
  } as LogEvent;
  return {
    event: now,
    amount,
    endedBy: place < 0 ? undefined : outcomes[place + 1]?.key,
    share: (subject) => fact?.credits.find((one) => one.person === subject)?.share ?? null,
  };
}
