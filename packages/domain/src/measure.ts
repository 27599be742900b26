import { parseScaled } from './decimal.ts';
import { stageOf } from './fact-group.ts';
import {
  COUNT_SCALE,
  type Condition,
  type CountableType,
  type FieldName,
  type Metric,
  type MetricDefinition,
  type MetricId,
  type NumberOf,
  type Selection,
} from './metric.ts';
import type { StandingFact } from './standing.ts';
import type { Aggregate } from './tally.ts';
import type { Instant, Scaled } from './types.ts';

/** One whole thing, counted. */
export const ONE: Scaled = 10n ** BigInt(COUNT_SCALE);
/**
 * Counts that something is divided by are finer: a deal shared in thirds has the same average as
 * one that is not.
 */
export const DIVISOR_SCALE = 12;
export const FINE_ONE: Scaled = 10n ** BigInt(DIVISOR_SCALE);

/**
 * A metric is made of one or two components: sums (or other aggregates) of credits, kept by entity
 * and time. A component's rule says which facts it takes and what it takes of them.
 */
export interface Rule {
  readonly events: readonly CountableType[];
  readonly where: readonly Condition[];
  readonly take: 'one' | 'fine' | 'cycle' | 'response' | NumberOf;
  /** Only facts that have this number count (the divisor of an average). */
  readonly has?: 'cycle' | 'response' | NumberOf;
  /** Only facts that entered this stage; with `reached`, from when the deal got there. */
  readonly entered?: string;
  readonly reached?: string;
  readonly item?: FieldName;
  readonly capEvent?: string;
}

const WON: readonly CountableType[] = ['deal.won'];
const STAGES: readonly CountableType[] = [
  'deal.opened',
  'deal.stage_changed',
  'deal.won',
  'deal.lost',
];

/** The rules of a definition's components; none for what is made of other metrics. */
export function rulesOf(definition: MetricDefinition): Rule[] {
  switch (definition.kind) {
    case 'count':
    case 'sum': {
      const take = definition.kind === 'sum' ? definition.of : 'one';
      const cap = definition.caps?.event;
      return [{ ...selected(definition), take, ...(cap === undefined ? {} : { capEvent: cap }) }];
    }
    case 'min':
    case 'max':
    case 'latest':
      return [{ ...selected(definition), take: definition.of }];
    case 'distinct':
      return [{ ...selected(definition), take: 'one', item: definition.of }];
    case 'average':
      return mean(selected(definition), definition.of);
    case 'cycle':
      return mean({ events: WON, where: definition.where ?? [] }, 'cycle');
    case 'first_activity':
      return mean({ events: ['activity.logged'], where: definition.where ?? [] }, 'response');
    case 'share':
      return [
        { ...selected(definition.of), take: 'fine' },
        { ...selected(definition.among), take: 'fine' },
      ];
    case 'conversion': {
      const entered = definition.from.toLowerCase();
      const rule: Rule = { events: STAGES, where: definition.where ?? [], take: 'fine', entered };
      return [{ ...rule, reached: definition.to.toLowerCase() }, rule];
    }
    case 'ratio':
    case 'scorecard':
      return [];
  }
}

const selected = ({ events, where }: Selection) => ({ events, where: where ?? [] });

const mean = (
  which: Pick<Rule, 'events' | 'where'>,
  take: 'cycle' | 'response' | NumberOf,
): Rule[] => [
  { ...which, take },
  { ...which, take: 'fine', has: take },
];

/** How the credits of a metric's components are put together. */
export function aggregateOf(kind: MetricDefinition['kind']): Aggregate {
  return kind === 'min' || kind === 'max' || kind === 'latest' || kind === 'distinct'
    ? kind
    : 'sum';
}

/** The metrics that a definition is made of. */
export function madeOf(definition: MetricDefinition): MetricId[] {
  if (definition.kind === 'ratio') return [definition.top, definition.bottom];
  return definition.kind === 'scorecard' ? definition.parts.map((part) => part.metric) : [];
}

/** The version in force at an instant; `undefined` before the first. */
export function versionAt(metric: Metric, at: Instant): Metric['versions'][number] | undefined {
  return metric.versions.findLast((version) => version.from <= at);
}

/** The newest way of counting. */
export const definitionOf = (metric: Metric): MetricDefinition =>
  metric.versions.at(-1)!.definition;

/** What one fact adds by a rule, whole, before it is shared; `undefined` when it does not count. */
export interface Taken {
  readonly value: Scaled;
  readonly item: string | null;
  /** From when it stands, where that is later than when it happened. */
  readonly since: Instant | null;
}

export function takeBy(
  rule: Rule,
  fact: StandingFact,
  where: readonly Condition[],
  scale: number,
): Taken | undefined {
  if (!rule.events.includes(fact.type)) return undefined;
  if (rule.entered !== undefined && !fact.entered?.includes(rule.entered)) return undefined;
  const since = rule.reached === undefined ? null : fact.reached?.[rule.reached];
  if (since === undefined) return undefined;
  if (!rule.where.every((one) => holds(one, fact)) || !where.every((one) => holds(one, fact))) {
    return undefined;
  }
  if (rule.has !== undefined && numberOf(rule.has, fact, scale) === undefined) return undefined;
  const value = numberOf(rule.take, fact, scale);
  if (value === undefined) return undefined;
  const item = rule.item === undefined ? null : fieldOf(rule.item, fact);
  if (item === undefined) return undefined;
  return { value: capped(value, rule.capEvent, rule.take, scale), item, since };
}

function capped(value: Scaled, cap: string | undefined, take: Rule['take'], scale: number): Scaled {
  if (cap === undefined) return value;
  const most = parseScaled(cap, take === 'one' ? COUNT_SCALE : scale);
  return most.ok && value > most.value ? most.value : value;
}

function numberOf(take: Rule['take'], fact: StandingFact, scale: number): Scaled | undefined {
  switch (take) {
    case 'one':
      return ONE;
    case 'fine':
      return FINE_ONE;
    case 'cycle':
      return fact.cycle === undefined ? undefined : BigInt(fact.cycle);
    case 'response':
      return fact.response === undefined ? undefined : BigInt(fact.response);
    case 'amount':
      if (fact.minor === undefined) return undefined;
      return fact.type === 'payment.refunded' ? -fact.minor : fact.minor;
    case 'value':
      return decimal(fact.value, scale);
    default:
      return decimal(fact.attributes[take.slice('attributes.'.length)], scale);
  }
}

/** A decimal text, cut to the scale: attributes are other people's numbers. */
function decimal(text: string | undefined, scale: number): Scaled | undefined {
  const found = /^-?\d{1,15}(?:\.(\d*))?$/.exec(text?.trim() ?? '');
  if (!found) return undefined;
  const [whole] = found[0].split('.');
  const parsed = parseScaled(`${whole}.${(found[1] ?? '').slice(0, scale).padEnd(1, '0')}`, scale);
  return parsed.ok ? parsed.value : undefined;
}

/** What a fact has in a field. */
export function fieldOf(field: FieldName, fact: StandingFact): string | undefined {
  switch (field) {
    case 'type':
      return fact.type;
    case 'source':
      return fact.key.slice(0, fact.key.indexOf('/'));
    case 'stage':
      return stageOf(fact);
    case 'activity':
    case 'class':
    case 'kpi':
      return fact[field];
    default:
      return fact.attributes[field.slice('attributes.'.length)];
  }
}

/** Whether a condition holds. A field that is not there is like nothing: only `isNot` can hold. */
export function holds(condition: Condition, fact: StandingFact): boolean {
  const value = fieldOf(condition.field, fact);
  const among = (texts: readonly string[]) =>
    value !== undefined && texts.some((text) => text.toLowerCase() === value.toLowerCase());
  if (condition.is !== undefined && !among(condition.is)) return false;
  if (condition.isNot !== undefined && among(condition.isNot)) return false;
  if (condition.atLeast === undefined && condition.atMost === undefined) return true;
  const number = decimal(value, 6);
  if (number === undefined) return false;
  const least = decimal(condition.atLeast, 6);
  const most = decimal(condition.atMost, 6);
  return (least === undefined || number >= least) && (most === undefined || number <= most);
}
