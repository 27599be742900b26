import type { ActivityClass, CreditShare, FactBody, LogEvent } from './event.ts';
import type { CountableType } from './metric.ts';
import type { DealKey, EventKey, Instant, Minor, Seq, TeamId } from './types.ts';

/** What one event said, as it is kept with the other events of its deal or payment. */
export interface Fact {
  readonly key: EventKey;
  readonly seq: Seq;
  readonly type: CountableType;
  /** When it happened: orders the facts of a group. */
  readonly at: Instant;
  /** Where a closed period's policy lets it count instead. */
  readonly countsAt?: Instant;
  readonly minor?: Minor;
  readonly credits: readonly CreditShare[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly activity?: string;
  readonly class?: ActivityClass;
  readonly kpi?: string;
  readonly value?: string;
  readonly team?: TeamId;
}

/** What a correction says instead; absent stays as it was. */
export interface Correction {
  readonly key: EventKey;
  readonly seq: Seq;
  readonly at: Instant;
  readonly corrects?: EventKey;
  readonly minor?: Minor;
  readonly credits?: readonly CreditShare[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A taking back: of one event, or of every win up to a moment. */
export interface Reversal {
  readonly seq: Seq;
  readonly at: Instant;
  readonly reverses?: EventKey;
}

/**
 * Everything known about one deal or one payment, whatever order it arrived in. An event that
 * belongs to neither is a group of its own, kept only once something corrects it.
 */
export interface FactGroup {
  readonly facts: readonly Fact[];
  readonly corrections: readonly Correction[];
  readonly reversals: readonly Reversal[];
}

/** What was known of a group when `seq` was the newest event. */
export function knownAt(group: FactGroup, seq: Seq): FactGroup {
  const known = (one: { readonly seq: Seq }) => one.seq <= seq;
  return {
    facts: group.facts.filter(known),
    corrections: group.corrections.filter(known),
    reversals: group.reversals.filter(known),
  };
}

/** The events after `seq` that a group heard of, in order. */
export function heardAfter({ facts, corrections, reversals }: FactGroup, seq: Seq): Seq[] {
  const all = [...facts, ...corrections, ...reversals].map((one) => one.seq);
  return [...new Set(all)].filter((one) => one > seq).sort((a, b) => a - b);
}

export const NO_FACTS: FactGroup = { facts: [], corrections: [], reversals: [] };

/** The group under which an event's corrections wait for it, and where it stands if it is alone. */
export const aloneKey = (eventKey: EventKey): DealKey => `?${eventKey}`;
export const isAlone = (groupKey: DealKey): boolean => groupKey.startsWith('?');

type FactEvent = Extract<FactBody, { type: CountableType }> & LogEvent;

export function isFact(event: LogEvent): event is FactEvent {
  return 'credits' in event && event.type !== 'deal.reassigned' && event.type !== 'deal.split';
}

/** The deal or payment that an event is about; `undefined` when it stands alone. */
export function groupOf(event: FactEvent): DealKey | undefined {
  if ('payment' in event) return event.payment;
  return 'deal' in event ? event.deal : undefined;
}

export function factOf(event: FactEvent): Fact {
  const { key, seq, type, occurredAt: at, credits } = event;
  const fact: { -readonly [K in keyof Fact]: Fact[K] } = { key, seq, type, at, credits };
  if (event.countsAt !== undefined) fact.countsAt = event.countsAt;
  if (event.amount !== undefined) fact.minor = BigInt(event.amount.minor);
  if (event.attributes !== undefined) fact.attributes = event.attributes;
  if (event.team !== undefined) fact.team = event.team;
  if (event.type === 'activity.logged') {
    fact.activity = event.activity;
    fact.class = event.class;
  }
  if (event.type === 'kpi.reported') {
    fact.kpi = event.kpi;
    fact.value = event.value;
  }
  return fact;
}

export const stageOf = (fact: Pick<Fact, 'attributes'>): string | undefined =>
  fact.attributes?.['stage'];

/** In order of time; on one instant an outcome comes after what led to it (imports know dates). */
export const inTime = (a: Fact, b: Fact): number =>
  a.at - b.at || rankOf(a) - rankOf(b) || a.seq - b.seq;

const OUTCOMES: ReadonlySet<CountableType> = new Set(['deal.won', 'deal.lost']);
export const isOutcome = (fact: Fact): boolean => OUTCOMES.has(fact.type);
const rankOf = (fact: Fact): number => (fact.type === 'deal.opened' ? 0 : isOutcome(fact) ? 2 : 1);

/** The facts that nobody took back, in order of time, as they were corrected. */
export function factsNow(group: FactGroup): Fact[] {
  const alive = aliveFacts(group);
  for (const correction of inOrder(group.corrections)) {
    const index = indexCorrected(alive, correction);
    if (index >= 0) alive[index] = corrected(alive[index]!, correction);
  }
  return alive;
}

/** The corrections that a fact of the group carries, in the order in which they apply. */
export function correctionsOf(group: FactGroup, fact: EventKey): Correction[] {
  const alive = aliveFacts(group);
  return inOrder(group.corrections).filter(
    (correction) => alive[indexCorrected(alive, correction)]?.key === fact,
  );
}

const aliveFacts = (group: FactGroup): Fact[] =>
  group.facts.filter((fact) => !isReversed(group, fact)).sort(inTime);

const inOrder = (corrections: readonly Correction[]): Correction[] =>
  [...corrections].sort((a, b) => a.at - b.at || a.seq - b.seq);

function isReversed({ reversals }: FactGroup, fact: Fact): boolean {
  return reversals.some((reversal) =>
    reversal.reverses === undefined
      ? fact.type === 'deal.won' && fact.at <= reversal.at
      : reversal.reverses === fact.key,
  );
}

/** The event that is named; else the latest win up to the correction, else the latest fact. */
function indexCorrected(alive: readonly Fact[], { corrects, at }: Correction): number {
  if (corrects !== undefined) return alive.findIndex((fact) => fact.key === corrects);
  const win = alive.findLastIndex((fact) => fact.type === 'deal.won' && fact.at <= at);
  if (win >= 0) return win;
  return alive.findLastIndex((fact) => fact.type !== 'activity.logged' && fact.at <= at);
}

function corrected(fact: Fact, { minor, credits, attributes }: Correction): Fact {
  return {
    ...fact,
    ...(minor === undefined ? {} : { minor }),
    ...(credits === undefined ? {} : { credits }),
    ...(attributes === undefined ? {} : { attributes: merged(fact.attributes, attributes) }),
  };
}

/** Attributes over earlier ones; an empty text takes one away. */
export function merged(
  before: Readonly<Record<string, string>> | undefined,
  after: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const all = Object.entries({ ...before, ...after }).filter(([, value]) => value !== '');
  return Object.fromEntries(all);
}

/** Where a deal stands now: by its latest fact that is not taken back. */
export function dealStatus(group: FactGroup): {
  status: 'open' | 'won' | 'lost';
  stage: string | null;
} {
  const facts = factsNow(group).filter((fact) => fact.type !== 'activity.logged');
  const last = facts.at(-1)?.type;
  const stage = stageOf(facts.findLast((fact) => stageOf(fact) !== undefined) ?? {}) ?? null;
  return { status: last === 'deal.won' ? 'won' : last === 'deal.lost' ? 'lost' : 'open', stage };
}
