import {
  definitionOf,
  hasFilter,
  type BoardDefinition,
  type Credit,
  type Floor,
} from '@ovation/domain';
import type { Window } from '@ovation/domain';

/** Periods short enough to carry a total for each of their days. */
const WITH_DAYS: ReadonlySet<string> = new Set(['week', 'month', 'quarter']);

/** Whole days' totals of metrics that add up, each kept until something of that day changes. */
export class DayTotals {
  readonly #floor: Floor;
  readonly #days = new Map<string, Map<number, bigint>>();
  /** Days are cut by the rules as of this event. */
  #rulesSeq = -1;

  constructor(floor: Floor) {
    this.#floor = floor;
  }

  touch({ measure, at }: Credit): void {
    this.#days.get(measure)?.delete(this.#floor.dayOf(at));
  }

  /** `[local midnight, total]` of the days with anything in them; none where days do not add up. */
  of(definition: BoardDefinition, window: Window): [number, bigint][] {
    const floor = this.#floor;
    const metric = floor.metrics.get(definition.metric);
    const kind = metric && definitionOf(metric).kind;
    if (!WITH_DAYS.has(definition.period) || (kind !== 'sum' && kind !== 'count')) return [];
    if (hasFilter(definition)) return [];
    const measure = floor.measures.ready(definition.metric)?.measures[0]?.key;
    if (measure === undefined) return [];
    if (this.#rulesSeq !== floor.rulesSeq) this.#days.clear();
    this.#rulesSeq = floor.rulesSeq;
    const known = this.#days.get(measure) ?? new Map<number, bigint>();
    this.#days.set(measure, known);
    const tally = floor.tally(measure, '*');
    return floor.calendar.windowsIn(window, 'day').flatMap((day): [number, bigint][] => {
      let value = known.get(day.from);
      if (value === undefined) known.set(day.from, (value = tally?.sum(day)?.value ?? 0n));
      return value === 0n ? [] : [[day.from, value]];
    });
  }
}
