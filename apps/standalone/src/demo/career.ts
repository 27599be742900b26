import type { DemoPerson } from './people.ts';
import { Random } from './random.ts';
import type { FloorDay } from './work-time.ts';

/** One person's days: away or there, and how well it goes. Indexed like the floor's days. */
export interface Career {
  readonly person: DemoPerson;
  /** 0 away or not yet hired; else how much of an average colleague's work gets done. */
  readonly output: readonly number[];
  /** Around 1: hot streaks above, slumps below. */
  readonly form: readonly number[];
}

/** How long a good or a bad spell lasts: the share of today's form that is left tomorrow. */
const FORM_KEPT = 0.94;
const FORM_SWING = 0.12;
const SICK_PER_DAY = 0.012;
/** Working days until a new colleague works like the others. */
const RAMP_DAYS = 65;
/** Working days from one leave to the next, and the length of one. */
const BETWEEN_LEAVES = [45, 95] as const;
const LEAVE_DAYS = [2, 11] as const;

/**
 * The year of a person over the given days, of which those from `firstDay` on are the season (a new
 * colleague joins at a share of it).
 */
export function careerOf(
  person: DemoPerson,
  days: readonly FloorDay[],
  season: { readonly firstDay: number; readonly lastDay: number },
  seed: number,
): Career {
  const random = new Random(`${seed} career ${person.email}`);
  const length = season.lastDay - season.firstDay;
  const hired =
    person.joined === undefined ? -Infinity : season.firstDay + Math.round(person.joined * length);
  let mood = random.normal() * FORM_SWING;
  let leaveIn = random.whole(10, BETWEEN_LEAVES[1]);
  let away = 0;
  const output: number[] = [];
  const form: number[] = [];
  for (const [index, day] of days.entries()) {
    mood = FORM_KEPT * mood + FORM_SWING * random.normal();
    if (away === 0 && leaveIn === 0) {
      away = random.whole(...LEAVE_DAYS);
      leaveIn = random.whole(...BETWEEN_LEAVES);
    }
    const sick = random.chance(SICK_PER_DAY);
    const there = away === 0 && !sick && index >= hired;
    const ramp = Math.min(1, 0.2 + (0.8 * (index - hired)) / RAMP_DAYS);
    output.push(there ? day.weight * ramp : 0);
    form.push(Math.exp(mood));
    if (away > 0) away -= 1;
    else leaveIn -= 1;
  }
  return { person, output, form };
}
