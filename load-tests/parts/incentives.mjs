import { calculate, earnedWith, openBook } from '@ovation/domain';
import { rounded } from '../lib/figures.mjs';

const PEOPLE = 1_000;
const PEOPLE_MANY = 10_000;
const DEALS = 100;
const EVENTS = 2_000;
const EXACT_RUNS = 3;
const FLOAT_RUNS = 20;

const COMPONENTS = [
  {
    id: 'base',
    kind: 'tiers',
    measure: 'arr',
    position: 'attainment',
    mode: 'marginal',
    bands: [
      { from: '0', rate: '0.06' },
      { from: '1', rate: '0.09' },
      { from: '1.5', rate: '0.12' },
    ],
  },
  { id: 'new', kind: 'flat', measure: 'arr', rate: '0.01' },
  { id: 'each', kind: 'per_event', measure: 'arr', amount: '5.00' },
  {
    id: 'steps',
    kind: 'milestone',
    measure: 'arr',
    position: 'amount',
    steps: [{ at: '50000', amount: '500.00' }],
  },
  { id: 'cap', kind: 'cap', scope: 'period', amount: '40000.00', applies_to: ['base'] },
];
const QUOTA = 100_000;

const amountOf = (person, deal) => 1_000 + ((person * 7_919 + deal * 104_729) % 90_000);
const factOf = (person, deal) => {
  const minor = amountOf(person, deal);
  const day = String(1 + (deal % 28)).padStart(2, '0');
  return {
    source: 'crm',
    sourceId: `${person}-${deal}`,
    kind: 'booked',
    effectiveOn: `2026-01-${day}`,
    amount: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
    currency: 'USD',
    deal: `${person}-${deal}`,
    credits: [{ person: `per_${person}`, share: '1' }],
  };
};

function inputOf(people, deals) {
  const ids = Array.from({ length: people }, (_, person) => `per_${person}`);
  const definition = {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'arr', sum: 'amount' }],
    components: COMPONENTS,
  };
  return {
    plans: [{ id: 'plan', versions: [{ number: 1, from: '2020-01-01', definition }] }],
    assignments: ids.map((person) => ({ person, plan: 'plan', from: '2026-01-01' })),
    people: ids.map((id) => ({ id })),
    quotas: [{ quota: 'arr', from: '2026-01-01', to: '2026-02-01', amount: String(QUOTA) }],
    facts: ids.flatMap((_, person) =>
      Array.from({ length: deals }, (_, deal) => factOf(person, deal)),
    ),
    rates: [],
    periods: [{ id: '2026-01', from: '2026-01-01', to: '2026-02-01' }],
    trace: false,
  };
}

/** The same plan as one would write it down in a hurry: floats, one line after the other. */
function inFloats({ facts }) {
  const byPerson = new Map();
  for (const fact of facts) {
    const list = byPerson.get(fact.credits[0].person) ?? [];
    byPerson.set(fact.credits[0].person, list);
    list.push(fact);
  }
  const pay = new Map();
  for (const [person, list] of byPerson) {
    list.sort((a, b) =>
      a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0,
    );
    let [position, base, flat, each] = [0, 0, 0, 0];
    const ladder = (at) =>
      Math.min(at, QUOTA) * 0.06 +
      Math.max(0, Math.min(at, 1.5 * QUOTA) - QUOTA) * 0.09 +
      Math.max(0, at - 1.5 * QUOTA) * 0.12;
    for (const fact of list) {
      const amount = Number(fact.amount) * Number(fact.credits[0].share);
      base += ladder(position + amount) - ladder(position);
      position += amount;
      flat += amount * 0.01;
      each += 5;
    }
    const cent = (value) => Math.round(value * 100) / 100;
    const steps = position >= 50_000 ? 500 : 0;
    pay.set(person, cent(Math.min(base, 40_000)) + cent(flat) + cent(each) + steps);
  }
  return pay;
}

const timed = (work) => {
  const from = performance.now();
  const value = work();
  return { value, ms: performance.now() - from };
};
/** The shortest of several: what else the machine does only ever adds. */
const bestOf = (times, work) =>
  Array.from({ length: times }, () => timed(work)).sort((a, b) => a.ms - b.ms)[0];
const must = (made) => {
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.value;
};

/** Both say the same, to the cent: else the comparison would be one of different things. */
function mustAgree(result, floats) {
  for (const { person, periods } of result.people) {
    const off = Math.abs(Number(periods[0].earnedMinor) / 100 - floats.get(person));
    if (off > 0.021) throw new Error(`${person} differs by ${off}`);
  }
}

/**
 * 1,000 people with 100 deals each on a plan of 5 components: from nothing, with the reasons, deal
 * by deal, and against floats; then ten times the people.
 */
export function incentives() {
  const input = inputOf(PEOPLE, DEALS);
  inFloats(input);
  must(calculate(inputOf(50, DEALS)));
  const floats = bestOf(FLOAT_RUNS, () => inFloats(input));
  const exact = bestOf(EXACT_RUNS, () => must(calculate(input)));
  mustAgree(exact.value, floats.value);
  const traced = timed(() => must(calculate({ ...input, trace: true })));
  const book = must(openBook(input));
  const times = [];
  for (let n = 0; n < EVENTS; n += 1) {
    const fact = factOf(n % PEOPLE, DEALS + Math.floor(n / PEOPLE));
    const { value, ms } = timed(() => {
      const asked = must(earnedWith(book, [fact]));
      book.add([fact]);
      return asked;
    });
    if (value.length !== 1) throw new Error('a deal of one person concerns one person');
    times.push(ms);
  }
  times.sort((a, b) => a - b);
  const many = timed(() => must(calculate(inputOf(PEOPLE_MANY, DEALS / 10))));
  const few = timed(() => must(calculate(inputOf(PEOPLE, DEALS / 10))));
  return {
    people: PEOPLE,
    deals: PEOPLE * DEALS,
    components: COMPONENTS.length,
    exactMs: rounded(exact.ms),
    tracedMs: rounded(traced.ms),
    floatMs: rounded(floats.ms),
    exactToFloat: rounded(exact.ms / floats.ms),
    perDealP50Ms: rounded(times[EVENTS / 2], 3),
    perDealP99Ms: rounded(times[Math.floor(EVENTS * 0.99)], 3),
    perDealP99ToPerson: rounded(times[Math.floor(EVENTS * 0.99)] / (exact.ms / PEOPLE), 1),
    tenTimesPeople: rounded(many.ms / few.ms),
  };
}
