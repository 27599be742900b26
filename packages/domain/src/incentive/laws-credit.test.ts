import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../calendar.ts';
import { compare, plus } from './exact.ts';
import { calculate } from './calculate.ts';
import { dateText, dayOf } from './dates.ts';
import type { PlanComponent } from './definition.ts';
import {
  calculated,
  deal,
  exactly,
  inputOf,
  months,
  payeeOf,
  planOf,
} from './incentive.fixture.ts';
import type { IncentiveInput, IncentivePerson } from './input.ts';
import { cents, dealsOf, onDay, quotaOf, RUNS, sales } from './laws.fixture.ts';
import { QuotaBook } from './quota.ts';

const flat: PlanComponent = { id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' };

describe('gates and quotas', () => {
  it('17: below the gate pay is exactly nothing, on it the gate is open, unrounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 900_000 }), (edge) => {
        const gate = { id: 'gate', kind: 'gate', when: { ge: ['arr', cents(edge)] } } as const;
        const at = (size: number) =>
          exactly(inputOf(planOf([flat, gate]), [deal('a', '2026-01-02', cents(size))]));
        expect(at(edge - 1)).toBe('0');
        expect(at(edge)).toBe(
          exactly(inputOf(planOf([flat]), [deal('a', '2026-01-02', cents(edge))])),
        );
      }),
      RUNS,
    );
    const third = {
      id: 'gate',
      kind: 'gate',
      when: { ge: [{ attainment: 'arr' }, '0.333333'] },
    } as const;
    const at = (amount: string) =>
      exactly(inputOf(planOf([flat, third]), [deal('a', '2026-01-02', amount)], quotaOf('3')));
    expect(at('0.99')).toBe('0');
    expect(at('1.00')).toBe('0.1');
  });

  it('19: parts of a stretch add up to the whole quota', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 6 });
    const how = fc.constantFrom('calendar_days', 'whole_months' as const);
    const ramp = fc.constantFrom('0.25', '0.5', '1');
    fc.assert(
      fc.property(cuts, how, ramp, (days, prorate, factor) => {
        const year = { from: '2026-01-01', to: '2027-01-01' };
        const book = new QuotaBook([{ quota: 'q', amount: '1000', prorate, ...year }]);
        const edges = [0, ...days.sort((a, b) => a - b), 365].map(onDay);
        const half = { from: '2026-03-10', to: '2026-08-02', factor };
        const whole = { from: dayOf(year.from)!, to: dayOf(year.to)! };
        const of = (person: IncentivePerson) =>
          book.of(person, 'q', whole, 'calendar_days').amount ?? { n: 0n, d: 1n };
        const parts = edges
          .slice(1)
          .map((to, index) =>
            of({ id: 'ann', employed: [{ from: edges[index]!, to }], ramp: [half] }),
          );
        expect(compare(parts.reduce(plus), of({ id: 'ann', ramp: [half] }))).toBe(0);
        const windows = edges.slice(1).map((to, index) => {
          const span = { from: dayOf(edges[index])!, to: dayOf(to)! };
          return book.of({ id: 'ann' }, 'q', span, 'calendar_days').amount ?? { n: 0n, d: 1n };
        });
        expect(compare(windows.reduce(plus), { n: 1_000n, d: 1n })).toBe(0);
      }),
      RUNS,
    );
  });

  it('27: no quota is a refusal that names the component, and pays nothing', () => {
    const tiers: PlanComponent = {
      id: 'base',
      kind: 'tiers',
      measure: 'arr',
      mode: 'marginal',
      position: 'attainment',
      bands: [{ from: '0', rate: '0.1' }],
    };
    const ann = payeeOf(calculated(inputOf(planOf([tiers]), [deal('a', '2026-01-02', '100')])));
    expect(ann.refusals).toEqual([
      expect.objectContaining({ code: 'no_quota', component: 'base', period: '2026-01' }),
    ]);
    expect(ann.periods[0]!.earnedMinor).toBe(0n);
  });
});

describe('currencies', () => {
  const eur = { currency: 'EUR' } as const;
  const rate = (validOn: string, text: string) => ({ from: 'EUR', to: 'USD', validOn, rate: text });

  it('20: a rate of 1 changes nothing, a later one moves nothing, a missing one is refused', () => {
    const later = fc.integer({ min: 1, max: 99_999 });
    fc.assert(
      fc.property(sales(20), later, (list, other) => {
        const facts = dealsOf(list);
        const foreign = facts.map((fact) => ({ ...fact, ...eur }));
        const plan = planOf([flat]);
        const one = [rate('2026-01-01', '1')];
        const usual = exactly(inputOf(plan, facts));
        expect(exactly(inputOf(plan, foreign, { rates: one }))).toBe(usual);
        const changed = [...one, rate('2026-01-25', cents(other))];
        expect(exactly(inputOf(plan, foreign, { rates: changed }))).toBe(usual);
        if (facts.length === 0) return;
        const missing = calculate(inputOf(plan, foreign, { rates: [rate('2026-01-29', '2')] }));
        expect(missing.ok).toBe(false);
      }),
      RUNS,
    );
  });

  it('of three decimals and of none are rounded to their own minor unit', () => {
    const paid = (currency: string, text: string) => {
      const people = [{ id: 'ann', currency }];
      const rates = [{ from: 'USD', to: currency, validOn: '2026-01-01', rate: text }];
      const input = inputOf(planOf([flat]), [deal('a', '2026-01-02', '123.45')], { people, rates });
      return payeeOf(calculated(input)).periods[0]!.settlement.payoutMinor;
    };
    // 12.345 dollars.
    expect(paid('JPY', '150.1')).toBe(1_853n);
    expect(paid('KWD', '0.3071')).toBe(3_791n);
  });
});

describe('overrides', () => {
  const people = [
    { id: 'ann', reportsTo: [{ person: 'max' }] },
    { id: 'ben', reportsTo: [{ person: 'max' }] },
    { id: 'max', reportsTo: [{ person: 'vera' }] },
    { id: 'vera' },
  ];
  const plans = (levels?: number): IncentiveInput['plans'] => [
    { id: 'plan', versions: [{ number: 1, from: '2020-01-01', definition: planOf([flat]) }] },
    {
      id: 'lead',
      versions: [
        {
          number: 1,
          from: '2020-01-01',
          definition: planOf([
            { id: 'over', kind: 'override', rate: '0.02', ...(levels && { levels }) },
          ]),
        },
      ],
    },
  ];
  const assignments = ['ann plan', 'ben plan', 'max lead', 'vera lead'].map((text) => {
    const [person, plan] = text.split(' ') as [string, string];
    return { person, plan, from: '2026-01-01' };
  });

  it('21: leave reports as they are, and count each order line once', () => {
    const both = [
      { person: 'ann', share: '0.5' },
      { person: 'ben', share: '1', role: 'overlay' as const },
    ];
    fc.assert(
      fc.property(sales(31), (list) => {
        const facts = dealsOf(list).map((fact) => ({ ...fact, credits: both }));
        const input = inputOf(planOf([flat]), facts, { people, assignments, plans: plans() });
        const sum = list.reduce((all, one) => all + one.cents, 0);
        expect(exactly(input, 0, 'max')).toBe(exactly({ ...input }, 0, 'vera'));
        const expected = calculated(
          inputOf(planOf([{ ...flat, rate: '0.02' }]), [deal('s', '2026-01-02', cents(sum))]),
        );
        expect(payeeOf(calculated(input), 'max').periods[0]!.earnedMinor).toBe(
          payeeOf(expected).periods[0]!.earnedMinor,
        );
        const alone = inputOf(planOf([flat]), facts, { people });
        expect(exactly(input)).toBe(exactly(alone));
      }),
      RUNS,
    );
  });

  it('go as many levels up as they say, along the lines of the day', () => {
    const facts = [deal('a', '2026-01-02', '1000'), deal('b', '2026-01-20', '1000')];
    const moved = people.map((one) =>
      one.id === 'ann' ? { id: 'ann', reportsTo: [{ person: 'max', to: '2026-01-10' }] } : one,
    );
    const input = inputOf(planOf([flat]), facts, { people: moved, assignments, plans: plans(1) });
    expect(exactly(input, 0, 'max')).toBe('20');
    expect(exactly(input, 0, 'vera')).toBe('0');
  });
});

describe('pools', () => {
  it('are shared out to the last minor unit', () => {
    const names = ['ann', 'ben', 'cat'];
    const pool: PlanComponent = { id: 'pot', kind: 'pool', amount: '100.00', share_by: 'arr' };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 3, maxLength: 3 }),
        (parts) => {
          const facts = parts.map((size, n) =>
            deal(`d${n}`, '2026-01-03', cents(size), {
              credits: [{ person: names[n]!, share: '1' }],
            }),
          );
          const input = inputOf(planOf([pool]), facts, {
            people: names.map((id) => ({ id })),
            assignments: names.map((person) => ({ person, plan: 'plan', from: '2026-01-01' })),
          });
          const all = calculated(input).people.reduce(
            (sum, one) => sum + one.periods[0]!.earnedMinor,
            0n,
          );
          expect(all).toBe(parts.some((size) => size > 0) ? 10_000n : 0n);
        },
      ),
      RUNS,
    );
  });
});

describe('periods', () => {
  it('28: each instant is in exactly one, also where clocks change', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tehran',
      'Pacific/Apia',
    );
    const instant = fc.integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2027, 11, 31) });
    fc.assert(
      fc.property(zones, instant, (timeZone, at) => {
        const calendar = createCalendar({
          timeZone,
          calendar: 'gregorian',
          weekStart: 1,
          fiscalStart: 1,
          workdays: [1, 1, 1, 1, 1, 0, 0],
          workHours: [540, 1_020],
          holidays: [],
        });
        const month = calendar.windowOf('month', at);
        expect(at >= month.from && at < month.to).toBe(true);
        expect(calendar.previous(month).to).toBe(month.from);
        expect(calendar.next(month).from).toBe(month.to);
        expect(calendar.dateOf(at).slice(0, 7)).toBe(calendar.dateOf(month.from).slice(0, 7));
      }),
      RUNS,
    );
  });

  it('dates are counted in days there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), (day) => {
        expect(dayOf(dateText(day))).toBe(day);
        expect(dateText(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      }),
    );
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '']) {
      expect(dayOf(text)).toBeUndefined();
    }
    expect(months(12).at(-1)!.to).toBe('2027-01-01');
  });
});
