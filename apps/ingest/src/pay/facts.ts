import {
  formatScaled,
  standingFacts,
  type Calendar,
  type CreditShare,
  type EventKey,
  type Fact,
  type FactCredit,
  type FactGroup,
  type IncentiveFact,
  type Instant,
  type StandingFact,
} from '@ovation/domain';

/** What turns things of the log into what plans are paid by. */
export interface FactReader {
  readonly calendar: Calendar;
  /** ISO 4217; amounts in the log are in the organisation's currency. */
  readonly currency: string;
  readonly exponent: number;
  /** Whom somebody in the log is taken to be. */
  readonly personOf: (subject: string) => string;
  /** For which deals payments were made. */
  readonly dealOf: ReadonlyMap<string, string>;
}

/**
 * What plans are paid by, of one deal or payment: a win is `booked`, as it stands by now; one that
 * was taken back or lost again is `cancelled` besides, on the day when that happened; money that
 * came in is `paid`, and what went back is paid below zero.
 */
export function incentiveFacts(
  reader: FactReader,
  groupKey: string,
  group: FactGroup,
): IncentiveFact[] {
  const standing = standingFacts(group);
  const won = standing.filter((fact) => fact.type === 'deal.won');
  return [
    ...won.flatMap((fact) => bookedFacts(reader, groupKey, fact)),
    ...reversedFacts(reader, groupKey, group, won),
    ...standing.flatMap((fact) => paymentFacts(reader, groupKey, fact)),
  ];
}

/**
 * What was read of each deal before: after an event only the deals that it touches are read anew.
 * A deal that changed is another object.
 */
export class FactsRead {
  #known = new WeakMap<
    FactGroup,
    { readonly deal: string; readonly facts: readonly IncentiveFact[] }
  >();
  #by = '';

  /** `by`: everything that facts depend on besides the deal; another text forgets all. */
  begin(by: string): void {
    if (by === this.#by) return;
    this.#by = by;
    this.#known = new WeakMap();
  }

  /** What happened from a date on; the very same list while the deal is as it was. */
  of(
    reader: FactReader,
    groupKey: string,
    group: FactGroup,
    since: string,
  ): readonly IncentiveFact[] {
    const deal = reader.dealOf.get(groupKey) ?? groupKey;
    const known = this.#known.get(group);
    if (known?.deal === deal) return known.facts;
    const all = incentiveFacts(reader, groupKey, group);
    const facts = all.filter((fact) => fact.effectiveOn >= since);
    this.#known.set(group, { deal, facts });
    return facts;
  }
}

/** A win, and its end where the deal was lost again. */
function bookedFacts(reader: FactReader, deal: string, fact: StandingFact): IncentiveFact[] {
  const booked = bookedFact(reader, deal, fact, fact.attributes);
  if (fact.endedAt === null) return [booked];
  return [booked, cancelled(reader, booked, fact.key, fact.endedAt)];
}

/**
 * Wins that were taken back do not stand: they are told as they stood before, with what took them
 * back. Whose they were then does not depend on what came first.
 */
function reversedFacts(
  reader: FactReader,
  deal: string,
  group: FactGroup,
  standing: readonly StandingFact[],
): IncentiveFact[] {
  const alive = new Set(standing.map((fact) => fact.key));
  const gone = group.facts.filter((fact) => fact.type === 'deal.won' && !alive.has(fact.key));
  if (gone.length === 0) return [];
  const before = standingFacts({ ...group, reversals: [] });
  const stood = new Map(before.map((fact) => [fact.key, fact]));
  return gone.flatMap((fact) => {
    const [at, then] = [reversedAt(group, fact), stood.get(fact.key)];
    if (at === undefined || !then) return [];
    const booked = bookedFact(reader, deal, then, then.attributes);
    return [booked, cancelled(reader, booked, fact.key, at)];
  });
}

/** When the first reversal that means a win happened. */
function reversedAt({ reversals }: FactGroup, fact: Fact): Instant | undefined {
  const instants = reversals
    .filter(({ reverses, at }) => (reverses ? reverses === fact.key : fact.at <= at))
    .map(({ at }) => Math.max(at, fact.at));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function bookedFact(
  reader: FactReader,
  deal: string,
  fact: Fact,
  attributes: Readonly<Record<string, string>>,
): IncentiveFact {
  return {
    ...placeOf(reader, fact.key, fact.countsAt ?? fact.at),
    kind: 'booked',
    deal,
    attributes,
    ...(fact.minor === undefined ? {} : moneyOf(reader, fact.minor)),
    credits: creditsOf(reader, fact.credits),
  };
}

function cancelled(
  reader: FactReader,
  booked: IncentiveFact,
  key: EventKey,
  at: Instant,
): IncentiveFact {
  const { amount, ...rest } = booked;
  return {
    ...rest,
    ...placeOf(reader, key, at),
    sourceId: `${booked.sourceId}#cancelled`,
    kind: 'cancelled',
    reverses: booked.sourceId,
    ...(amount === undefined ? {} : { amount: negative(amount) }),
  };
}

const negative = (amount: string): string =>
  /^-?0*\.?0*$/.test(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`;

function paymentFacts(reader: FactReader, groupKey: string, fact: StandingFact): IncentiveFact[] {
  if (fact.type !== 'payment.received' && fact.type !== 'payment.refunded') return [];
  if (fact.minor === undefined) return [];
  const minor = fact.type === 'payment.refunded' ? -fact.minor : fact.minor;
  return [
    {
      ...placeOf(reader, fact.key, fact.countsAt ?? fact.at),
      kind: 'paid',
      deal: reader.dealOf.get(groupKey) ?? groupKey,
      attributes: fact.attributes,
      ...moneyOf(reader, minor),
      // Money for a deal belongs to those who have the deal, unless it names somebody.
      ...(fact.credits.length === 0 ? {} : { credits: creditsOf(reader, fact.credits) }),
    },
  ];
}

function placeOf({ calendar }: FactReader, key: EventKey, at: Instant) {
  const cut = key.indexOf('/');
  return {
    source: key.slice(0, cut),
    sourceId: key.slice(cut + 1),
    effectiveOn: calendar.dateOf(at),
    occurredAt: new Date(at).toISOString(),
  };
}

const moneyOf = ({ currency, exponent }: FactReader, minor: bigint) => ({
  amount: formatScaled(minor, exponent, exponent),
  currency,
});

/** Shares of people; two names of one person are one. */
function creditsOf({ personOf }: FactReader, credits: readonly CreditShare[]): FactCredit[] {
  if (credits.length === 1) return [{ person: personOf(credits[0]!.person), share: '1' }];
  return credits.map(({ person, share }) => ({ person: personOf(person), share }));
}
