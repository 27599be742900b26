import {
  aloneKey,
  correctionsOf,
  factOf,
  factsNow,
  groupOf,
  isFact,
  isOutcome,
  knownAt,
  NO_FACTS,
  standingFacts,
  type EventKey,
  type FactGroup,
  type LogEvent,
  type LoggedMoney,
  type PersonId,
  type Seq,
} from '@ovation/domain';
import { readEventsByKey, readGroups, type Sql } from '@ovation/store';

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

/**
 * The facts under these keys as they were known at `seq`, corrected by the rules that they are
 * counted by. What is taken back is told of as it was sent.
 */
export async function readToldFacts(
  sql: Sql,
  orgId: string,
  keys: readonly EventKey[],
  seq: Seq,
): Promise<Map<EventKey, ToldFact>> {
  const events = (await readEventsByKey(sql, orgId, [...new Set(keys)], seq)).filter(isFact);
  const named = events.map((event) => groupOf(event) ?? aloneKey(event.key));
  const stored = await readGroups(sql, orgId, [...new Set(named)]);
  const groups = events.map((event, index) => {
    const group = stored.get(named[index]!) ?? { ...NO_FACTS, facts: [factOf(event)] };
    return knownAt(group, seq);
  });
  const amended = groups.flatMap(({ corrections }) =>
    corrections.filter((one) => one.minor !== undefined).map((one) => one.key),
  );
  const changes = await readEventsByKey(sql, orgId, [...new Set(amended)], seq);
  const amounts = new Map(changes.map((event) => [event.key, amountIn(event)]));
  return new Map(events.map((event, index) => [event.key, told(event, groups[index]!, amounts)]));
}

const amountIn = (event: LogEvent): LoggedMoney | undefined =>
  'amount' in event ? event.amount : undefined;

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
