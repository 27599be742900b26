import { aggregateOf, madeOf, rulesOf, type Rule } from './measure.ts';
import { unitOf, type Condition, type CountableType, type Metric } from './metric.ts';
import type { MetricId } from './metric.ts';
import type { Aggregate } from './tally.ts';
import type { DealKey, Instant, Seq } from './types.ts';

/** One component of a metric, counted: what credits are given in. */
export interface Measure {
  /** Names its credits in the store. */
  readonly key: string;
  readonly metric: MetricId;
  readonly component: number;
  readonly aggregate: Aggregate;
  /** Digits of its numbers. */
  readonly scale: number;
  /** A board's own filter. */
  readonly where: readonly Condition[];
  readonly rules: readonly { readonly from: Instant; readonly rule: Rule }[];
  /** Whether readings of this very KPI add to it. */
  readonly direct: boolean;
}

export const ruleAt = (measure: Measure, at: Instant): Rule | undefined =>
  measure.rules.findLast((one) => one.from <= at)?.rule;

/** All components of one metric (under one filter), as of one change of its definition. */
export interface MeasureSet {
  /** The metric, or `metric?board` for a board's filter. */
  readonly subject: string;
  /** The metric as this set counts it: later versions count in later sets. */
  readonly metric: Metric;
  /** The event that brought it; 0 for what an organisation starts with. */
  readonly seq: Seq;
  readonly measures: readonly Measure[];
  /** Whether it answers; until then the former one does. */
  ready: boolean;
  /** Facts first heard of up to here are counted in it … */
  filledTo: Seq;
  /** … and those up to here have to be; later ones are counted as they come. */
  until: Seq;
  /** Later groups of facts that are counted already, since something happened to them. */
  readonly touched: Set<DealKey>;
}

/** A metric with a board's filter, or without one. */
export const subjectOf = (metric: MetricId, filter: string | null): string =>
  filter === null ? metric : `${metric}?${filter}`;

/**
 * Every way of counting that is in use: for each metric the set that answers and, while a change
 * is being counted in the background, the set that will.
 */
export class MeasureBook {
  readonly #sets = new Map<string, MeasureSet[]>();
  #byType: Map<CountableType, { set: MeasureSet; measure: Measure }[]> | undefined;

  /** Begins a set; `ready` when there is nothing yet to count. */
  begin(
    metric: Metric,
    options: { filter: string | null; where: readonly Condition[]; seq: Seq; currency: string },
    ready: boolean,
  ): MeasureSet {
    const { filter, where, seq, currency } = options;
    const subject = subjectOf(metric.id, filter);
    const set: MeasureSet = {
      subject,
      metric,
      seq,
      measures: measuresOf(metric, { subject, where, seq, currency }),
      ready,
      filledTo: ready ? seq : 0,
      until: seq,
      touched: new Set(),
    };
    // A newer change overtakes one that is still being counted.
    const kept = (this.#sets.get(subject) ?? []).filter((one) => !ready && one.ready);
    this.#sets.set(subject, [...kept, set]);
    this.#byType = undefined;
    return set;
  }

  /** The set that answers for a subject. */
  ready(subject: string): MeasureSet | undefined {
    return this.#sets.get(subject)?.findLast((set) => set.ready);
  }

  /** The set that is being counted, oldest change first. */
  building(): MeasureSet[] {
    return [...this.#sets.values()]
      .flat()
      .filter((set) => !set.ready)
      .sort((a, b) => a.seq - b.seq);
  }

  /** The sets of a subject, those that are being counted included. */
  of(subject: string): readonly MeasureSet[] {
    return this.#sets.get(subject) ?? [];
  }

  all(): MeasureSet[] {
    return [...this.#sets.values()].flat();
  }

  /** From now on the set answers; what answered before is left out and returned. */
  finish(set: MeasureSet): MeasureSet[] {
    set.ready = true;
    set.filledTo = set.until;
    set.touched.clear();
    const all = this.#sets.get(set.subject) ?? [];
    const former = all.filter((one) => one.seq < set.seq);
    this.#sets.set(
      set.subject,
      all.filter((one) => one.seq >= set.seq),
    );
    this.#byType = undefined;
    return former;
  }

  drop(subject: string): MeasureSet[] {
    const gone = this.#sets.get(subject) ?? [];
    this.#sets.delete(subject);
    this.#byType = undefined;
    return gone;
  }

  /** The measures that a fact of this type may count in. */
  forType(type: CountableType): readonly { set: MeasureSet; measure: Measure }[] {
    this.#byType ??= this.#index();
    return this.#byType.get(type) ?? [];
  }

  #index(): Map<CountableType, { set: MeasureSet; measure: Measure }[]> {
    const index = new Map<CountableType, { set: MeasureSet; measure: Measure }[]>();
    for (const set of this.all()) {
      for (const measure of set.measures) {
        const types = new Set(measure.rules.flatMap(({ rule }) => rule.events));
        if (measure.direct) types.add('kpi.reported');
        for (const type of types) {
          const known = index.get(type);
          if (known) known.push({ set, measure });
          else index.set(type, [{ set, measure }]);
        }
      }
    }
    return index;
  }
}

/** The measures of a metric; none for one that is made of others. */
function measuresOf(
  metric: Metric,
  options: { subject: string; where: readonly Condition[]; seq: Seq; currency: string },
): Measure[] {
  const { subject, where, seq, currency } = options;
  const newest = metric.versions.at(-1)!.definition;
  const { scale } = unitOf(metric, currency);
  const rules = metric.versions.map(({ from, definition }) => ({
    from,
    rules: rulesOf(definition),
  }));
  return rulesOf(newest).map((_, component) => ({
    key: `${subject}${seq === 0 ? '' : `~${seq}`}${component === 0 ? '' : `:${component}`}`,
    metric: metric.id,
    component,
    aggregate: aggregateOf(newest.kind),
    scale,
    where,
    rules: rules.flatMap((one) => {
      const rule = one.rules[component];
      return rule ? [{ from: one.from, rule }] : [];
    }),
    direct: component === 0 && (newest.kind === 'count' || newest.kind === 'sum'),
  }));
}

/** The metrics with facts of their own that a metric is made of, itself if it has some. */
export function basesOf(
  metric: Metric,
  metrics: ReadonlyMap<MetricId, Metric>,
  seen: ReadonlySet<MetricId> = new Set(),
): Metric[] {
  if (seen.has(metric.id)) return [];
  const parts = new Set(metric.versions.flatMap(({ definition }) => madeOf(definition)));
  if (parts.size === 0) return [metric];
  const deeper = new Set([...seen, metric.id]);
  const found = [...parts].flatMap((id) => {
    const part = metrics.get(id);
    return part ? basesOf(part, metrics, deeper) : [];
  });
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
