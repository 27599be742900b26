import type { EventBody, LogEvent } from '../event.ts';
import { Book } from '../floor.fixture.ts';
import { Floor } from '../floor.ts';
import { applyEvent } from '../fold.ts';
import { DEFAULT_SETTINGS, type OrganisationSettings } from '../organisation.ts';
import { recountAll } from '../recount.fixture.ts';
import type { Instant, PersonId } from '../types.ts';
import type { ContestDefinition, ContestRules, EntrantId } from './definition.ts';
import { contestReader, type StaffDetails } from './floor-reader.ts';
import { freezeContest } from './freeze.ts';
import { standContest } from './stand.ts';
import type { Award, ContestFacts, ContestLine, ContestStanding } from './standing.ts';

/** Things that stories of contests are told with. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Monday; contests of these stories last its week. */
export const MONDAY = Date.UTC(2026, 10, 2);
export const WEEK_END = MONDAY + 7 * DAY;
/** So many hours after the week began. */
export const hour = (hours: number): Instant => MONDAY + hours * HOUR;
export const day = (days: number, hours = 10): Instant => MONDAY + days * DAY + hours * HOUR;

export type Said = EventBody & {
  readonly at: Instant;
  readonly name?: string;
  readonly knownAt?: Instant;
};

let named = 0;
const nameless = (): string => `e${(named += 1)}`;

/** A win of so many whole dollars. */
export function won(person: PersonId, dollars: number, at: Instant, name = nameless()): Said {
  return {
    type: 'deal.won',
    deal: `s/d-${name}`,
    credits: [{ person, share: '1' }],
    amount: { minor: String(Math.round(dollars * 100)), currency: 'USD' },
    at,
    name,
  };
}

export function called(person: PersonId, at: Instant, activity = 'call', name = nameless()): Said {
  const credits = [{ person, share: '1' }];
  return { type: 'activity.logged', activity, class: 'sourcing', credits, at, name };
}

export const inTeam = (person: PersonId, team: string | null): Said => ({
  type: 'person.changed',
  person,
  team,
  since: null,
  active: true,
  at: 0,
});

export const team = (id: string, parent: string | null = null): Said => ({
  type: 'team.changed',
  team: id,
  parent,
  at: 0,
});

/** Ada and Bo in the north, Cy and Di in the south. */
export const STAFF: readonly Said[] = [
  team('t_north'),
  team('t_south'),
  inTeam('p_ada', 't_north'),
  inTeam('p_bo', 't_north'),
  inTeam('p_cy', 't_south'),
  inTeam('p_di', 't_south'),
];

export const jalali: OrganisationSettings = {
  ...DEFAULT_SETTINGS,
  timeZone: 'Asia/Tehran',
  calendar: 'jalali',
  weekStart: 6,
  workdays: [1, 1, 1, 0.5, 0, 1, 1],
};

/** A floor that has heard all of it, at an instant. */
export function floorOf(said: readonly Said[], now: Instant): Floor {
  const floor = new Floor();
  const book = new Book();
  const events = said.map(({ at, name = nameless(), knownAt = at, ...body }, index) => ({
    ...body,
    seq: index + 1,
    key: `s/${name}`,
    occurredAt: at,
    recordedAt: knownAt,
  })) as LogEvent[];
  const seq = events.length + 1;
  events.push({ type: 'tick', seq, key: 's/tick', occurredAt: now, recordedAt: now });
  for (const event of events) {
    applyEvent(floor, book, event);
    book.events.set(event.key, event);
  }
  recountAll(floor, book);
  return floor;
}

export function contestOf(
  rules: ContestRules,
  more: Partial<ContestDefinition> = {},
): ContestDefinition {
  return {
    id: 'con_1',
    of: 'people',
    scoring: { metric: 'revenue' },
    rules,
    who: {},
    from: MONDAY,
    to: WEEK_END,
    graceHours: 24,
    ties: 'earliest',
    prizes: [],
    ...more,
  };
}

export interface Told {
  readonly said: readonly Said[];
  readonly now?: Instant;
  readonly facts?: Partial<ContestFacts>;
  readonly staff?: StaffDetails;
}

/** How a contest of the staff stands by what is known then; unless said, when its week is over. */
export function stand(contest: ContestDefinition, told: Told): ContestStanding {
  const { said, now = contest.to, facts, staff } = told;
  const known = said.filter(({ at, knownAt = at }) => knownAt <= now);
  const reader = contestReader(floorOf([...STAFF, ...known], now), staff);
  return standContest(contest, factsOf(freezeContest(contest, reader), facts), reader);
}

export const factsOf = (
  frozen: ContestFacts['frozen'],
  more: Partial<ContestFacts> = {},
): ContestFacts => ({
  frozen,
  pauses: [],
  out: new Set(),
  withheld: new Set(),
  seed: null,
  ...more,
});

/** Lines as `rank entrant score`, whole units. */
export const shown = ({ lines, unit }: Pick<ContestStanding, 'lines' | 'unit'>): string[] =>
  lines.map(
    (line) => `${line.rank ?? '-'} ${line.entrant.slice(2)} ${inUnits(line.score, unit.scale)}`,
  );

const inUnits = (value: bigint, scale: number): string => String(Number(value) / 10 ** scale);

export const lineOf = ({ lines }: ContestStanding, entrant: EntrantId): ContestLine =>
  lines.find((line) => line.entrant === entrant)!;

/** Awards as `person 500 prize`; money in whole units. */
export const paid = (awards: readonly Award[]): string[] =>
  awards.map(({ prize, person, item }) => {
    const what =
      item.kind === 'money'
        ? String(Number(item.minor) / 100)
        : item.kind === 'points'
          ? `${item.points}p`
          : item.kind;
    return `${person.slice(2)} ${what} ${prize}`;
  });

export const money = (amount: string) => ({ kind: 'money', amount, currency: 'USD' }) as const;

export const forPlaces = (id: string, from: number, until: number, amount: string) =>
  ({ id, for: { to: 'ranks', from, until }, item: money(amount) }) as const;
