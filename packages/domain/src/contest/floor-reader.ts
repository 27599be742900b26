import { BEGINNING } from '../calendar.ts';
import type { Credit } from '../credit.ts';
import { targetKey, type Floor } from '../floor.ts';
import { subjectOf } from '../measure-book.ts';
import { valueOf, type Valued } from '../metric-value.ts';
import type { MetricId } from '../metric.ts';
import { Tally, type Sum } from '../tally.ts';
import type { EventKey, Instant, PersonId } from '../types.ts';
import type { Span } from './spans.ts';
import type { ContestReader, Staffer } from './standing.ts';

/** What the floor's log does not say of people. */
export type StaffDetails = ReadonlyMap<PersonId, Pick<Staffer, 'startedAt' | 'role'>>;

const ALWAYS = { from: -Infinity, to: Infinity };

/** Reads a floor for contests; it sees what the floor knows at the time that it is asked. */
export function contestReader(floor: Floor, staff: StaffDetails = new Map()): ContestReader {
  const tallyOf = (metric: MetricId, component: number, filter: string | null, entity: string) => {
    const measure = floor.measures.ready(subjectOf(metric, filter))?.measures[component];
    return measure && floor.tally(measure.key, entity);
  };

  function over(
    id: MetricId,
    filter: string | null,
    entities: readonly string[],
    spans: readonly Span[],
    without: ReadonlySet<EventKey>,
  ): Valued {
    const metric = floor.metricOf(id, filter);
    const [first, last] = [spans[0], spans.at(-1)];
    if (!metric || !first || !last) return { value: null, reachedAt: 0, credits: 0 };
    return valueOf(metric, {
      metrics: { get: (other) => floor.metricOf(other, filter) },
      currency: floor.settings.currency,
      window: { from: first.from, to: last.to },
      at: floor.clock,
      read: (base, component, { aggregate, dayCap }) => {
        const cap = dayCap === undefined ? undefined : { cap: dayCap, dayOf: floor.dayOf };
        const tallies = entities.map((one) => tallyOf(base.id, component, filter, one));
        return together(tallies, spans, without).aggregate(ALWAYS, aggregate, cap);
      },
    });
  }

  return {
    get clock() {
      return floor.clock;
    },
    get calendar() {
      return floor.calendar;
    },
    get currency() {
      return floor.settings.currency;
    },
    countedIn: (id, filter) => floor.measures.ready(subjectOf(id, filter)),
    metric: (id, filter = null) => floor.metricOf(id, filter),
    value(id, filter, entity, span) {
      const metric = floor.metrics.get(id);
      if (!metric) return { value: null, reachedAt: 0, credits: 0 };
      return floor.valueOf(metric, filter, entity, span);
    },
    over,
    credits: (id, filter, entity, span) => tallyOf(id, 0, filter, entity)?.entries(span) ?? [],
    growth: (id, filter, entity, span) => tallyOf(id, 0, filter, entity)?.growth(span),
    staff: (at) => staffOf(floor, staff, at),
    lineOf: (team) => floor.lineOf(team),
    teams: () => [...floor.teams.keys()].sort(),
    target: (scope, entity, metric, period, window) =>
      floor.targets.get(targetKey(scope, entity, metric, period, window)),
  };
}

/** Credits of several in several stretches of time; one tally as it is where that will do. */
function together(
  tallies: readonly (Tally<Credit> | undefined)[],
  spans: readonly Span[],
  without: ReadonlySet<EventKey>,
): Pick<Tally<Credit>, 'aggregate'> {
  const [tally, span] = [tallies[0], spans[0]];
  if (tallies.length === 1 && spans.length === 1 && without.size === 0 && span) {
    return { aggregate: (_, how, cap): Sum | undefined => tally?.aggregate(span, how, cap) };
  }
  const all = new Tally<Credit>();
  for (const one of tallies) {
    for (const each of spans) {
      for (const credit of one?.entries(each) ?? []) if (!without.has(credit.fact)) all.add(credit);
    }
  }
  return all;
}

function staffOf(floor: Floor, details: StaffDetails, at: Instant): Staffer[] {
  return [...floor.people]
    .filter(([, state]) => state.active)
    .map(([person, { memberships }]) => {
      const known = details.get(person);
      const first = memberships[0]?.from ?? BEGINNING;
      return {
        person,
        team: floor.teamAt(person, at),
        // Where nobody wrote it down: since they have been in a team, unless that is for ever.
        startedAt: known?.startedAt ?? (first === BEGINNING ? null : first),
        role: known?.role ?? null,
      };
    })
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}
