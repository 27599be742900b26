import { type Credit, type FixedPeriod, type Floor, type Measure } from '@ovation/domain';
import type { Rollup } from '@ovation/store';

/** Totals are kept of these; longer periods are made of them, and boards of the tallies. */
const ROLLED_UP: readonly FixedPeriod[] = ['month', 'all'];

/** The totals of every kept period that these credits count in, as they are now. */
export function rollupsOf(floor: Floor, touched: Iterable<Credit>): Rollup[] {
  const rollups = new Map<string, Rollup>();
  const measures = measuresByKey(floor);
  for (const credit of touched) {
    const measure = measures.get(credit.measure);
    if (!measure || credit.endedAt !== null) continue;
    for (const entity of floor.entitiesOf(credit)) {
      for (const period of ROLLED_UP)
        addRollup(floor, rollups, { measure, entity, period, credit });
    }
  }
  return [...rollups.values()];
}

/** Every total of every kept period, for when windows or teams are other than before. */
export function allRollups(floor: Floor): Rollup[] {
  const rollups = new Map<string, Rollup>();
  const all = { from: -Infinity, to: Infinity };
  for (const measure of measuresByKey(floor).values()) {
    for (const [entity, tally] of floor.talliesOf(measure.key)) {
      for (const credit of tally.entries(all)) {
        for (const period of ROLLED_UP) {
          addRollup(floor, rollups, { measure, entity, period, credit });
        }
      }
    }
  }
  return [...rollups.values()];
}

const measuresByKey = (floor: Floor): Map<string, Measure> =>
  new Map(
    floor.measures.all().flatMap((set) => set.measures.map((measure) => [measure.key, measure])),
  );

function addRollup(
  floor: Floor,
  rollups: Map<string, Rollup>,
  place: { measure: Measure; entity: string; period: FixedPeriod; credit: Credit },
): void {
  const { measure, entity, period, credit } = place;
  const window = floor.calendar.windowOf(period, credit.at);
  const key = `${measure.key}|${period}|${window.key}|${entity}`;
  if (rollups.has(key)) return;
  const sum = floor.tally(measure.key, entity)?.aggregate(window, measure.aggregate);
  rollups.set(key, {
    measure: measure.key,
    period,
    window: window.key,
    entity,
    value: sum?.value ?? 0n,
    credits: sum?.credits ?? 0,
    reachedAt: sum?.reachedAt ?? 0,
  });
}
