import type { Instant, OrganisationSettings } from '@ovation/domain';
import { careerOf, type Career } from './career.ts';
import { dealStory } from './deal-story.ts';
import { activity, type DemoEvent } from './market.ts';
import { DEMO_PEOPLE, type DemoPerson } from './people.ts';
import { Random } from './random.ts';
import { dayAtOrAfter, floorDays, momentOf, monthRush, type FloorDay } from './work-time.ts';

export interface SeasonOptions {
  /** The same seed and times give the same season, event by event. */
  readonly seed: number;
  readonly from: Instant;
  /** Exclusive: usually now. */
  readonly to: Instant;
  readonly settings: OrganisationSettings;
  /** Default: the people of the demo. */
  readonly people?: readonly DemoPerson[];
}

const DAY_MS = 86_400_000;
/** Deals that close early in the season were opened before it. */
const BEFORE_MS = 100 * DAY_MS;
/** Deals that are open at the end have a day on which they would close. */
const AFTER_MS = 200 * DAY_MS;
/** Per person and full day; with 24 people about 40,000 events a year. */
const ACTIVITIES_PER_DAY = 3.2;
const DEALS_PER_DAY = 0.98;

/**
 * A believable year of a sales floor, in order of `occurredAt`: working hours with a lunch dip, a
 * rush at the month's end, streaks and slumps, leave, new colleagues who ramp up, deals with stages
 * and a cycle, splits, and a few wins taken back. Pure; keeps the season in memory while it sorts.
 */
export function* season(options: SeasonOptions): Generator<DemoEvent> {
  const { seed, from, to, settings, people = DEMO_PEOPLE } = options;
  const days = floorDays(from - BEFORE_MS, to + AFTER_MS, settings);
  const span = { firstDay: dayAtOrAfter(days, from), lastDay: dayAtOrAfter(days, to) };
  const timed: { at: Instant; event: DemoEvent }[] = [];
  const careers = people.map((person) => careerOf(person, days, span, seed));
  for (const [index, career] of careers.entries()) {
    // A number and not a name: ids go into the log, which holds nothing personal.
    const name = `season-${seed}-${index + 1}`;
    const mates = careers.filter((other) => other.person.team === career.person.team);
    for (const { at, event } of personEvents(name, career, mates, days, options)) {
      if (at >= from && at < to) timed.push({ at, event });
    }
  }
  timed.sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1));
  for (const { at, event } of timed) yield { ...event, occurredAt: new Date(at).toISOString() };
}

function* personEvents(
  name: string,
  career: Career,
  mates: readonly Career[],
  days: readonly FloorDay[],
  { seed, settings }: SeasonOptions,
): Generator<{ at: Instant; event: DemoEvent }> {
  const { person, output, form } = career;
  const random = new Random(`${seed} work ${person.email}`);
  let deals = 0;
  let activities = 0;
  for (const [index, day] of days.entries()) {
    const there = output[index] ?? 0;
    if (there === 0) continue;
    const energy = there * Math.sqrt(form[index] ?? 1);
    const calls = random.poisson(ACTIVITIES_PER_DAY * energy * Math.sqrt(monthRush(day)));
    for (let call = 0; call < calls; call += 1) {
      activities += 1;
      const event = activity(random, `${name}-a${activities}`, person.email);
      yield { at: momentOf(random, day), event };
    }
    const opened = random.poisson(DEALS_PER_DAY * energy * Math.sqrt(person.skill));
    for (let deal = 0; deal < opened; deal += 1) {
      deals += 1;
      const { currency } = settings;
      const start = { index, deal: `${name}-d${deals}`, currency };
      yield* dealStory(random, start, career, mates, days);
    }
  }
}
