import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculate, diffEntries, earnedWith, openBook } from './calculate.ts';
import type { PlanComponent, PlanDefinition } from './definition.ts';
import { calculated, deal, inputOf, months, payeeOf, planOf } from './incentive.fixture.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import {
  cents,
  dealsOf,
  modes,
  onDay,
  postedFor,
  risingBands,
  RUNS,
  sales,
  textOf,
  tiersOf,
  withReversals,
} from './laws.fixture.ts';

const mixed = (base: PlanComponent): PlanDefinition =>
  planOf(
    [
      base,
      { id: 'each', kind: 'per_event', measure: 'arr', amount: '12.34' },
      { id: 'cap', kind: 'cap', scope: 'deal', amount: '900.00', applies_to: ['base'] },
      { id: 'twice', kind: 'modifier', when: { ge: ['arr', '5000'] }, times: '1.5' },
    ],
    { measures: [{ id: 'arr', sum: 'amount', window: 'quarter' }] },
  );
const over = (definition: PlanDefinition, facts: readonly IncentiveFact[]) =>
  inputOf(definition, facts, { periods: months(6) });
const plans = fc.tuple(risingBands, modes).map(([bands, mode]) => mixed(tiersOf(bands, mode)));
const openedBook = (input: IncentiveInput) => {
  const opened = openBook(input);
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
};

describe('the ledger, whatever is sold, taken back and learned late', () => {
  it('1: the same input gives the same, and posting twice posts nothing', () => {
    fc.assert(
      fc.property(plans, sales(120), (plan, list) => {
        const input = over(plan, withReversals(list));
        const [one, other] = [calculated(input), calculated(input)];
        expect(textOf(one)).toBe(textOf(other));
        const posted = one.people.flatMap(({ targets }) => targets);
        expect(diffEntries(other, posted, '2026-06')).toEqual([]);
        expect(
          diffEntries(one, [], '2026-06').reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
        ).toBe(posted.reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
      }),
      RUNS,
    );
  });

  it('2: the order in which facts come changes nothing', () => {
    const shuffled = sales(120).chain((list) => {
      const facts = withReversals(list);
      return fc.tuple(
        fc.constant(facts),
        fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }),
      );
    });
    fc.assert(
      fc.property(plans, shuffled, (plan, [facts, others]) => {
        expect(textOf(calculated(over(plan, others)).people)).toBe(
          textOf(calculated(over(plan, facts)).people),
        );
      }),
      RUNS,
    );
  });

  it('3: fact by fact is the same as all at once', () => {
    fc.assert(
      fc.property(plans, sales(120), (plan, list) => {
        const facts = withReversals(list);
        const changed = facts
          .filter(({ reverses }) => reverses === undefined)
          .slice(0, 2)
          .map((fact) => ({ ...fact, version: 2, amount: '777.77' }));
        const book = openedBook(over(plan, []));
        for (const fact of [...facts, ...changed]) book.add([fact]);
        const batch = calculated(over(plan, [...facts, ...changed]));
        expect(textOf(book.result().people)).toBe(textOf(batch.people));
      }),
      RUNS,
    );
  });

  it('3: facts in place of others are the same as having had them from the beginning', () => {
    const masks = fc.array(fc.constantFrom('gone', 'kept', 'came'), {
      minLength: 240,
      maxLength: 240,
    });
    fc.assert(
      fc.property(plans, sales(120), masks, (plan, list, mask) => {
        const facts = withReversals(list);
        const at = (name: string) => facts.filter((_, n) => mask[n] === name);
        const kept = facts.filter((_, n) => (mask[n] ?? 'kept') === 'kept');
        const book = openedBook(over(plan, [...at('gone'), ...kept]));
        book.result();
        book.swap(at('gone'), at('came'));
        const now = openedBook(over(plan, [...kept, ...at('came')]));
        expect(textOf(book.result())).toBe(textOf(now.result()));
      }),
      RUNS,
    );
  });

  it('11: a deal and its full reversal come to nothing', () => {
    const bases = fc.constantFrom('recompute', 'original_rate' as const);
    fc.assert(
      fc.property(risingBands, modes, sales(31), bases, (bands, mode, list, basis) => {
        const base = tiersOf(bands, basis === 'recompute' ? mode : 'marginal');
        const plan = planOf([base], { clawback: { basis: basis as 'recompute' } });
        const fact = deal('z', '2026-01-10', '12345.67');
        const back: IncentiveFact = {
          ...fact,
          sourceId: 'z-back',
          kind: 'cancelled',
          amount: '-12345.67',
          effectiveOn: '2026-01-20',
          reverses: 'z',
        };
        const others = basis === 'recompute' ? dealsOf(list) : [];
        const without = payeeOf(calculated(inputOf(plan, others)));
        const with_ = payeeOf(calculated(inputOf(plan, [...others, fact, back])));
        expect(with_.periods[0]!.earnedMinor).toBe(without.periods[0]!.earnedMinor);
      }),
      RUNS,
    );
  });

  it('12: late equals on time', () => {
    fc.assert(
      fc.property(plans, sales(80), (plan, list) => {
        const facts = withReversals(list);
        const late = facts.map((fact, index) => ({
          ...fact,
          recordedOn: onDay(Math.min(179, 100 + index * 9)),
        }));
        const [slow, quick] = [late, facts].map((some) => payeeOf(calculated(over(plan, some))));
        for (const { period, earnedMinor } of quick!.periods) {
          expect(postedFor(quick!, period)).toBe(earnedMinor);
          expect(postedFor(slow!, period)).toBe(earnedMinor);
        }
      }),
      RUNS,
    );
  });

  it('13: closed stays closed, and the difference is posted in the open period', () => {
    fc.assert(
      fc.property(plans, sales(31), sales(31), (plan, early, late) => {
        const before = payeeOf(calculated(over(plan, dealsOf(early))));
        const periods = months(6).map((one, index) => ({ ...one, closed: index === 0 }));
        const posted = before.periods[0]!.entries;
        const facts = [...dealsOf(early), ...dealsOf(late, 'late')];
        const after = payeeOf(calculated(inputOf(plan, facts, { periods, posted })));
        expect(after.periods[0]!.entries.map(({ amountMinor }) => amountMinor)).toEqual(
          posted.map(({ amountMinor }) => amountMinor),
        );
        expect(after.periods[0]!.settlement).toEqual(before.periods[0]!.settlement);
        expect(postedFor(after, '2026-01')).toBe(after.periods[0]!.earnedMinor);
      }),
      RUNS,
    );
  });

  const draws = fc.record({
    kind: fc.constantFrom('recoverable', 'non_recoverable' as const),
    amount: fc.integer({ min: 0, max: 300_000 }).map(cents),
    periods: fc.integer({ min: 1, max: 5 }),
    recover_share: fc.constantFrom('1', '0.5', '0'),
    forgive_at_end: fc.boolean(),
  }) as fc.Arbitrary<NonNullable<PlanDefinition['draw']>>;

  it('14, 15, 23: everything adds up in each period, and draws keep their word', () => {
    fc.assert(
      fc.property(draws, sales(150, -3_000_000), (draw, list) => {
        const plan = planOf([{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' }], { draw });
        const { periods } = payeeOf(calculated(over(plan, dealsOf(list))));
        const guarantee = BigInt(draw.amount.replace('.', ''));
        let [earned, paid, forgiven, advanced] = [0n, 0n, 0n, 0n];
        let owed = 0n;
        periods.forEach(({ settlement: one }, index) => {
          earned += one.earnedMinor + one.clawbackMinor + one.adjustmentsMinor;
          paid += one.payoutMinor;
          forgiven += one.forgivenMinor;
          advanced += one.advancedMinor - one.recoveredMinor;
          expect(one.carryOutMinor).toBe(earned + advanced - paid);
          expect(one.payoutMinor).toBeGreaterThanOrEqual(0n);
          expect(one.carryOutMinor).toBeLessThanOrEqual(0n);
          expect(one.owedMinor).toBeGreaterThanOrEqual(0n);
          expect(one.recoveredMinor).toBeLessThanOrEqual(owed);
          if (index < draw.periods!) expect(one.payoutMinor).toBeGreaterThanOrEqual(guarantee);
          if (draw.kind === 'non_recoverable') expect(one.owedMinor).toBe(0n);
          else expect(paid + one.carryOutMinor).toBe(earned + one.owedMinor + forgiven);
          owed = one.owedMinor;
        });
      }),
      RUNS,
    );
  });

  it('22: a clawback is at most what the deal paid, and what is kept is not below zero', () => {
    const bases = fc.constantFrom('original_rate', 'paid_part', 'prorated_days' as const);
    const part = fc.integer({ min: 1, max: 2_000_000 });
    fc.assert(
      fc.property(
        risingBands,
        bases,
        part,
        fc.integer({ min: 0, max: 140 }),
        (bands, basis, size, days) => {
          const clawback = { basis: basis as 'paid_part', window_days: 90 };
          const plan = planOf([tiersOf(bands, 'marginal')], { clawback });
          const fact = deal('z', '2026-01-10', '10000.00');
          const back: IncentiveFact = {
            ...fact,
            sourceId: 'z-back',
            kind: 'credited',
            amount: cents(-size),
            effectiveOn: onDay(9 + days),
            reverses: 'z',
          };
          const sum = (facts: IncentiveFact[]) =>
            payeeOf(calculated(over(plan, facts))).targets.reduce(
              (all, one) => all + one.amountMinor,
              0n,
            );
          const [whole, kept] = [sum([fact]), sum([fact, back])];
          expect(kept).toBeGreaterThanOrEqual(0n);
          expect(kept).toBeLessThanOrEqual(whole);
          if (days > 90) expect(kept).toBe(whole);
          if (days <= 90 && basis !== 'prorated_days' && size >= 1_000_000) expect(kept).toBe(0n);
        },
      ),
      RUNS,
    );
  });

  it('24: a trace makes the amount again', () => {
    fc.assert(
      fc.property(plans, sales(120), (plan, list) => {
        for (const { figures } of payeeOf(calculated(over(plan, withReversals(list)))).periods) {
          for (const { lines, exact, minor } of figures) {
            expect(lines.reduce((sum, one) => sum + one.minor, 0n)).toBe(minor);
            const sum = lines.reduce((all, one) => added(all, one.exact), { n: 0n, d: 1n });
            expect(sum.n * exact.d).toBe(exact.n * sum.d);
            for (const { slices, exact: own } of lines) {
              if (!slices) continue;
              const paid = slices.reduce((all, one) => added(all, one.pays), { n: 0n, d: 1n });
              expect(paid.n * own.d).toBe(own.n * paid.d);
            }
          }
        }
      }),
      RUNS,
    );
  });

  it('26: what-if leaves everything as it is, and is what then happens', () => {
    fc.assert(
      fc.property(plans, sales(60), fc.integer({ min: 1, max: 900_000 }), (plan, list, size) => {
        const input = over(plan, withReversals(list));
        const book = openedBook(input);
        const before = textOf(book.result());
        const extra = deal('extra', '2026-02-20', cents(size));
        const asked = earnedWith(book, [extra]);
        expect(textOf(book.result())).toBe(before);
        const total = (of: IncentiveInput) =>
          payeeOf(calculated(of)).periods.reduce((sum, one) => sum + one.earnedMinor, 0n);
        const real = total({ ...input, facts: [...input.facts, extra] }) - total(input);
        expect(asked.ok && asked.value[0]?.earnedMinor).toBe(real);
      }),
      RUNS,
    );
  });

  it('27: whatever is put in, it is worked out or refused with a reason', () => {
    const text = fc.oneof(fc.constantFrom('0', '-1', '1e9', 'NaN', '', '1/0', '0.1'), fc.string());
    const junk = fc.record({
      rate: text,
      from: text,
      amount: text,
      day: text,
      share: text,
      quota: text,
    });
    fc.assert(
      fc.property(junk, ({ rate, from, amount, day, share, quota }) => {
        const bands = [
          { from: '0', rate },
          { from, rate: '0.1' },
        ];
        const plan = planOf([tiersOf(bands, 'whole', 'attainment')]);
        const facts = [deal('a', day, amount, { credits: [{ person: 'ann', share }] })];
        const quotas = [{ quota: 'arr', from: '2026-01-01', to: day, amount: quota }];
        const made = calculate(inputOf(plan, facts, { quotas }));
        if (made.ok) expect(textOf(made.value)).not.toMatch(/NaN|Infinity|null/);
        else
          for (const { detail, pointer } of made.fault) expect([detail, pointer]).not.toContain('');
      }),
      { numRuns: 300 },
    );
  });
});

const added = (a: { n: bigint; d: bigint }, b: { n: bigint; d: bigint }) => ({
  n: a.n * b.d + b.n * a.d,
  d: a.d * b.d,
});
