import type { Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import type { Fault } from '../result.ts';
import { checkPlan } from './check.ts';
import { keyOf } from './credit.ts';
import { dayOf } from './dates.ts';
import { PLAN_WINDOWS } from './definition.ts';
import { ALL, compare, exact, isDecimal, isShare, NONE, plus } from './exact.ts';
import type { IncentiveFact, IncentiveInput, IncentivePlan } from './input.ts';
import { cutPeriod, windowsOf } from './windows.ts';

type Say = (code: string, detail: string, pointer: string) => void;

/** How many faults are told at once: the first ones are enough to go on. */
const FAULTS_MAX = 100;
const DATE = 'Write a date such as "2026-11-01".';

/** Everything that makes an input impossible, with pointers into it. */
export function inputFaults(input: IncentiveInput): Fault[] {
  const faults: Fault[] = [];
  const say: Say = (code, detail, pointer) => {
    if (faults.length < FAULTS_MAX) faults.push({ code, detail, pointer });
  };
  if (input.asOf !== undefined && dayOf(input.asOf) === undefined) say('no_date', DATE, '/asOf');
  const start = input.calendar?.fiscalStart ?? 1;
  if (!(Number.isSafeInteger(start) && start >= 1 && start <= 12)) {
    say('bad_month', 'Write the month in which the year begins, 1 to 12.', '/calendar/fiscalStart');
  }
  periodFaults(input, say);
  input.plans.forEach((plan, index) => planFaults(plan, `/plans/${index}`, say));
  sameIds(input.plans, '/plans', say);
  sameIds(input.people, '/people', say);
  peopleFaults(input, say);
  assignmentFaults(input, say);
  quotaFaults(input, say);
  rateFaults(input, say);
  factFaults(input, say);
  if (faults.length === 0) windowFaults(input, say);
  return faults;
}

function sameIds(list: readonly { id: string }[], at: string, say: Say): void {
  const seen = new Set<string>();
  list.forEach(({ id }, index) => {
    if (seen.has(id)) say('same_id', `"${id}" is there twice.`, `${at}/${index}/id`);
    seen.add(id);
  });
}

interface Stretch {
  readonly from?: string;
  readonly to?: string;
}

/** Dates that can be read, in order; `to` may be left out where it may. */
function stretchFaults({ from, to }: Stretch, at: string, say: Say): boolean {
  const [first, end] = [dayOf(from), dayOf(to)];
  if (from !== undefined && first === undefined) say('no_date', DATE, `${at}/from`);
  if (to !== undefined && end === undefined) say('no_date', DATE, `${at}/to`);
  if (first !== undefined && end !== undefined && end <= first) {
    say('no_days', '"to" is the first day that is not in it: later than "from".', `${at}/to`);
    return false;
  }
  return (
    (from === undefined) === (first === undefined) && (to === undefined) === (end === undefined)
  );
}

function periodFaults({ periods, openings, adjustments, holds }: IncentiveInput, say: Say): void {
  if (periods.length === 0) say('no_periods', 'Name at least one pay period.', '/periods');
  sameIds(periods, '/periods', say);
  periods.forEach((period, index) => {
    const at = `/periods/${index}`;
    stretchFaults(period, at, say);
    if (period.paidOn !== undefined && dayOf(period.paidOn) === undefined) {
      say('no_date', DATE, `${at}/paidOn`);
    }
    const before = periods[index - 1];
    if (before && before.to !== period.from) {
      say('period_gap', 'A period begins where the one before it ends.', `${at}/from`);
    }
  });
  openings?.forEach(({ owedMinor = 0n }, index) => {
    if (owedMinor < 0n) say('below_zero', 'Nobody owes less than 0.', `/openings/${index}`);
  });
  adjustments?.forEach(({ period }, index) => {
    if (periods.some(({ id }) => id === period)) return;
    say('unknown_period', `There is no period "${period}".`, `/adjustments/${index}/period`);
  });
  holds?.forEach((hold, index) => stretchFaults(hold, `/holds/${index}`, say));
}

function planFaults({ versions }: IncentivePlan, at: string, say: Say): void {
  if (versions.length === 0)
    say('no_version', 'A plan has at least one version.', `${at}/versions`);
  versions.forEach((version, index) => {
    const own = `${at}/versions/${index}`;
    stretchFaults(version, own, say);
    for (const { code, detail, pointer } of checkPlan(version.definition).faults) {
      say(code, detail, `${own}/definition${pointer}`);
    }
    if (version.definition.currency !== versions[0]!.definition.currency) {
      const detail = 'All versions of a plan have one currency.';
      say('plan_currency', detail, `${own}/definition/currency`);
    }
  });
  overlaps(versions, (index) => {
    say('overlap', 'Versions of a plan do not overlap.', `${at}/versions/${index}/from`);
  });
}

/** Tells of every stretch that begins before the one before it ended. */
function overlaps(list: readonly Stretch[], tell: (index: number) => void): void {
  const sorted = list
    .map((one, index) => ({
      index,
      from: dayOf(one.from) ?? -Infinity,
      to: dayOf(one.to) ?? Infinity,
    }))
    .sort((a, b) => a.from - b.from);
  sorted.slice(1).forEach(({ index, from }, before) => {
    if (from < sorted[before]!.to) tell(index);
  });
}

function peopleFaults({ people }: IncentiveInput, say: Say): void {
  people.forEach(({ currency, employed, ramp, reportsTo }, index) => {
    const at = `/people/${index}`;
    if (currency !== undefined && currencyExponent(currency) === undefined) {
      say('unknown_currency', `"${currency}" is no ISO 4217 currency.`, `${at}/currency`);
    }
    for (const [name, list] of Object.entries({ employed, ramp, reportsTo })) {
      list?.forEach((one, n) => stretchFaults(one, `${at}/${name}/${n}`, say));
      overlaps(list ?? [], (n) =>
        say('overlap', 'Stretches do not overlap.', `${at}/${name}/${n}`),
      );
    }
    ramp?.forEach(({ factor }, n) => {
      if (isDecimal(factor) && exact(factor).n >= 0n) return;
      say('no_number', 'Write a decimal that is not below zero.', `${at}/ramp/${n}/factor`);
    });
  });
}

function assignmentFaults({ assignments, plans, people }: IncentiveInput, say: Say): void {
  const known = new Set(plans.map(({ id }) => id));
  const there = new Set(people.map(({ id }) => id));
  const byPair = new Map<string, { index: number; stretch: Stretch }[]>();
  assignments.forEach((one, index) => {
    const at = `/assignments/${index}`;
    stretchFaults(one, at, say);
    if (!known.has(one.plan)) say('unknown_plan', `There is no plan "${one.plan}".`, `${at}/plan`);
    if (!there.has(one.person)) {
      say('unknown_person', `There is no "${one.person}" among the people.`, `${at}/person`);
    }
    if (one.targetIncentive !== undefined && !isDecimal(one.targetIncentive)) {
      say('no_number', 'Write a sum such as "10000.00".', `${at}/targetIncentive`);
    }
    const pair = `${one.person}\n${one.plan}`;
    byPair.set(pair, [...(byPair.get(pair) ?? []), { index, stretch: one }]);
  });
  for (const list of byPair.values()) {
    overlaps(
      list.map(({ stretch }) => stretch),
      (n) => {
        const detail = 'Nobody is on one plan twice at a time.';
        say('overlap', detail, `/assignments/${list[n]!.index}/from`);
      },
    );
  }
}

function quotaFaults({ quotas }: IncentiveInput, say: Say): void {
  quotas.forEach((quota, index) => {
    const at = `/quotas/${index}`;
    stretchFaults(quota, at, say);
    if (!isDecimal(quota.amount) || exact(quota.amount).n <= 0n) {
      const detail = 'A quota is more than zero; to have none, leave the line out.';
      say('bad_quota', detail, `${at}/amount`);
    }
    if (quota.ramp !== undefined && !(isDecimal(quota.ramp) && exact(quota.ramp).n >= 0n)) {
      say('no_number', 'Write a decimal that is not below zero.', `${at}/ramp`);
    }
  });
}

function rateFaults({ rates }: IncentiveInput, say: Say): void {
  rates.forEach((rate, index) => {
    const at = `/rates/${index}`;
    if (dayOf(rate.validOn) === undefined) say('no_date', DATE, `${at}/validOn`);
    for (const side of ['from', 'to'] as const) {
      if (currencyExponent(rate[side]) !== undefined) continue;
      say('unknown_currency', `"${rate[side]}" is no ISO 4217 currency.`, `${at}/${side}`);
    }
    if (!isDecimal(rate.rate) || exact(rate.rate).n <= 0n) {
      say('bad_rate', 'A rate is a decimal that is more than zero.', `${at}/rate`);
    }
  });
}

function factFaults({ facts }: IncentiveInput, say: Say): void {
  const known = new Map<string, { deal: string; currency: string | undefined }>();
  for (const fact of facts) known.set(keyOf(fact), { deal: fact.deal, currency: fact.currency });
  const versions = new Set<string>();
  facts.forEach((fact, index) => {
    const at = `/facts/${index}`;
    oneFactFaults(fact, at, say);
    const version = `${keyOf(fact)} ${fact.version ?? 0}`;
    if (versions.has(version)) {
      const detail = `"${fact.sourceId}" is there twice: give the newer one a greater version.`;
      say('same_id', detail, `${at}/sourceId`);
    }
    versions.add(version);
    if (fact.reverses === undefined) return;
    const of = known.get(keyOf({ source: fact.source, sourceId: fact.reverses }));
    if (of && of.deal !== fact.deal) {
      say('other_deal', 'A reversal takes back a fact of its own deal.', `${at}/deal`);
    }
    if (of && fact.currency !== undefined && of.currency !== fact.currency) {
      say(
        'other_currency',
        'A reversal is in the currency of what it takes back.',
        `${at}/currency`,
      );
    }
  });
}

function oneFactFaults(fact: IncentiveFact, at: string, say: Say): void {
  for (const field of ['effectiveOn', 'recordedOn'] as const) {
    if (fact[field] !== undefined && dayOf(fact[field]) === undefined) {
      say('no_date', DATE, `${at}/${field}`);
    }
  }
  for (const field of ['amount', 'units'] as const) {
    if (fact[field] === undefined || isDecimal(fact[field])) continue;
    say('no_number', 'Write a decimal such as "1250.50".', `${at}/${field}`);
  }
  if (fact.amount !== undefined && currencyExponent(fact.currency ?? '') === undefined) {
    say('unknown_currency', 'Say in which currency the amount is.', `${at}/currency`);
  }
  let direct: Ratio = NONE;
  fact.credits?.forEach((credit, index) => {
    for (const field of ['share', 'quotaShare'] as const) {
      const text = credit[field];
      if (text === undefined && field === 'quotaShare') continue;
      if (!isShare(text)) {
        say('bad_share', 'Write a share between "0" and "1".', `${at}/credits/${index}/${field}`);
      } else if (field === 'share' && credit.role !== 'overlay') direct = plus(direct, exact(text));
    }
  });
  if (compare(direct, ALL) > 0) {
    const detail = 'Direct shares add up to 1 at most: credit the others as overlays.';
    say('share_sum', detail, `${at}/credits`);
  }
}

/** Every pay period has to lie in one window of each measure. */
function windowFaults(input: IncentiveInput, say: Say): void {
  const windows = windowsOf(input);
  input.plans.forEach(({ versions }, plan) =>
    versions.forEach(({ definition: { measures, components } }, version) => {
      const asked = [...measures, ...components.filter((one) => 'window' in one)] as {
        window?: (typeof PLAN_WINDOWS)[number];
      }[];
      for (const { window = 'period' } of asked) {
        const cut = cutPeriod(windows, window);
        if (cut === undefined) continue;
        const detail = `A pay period goes over ${cut}, where a ${window} ends: make it shorter.`;
        return say('period_cut', detail, `/plans/${plan}/versions/${version}/definition/measures`);
      }
    }),
  );
}
