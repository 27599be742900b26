import {
  createCalendar,
  DEFAULT_SETTINGS,
  NO_FACTS,
  type Correction,
  type CreditShare,
  type Fact,
  type FactGroup,
  type IncentiveFact,
  type Reversal,
} from '@ovation/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactsRead, incentiveFacts, type FactReader } from './facts.ts';

const reader: FactReader = {
  calendar: createCalendar({ ...DEFAULT_SETTINGS, timeZone: 'Asia/Tehran' }),
  ...{ currency: 'USD', exponent: 2 },
  personOf: (subject) => (subject === 'crm-ana' ? 'ana' : subject),
  dealOf: new Map([['$pay-1', 'crm/d1']]),
};
const DAY = 86_400_000;
const start = Date.parse('2026-03-01T12:00:00Z');
const at = (day: number) => start + day * DAY;
const ana: readonly CreditShare[] = [{ person: 'ana', share: '1' }];

const won = (day: number, minor: bigint, more: Partial<Fact> = {}): Fact => ({
  ...{ key: `crm/w${day}`, seq: day + 1, type: 'deal.won', at: at(day), minor, credits: ana },
  ...more,
});
const corrects = (day: number, more: Partial<Correction>): Correction => ({
  ...{ key: `crm/c${day}`, seq: 100 + day, at: at(day) },
  ...more,
});
const group = (some: Partial<FactGroup>): FactGroup => ({ ...NO_FACTS, ...some });
const read = (some: Partial<FactGroup>, key = 'crm/d1') => incentiveFacts(reader, key, group(some));
const kinds = (facts: readonly IncentiveFact[]) =>
  facts.map(({ kind, amount, effectiveOn }) => [kind, amount, effectiveOn]);

const SINCE = '2000-01-01';

describe('a win', () => {
  it('is booked on its day in the organisation’s zone', () => {
    const late = won(0, 120_050n, { at: Date.parse('2026-03-01T21:00:00Z') });
    expect(kinds(read({ facts: [late] }))).toEqual([['booked', '1200.50', '2026-03-02']]);
  });
  it('counts where a closed period lets it count', () => {
    const [fact] = read({ facts: [won(0, 100n, { countsAt: at(31) })] });
    expect(fact?.effectiveOn).toBe('2026-04-01');
  });
  it('without an amount has none', () => {
    const { minor: _, ...bare } = won(0, 1n);
    expect(read({ facts: [bare] })[0]).not.toHaveProperty('amount');
  });
  it('is all of somebody’s who has it alone, by who they are taken to be', () => {
    const credits = [{ person: 'crm-ana', share: '0.5' }];
    const [fact] = read({ facts: [won(0, 100n, { credits })] });
    expect(fact?.credits).toEqual([{ person: 'ana', share: '1' }]);
  });
  it('that is shared has the shares of each', () => {
    const credits = [
      { person: 'crm-ana', share: '2/3' },
      { person: 'bo', share: '1/3' },
    ];
    expect(read({ facts: [won(0, 100n, { credits })] })[0]?.credits).toEqual([
      { person: 'ana', share: '2/3' },
      { person: 'bo', share: '1/3' },
    ]);
  });
  it('that was corrected is booked as it stands now, on its own day', () => {
    const corrections = [
      corrects(3, { minor: 70_000n }),
      corrects(5, { credits: [{ person: 'bo', share: '1' }], attributes: { product: 'Pro' } }),
    ];
    const [fact, ...rest] = read({ facts: [won(0, 80_000n)], corrections });
    expect(rest).toEqual([]);
    expect(fact).toMatchObject({
      ...{ kind: 'booked', amount: '700.00', effectiveOn: '2026-03-01' },
      ...{ attributes: { product: 'Pro' }, credits: [{ person: 'bo', share: '1' }] },
    });
  });
});

describe('a win that ended', () => {
  it('by being taken back is told with what took it back, on that day', () => {
    const reversals: Reversal[] = [{ seq: 9, at: at(40), reverses: 'crm/w0' }];
    const facts = read({ facts: [won(0, 5_000n)], reversals });
    expect(kinds(facts)).toEqual([
      ['booked', '50.00', '2026-03-01'],
      ['cancelled', '-50.00', '2026-04-10'],
    ]);
    expect(facts[1]).toMatchObject({ reverses: 'w0', sourceId: 'w0#cancelled' });
  });
  it('is taken back as it was corrected', () => {
    const reversals: Reversal[] = [{ seq: 9, at: at(40) }];
    const corrections = [corrects(3, { minor: 9_000n })];
    const facts = read({ facts: [won(0, 5_000n)], corrections, reversals });
    expect(facts.map(({ amount }) => amount)).toEqual(['90.00', '-90.00']);
  });
  it('is not taken back before it was won', () => {
    const reversals: Reversal[] = [{ seq: 9, at: at(-10), reverses: 'crm/w0' }];
    const [, back] = read({ facts: [won(0, 5_000n)], reversals });
    expect(back?.effectiveOn).toBe('2026-03-01');
  });
  it('and was won again stands by its second win', () => {
    const reversals: Reversal[] = [{ seq: 9, at: at(10) }];
    const facts = read({ facts: [won(0, 5_000n), won(20, 6_000n)], reversals });
    expect(kinds(facts).toSorted()).toEqual([
      ['booked', '50.00', '2026-03-01'],
      ['booked', '60.00', '2026-03-21'],
      ['cancelled', '-50.00', '2026-03-11'],
    ]);
  });
});

describe('money', () => {
  const paid = (type: 'payment.received' | 'payment.refunded', minor: bigint): Fact => ({
    ...{ key: `erp/${type}`, seq: 1, at: at(2), credits: [] },
    ...{ type, minor },
  });
  it('that came in is paid for its deal, by those who have the deal', () => {
    const [fact] = read({ facts: [paid('payment.received', 4_000n)] }, '$pay-1');
    expect(fact).toMatchObject({ kind: 'paid', deal: 'crm/d1', amount: '40.00' });
    expect(fact).not.toHaveProperty('credits');
  });
  it('that went back is paid below zero', () => {
    const facts = [paid('payment.received', 4_000n), paid('payment.refunded', 1_500n)];
    expect(read({ facts }, '$pay-1').map(({ amount }) => amount)).toEqual(['40.00', '-15.00']);
  });
});

describe('what was read before', () => {
  const deal = group({ facts: [won(0, 100n)] });
  const other = { ...reader, currency: 'EUR' };
  const payment = group({
    facts: [{ ...won(1, 100n), type: 'payment.received' }],
  });

  it('is read once for as long as nothing changed', () => {
    const read = new FactsRead();
    read.begin('a');
    const first = read.of(reader, 'crm/d1', deal, SINCE);
    read.begin('a');
    expect(read.of(reader, 'crm/d1', deal, SINCE)).toBe(first);
    expect(first).toEqual(incentiveFacts(reader, 'crm/d1', deal));
    expect(read.of(reader, 'crm/d1', group(deal), SINCE)).not.toBe(first);
  });
  it('is forgotten when what it depends on is another', () => {
    const read = new FactsRead();
    read.begin('a');
    expect(read.of(reader, 'crm/d1', deal, SINCE)[0]?.currency).toBe('USD');
    read.begin('b');
    expect(read.of(other, 'crm/d1', deal, SINCE)[0]?.currency).toBe('EUR');
  });
  it('is read anew for money whose deal is known by now', () => {
    const read = new FactsRead();
    const before = { ...reader, dealOf: new Map<string, string>() };
    expect(read.of(before, '$pay-1', payment, SINCE)[0]?.deal).toBe('$pay-1');
    expect(read.of(reader, '$pay-1', payment, SINCE)[0]?.deal).toBe('crm/d1');
  });
});

describe('whatever is said of a deal', () => {
  const days = fc.integer({ min: 0, max: 60 });
  const minors = fc.bigInt({ min: 1n, max: 10_000_000n });
  const people = fc.constantFrom('ana', 'bo', 'cleo');
  // Sources often say who has a deal when it begins, and not again.
  const credited = fc.option(people, { nil: null });
  const groups = fc.record({
    opened: fc.uniqueArray(fc.tuple(days, people), { maxLength: 2, selector: ([day]) => day }),
    facts: fc.uniqueArray(fc.tuple(days, minors, credited), {
      ...{ maxLength: 4, selector: ([day]: [number, bigint, string | null]) => day },
    }),
    corrections: fc.uniqueArray(fc.tuple(days, minors, people), {
      ...{ maxLength: 4, selector: ([day]: [number, bigint, string]) => day },
    }),
    reversals: fc.uniqueArray(days, { maxLength: 3 }),
  });
  const creditsOf = (person: string | null) => (person ? [{ person, share: '1' }] : []);
  const made = groups.map(({ opened, facts, corrections, reversals }) =>
    group({
      facts: [
        ...opened.map(([day, person]) => {
          const { minor: _, ...bare } = won(day, 0n, { credits: creditsOf(person) });
          return { ...bare, key: `crm/o${day}`, seq: 300 + day, type: 'deal.opened' } as const;
        }),
        ...facts.map(([day, minor, person]) => won(day, minor, { credits: creditsOf(person) })),
      ],
      corrections: corrections.map(([day, minor, person]) =>
        corrects(day, { minor, credits: [{ person, share: '1' }] }),
      ),
      reversals: reversals.map((day) => ({ seq: 200 + day, at: at(day) })),
    }),
  );
  const told = (of: FactGroup) =>
    incentiveFacts(reader, 'crm/d1', of)
      .map((fact) => JSON.stringify(fact))
      .toSorted();

  it('the order in which it came changes nothing', () => {
    const shuffled = <T>(list: readonly T[]) =>
      fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
    const pairs = made.chain((of) =>
      fc
        .tuple(shuffled(of.facts), shuffled(of.corrections), shuffled(of.reversals))
        .map(([facts, corrections, reversals]) => [of, { facts, corrections, reversals }] as const),
    );
    fc.assert(fc.property(pairs, ([a, b]) => void expect(told(b)).toEqual(told(a))));
  });

  it('each win is booked once, and what took it back is its exact negative', () => {
    fc.assert(
      fc.property(made, (of) => {
        const facts = incentiveFacts(reader, 'crm/d1', of);
        const booked = facts.filter(({ kind }) => kind === 'booked');
        const ids = booked.map(({ sourceId }) => sourceId);
        const wins = of.facts.filter(({ type }) => type === 'deal.won');
        expect(ids.toSorted()).toEqual(wins.map(({ key }) => key.slice(4)).toSorted());
        for (const back of facts.filter(({ kind }) => kind === 'cancelled')) {
          const one = booked.find(({ sourceId }) => sourceId === back.reverses)!;
          expect(back.amount).toBe(`-${one.amount}`);
          expect(back.credits).toEqual(one.credits);
          expect(back.effectiveOn >= one.effectiveOn).toBe(true);
        }
      }),
    );
  });
});
