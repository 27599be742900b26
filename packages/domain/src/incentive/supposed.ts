import { createCalendar, type FixedPeriod } from '../calendar.ts';
import { currencyExponent } from '../currency.ts';
import { formatScaled, parseScaled } from '../decimal.ts';
import { dateText, dayOf } from './dates.ts';
import {
  PLAN_WINDOWS,
  type FactKind,
  type PlanDefinition,
  type PlanMeasure,
  type PlanWindow,
} from './definition.ts';
import type { IncentiveFact, IncentiveInput, IncentiveQuota } from './input.ts';

/** One person whom rules are tried on, before anything is sold. */
export interface Supposed {
  readonly definition: PlanDefinition;
  /** Whose sum is thought to grow; `null`: what those below the person sell. */
  readonly measure: string | null;
  /** What 100 % is, of each quota by its name: decimals, money or counts. */
  readonly targets: Readonly<Record<string, string>>;
  /** What reaching every target pays; a decimal. */
  readonly targetIncentive?: string | undefined;
  /** A date at which the rules hold, ISO 8601. */
  readonly on: string;
  readonly calendar?: IncentiveInput['calendar'];
}

export const SUPPOSED_PERSON = 'somebody';
const SELLER = 'seller';
const PLAN = 'plan';
const BEFORE_ALL = '1900-01-01';
const DAY_MS = 86_400_000;
/** A count is so many deals; more of them would be slow to look at. */
export const SUPPOSED_DEALS_MAX = 400;

/** By what name the target of a measure is known. */
export const quotaName = ({ id, quota = id }: PlanMeasure): string => quota;

/** Measures that can be thought to grow by themselves: sums of credits. */
export const summedMeasures = ({ measures }: PlanDefinition): readonly PlanMeasure[] =>
  measures.filter(({ sum }) => sum !== undefined);

/** How many decimals the steps of a measure have: those of money for amounts, none for others. */
export const supposedExponent = ({ currency, measures }: PlanDefinition, id: string | null) => {
  const measure = measures.find((one) => one.id === id);
  return measure === undefined || measure.sum === 'amount' ? (currencyExponent(currency) ?? 2) : 0;
};

/**
 * What the engine works a supposed person out from: the months of the longest window, with the
 * targets in them, and no facts. Every sale is on the first day, so that one window holds it all.
 */
export function supposedInput(asked: Supposed): IncentiveInput {
  const { definition, targets, on, targetIncentive, calendar } = asked;
  const span = spansAt(on, calendar);
  const whole = span(longestWindow(definition));
  const quotas = new Map<string, IncentiveQuota>();
  for (const measure of definition.measures) {
    const quota = quotaName(measure);
    const amount = targets[quota];
    if (amount === undefined || quotas.has(quota)) continue;
    const { from, to } = span(measure.window ?? 'period', whole.from);
    quotas.set(quota, { quota, from, to, amount });
  }
  return {
    plans: [{ id: PLAN, versions: [{ number: 1, from: BEFORE_ALL, definition }] }],
    assignments: [
      {
        ...{ person: SUPPOSED_PERSON, plan: PLAN, from: BEFORE_ALL },
        ...(targetIncentive !== undefined && { targetIncentive }),
      },
    ],
    people: [
      { id: SUPPOSED_PERSON },
      { id: SELLER, reportsTo: [{ person: SUPPOSED_PERSON, from: BEFORE_ALL }] },
    ],
    quotas: [...quotas.values()],
    facts: [],
    rates: [],
    periods: monthsOf(whole, span),
    ...(calendar && { calendar }),
    trace: false,
  };
}

type SpanAt = (window: PlanWindow, on?: string) => { readonly from: string; readonly to: string };

/** Windows by dates of the organisation; a pay period is taken to be a month. */
function spansAt(on: string, calendar: IncentiveInput['calendar']): SpanAt {
  const dates = createCalendar({
    timeZone: 'UTC',
    calendar: calendar?.calendar ?? 'gregorian',
    fiscalStart: calendar?.fiscalStart ?? 1,
    weekStart: 1,
    workdays: [1, 1, 1, 1, 1, 0, 0],
    workHours: [540, 1_020],
    holidays: [],
  });
  return (window, date = on) => {
    const kind: FixedPeriod = window === 'period' ? 'month' : window;
    const { from, to } = dates.windowOf(kind, (dayOf(date) ?? 0) * DAY_MS);
    return { from: dateText(from / DAY_MS), to: dateText(to / DAY_MS) };
  };
}

function longestWindow({ measures, components }: PlanDefinition): PlanWindow {
  const asked = [...measures, ...components] as { readonly window?: PlanWindow }[];
  const places = asked.map(({ window = 'period' }) => PLAN_WINDOWS.indexOf(window));
  return PLAN_WINDOWS[Math.max(0, ...places)]!;
}

function monthsOf(whole: { readonly from: string; readonly to: string }, span: SpanAt) {
  const months: { id: string; from: string; to: string }[] = [];
  for (let at = whole.from; at < whole.to; at = months.at(-1)!.to) {
    const { from, to } = span('month', at);
    months.push({ id: from, from, to });
  }
  return months;
}

/**
 * Deals that bring a measure to `moves`, in its smallest steps: one deal of that size, or as many
 * deals where deals are counted. They fit what the measure asks for, and what others ask for where
 * that is something else.
 */
export function supposedFacts(asked: Supposed, moves: bigint): IncentiveFact[] {
  const { definition, measure: id } = asked;
  const measure = definition.measures.find((one) => one.id === id);
  const exponent = supposedExponent(definition, id);
  const size = formatScaled(moves, exponent, exponent);
  const fact = {
    source: 'supposed',
    kind: (measure?.where?.['kind']?.[0] ?? 'booked') as FactKind,
    effectiveOn: supposedInput(asked).periods[0]!.from,
    currency: definition.currency,
    credits: [{ person: isTeam(measure) ? SELLER : SUPPOSED_PERSON, share: '1' }],
  };
  const attributes = attributesFor(definition, measure, fact.effectiveOn);
  const named = (n: number) => ({ ...fact, sourceId: String(n), deal: String(n), attributes });
  const sum = measure?.sum ?? 'amount';
  if (sum === 'amount') return [{ ...named(1), amount: size }];
  if (sum === 'units') return [{ ...named(1), amount: '0', units: size }];
  if (sum !== 'count') {
    return [{ ...named(1), amount: '0', attributes: { ...attributes, [sum]: size } }];
  }
  const count = Math.min(Number(moves), SUPPOSED_DEALS_MAX);
  return Array.from({ length: count }, (_, n) => ({ ...named(n + 1), amount: '0' }));
}

const isTeam = (measure: PlanMeasure | undefined): boolean =>
  measure === undefined || measure.scope === 'team';

/** The first value that each condition asks for; those of the measure itself come first. */
function attributesFor(
  { measures, anchor_field: anchor }: PlanDefinition,
  own: PlanMeasure | undefined,
  day: string,
): Record<string, string> {
  const wanted = [...measures, ...(own ? [own] : [])].flatMap(({ where }) =>
    Object.entries(where ?? {}),
  );
  const found = wanted.flatMap(([field, [first]]) =>
    field === 'kind' || first === undefined ? [] : [[field, first] as const],
  );
  return { ...Object.fromEntries(found), ...(anchor !== undefined && { [anchor]: day }) };
}

/** A target in the smallest steps of its measure; `null`: it is no number above zero. */
export function supposedTarget({ definition, measure, targets }: Supposed): bigint | null {
  const own = definition.measures.find((one) => one.id === measure);
  const read = parseScaled(
    targets[own ? quotaName(own) : ''] ?? '',
    supposedExponent(definition, measure),
  );
  return read.ok && read.value > 0n ? read.value : null;
}
