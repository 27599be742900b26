import fc from 'fast-check';
import { STARTER_BOARDS } from './board.ts';
import type { Deal } from './deal.ts';
import type { EventBody, LogEvent } from './event.ts';
import { applyEvent, Floor, type Change, type DealBook } from './floor.ts';
import { METRICS } from './metric.ts';
import { OpenBoard, type BoardLine } from './open-board.ts';

/** Things of a floor that tests tell stories with: who is there, what happens, what one sees. */

export const PEOPLE = ['p_ada', 'p_bo', 'p_cy', 'p_di'];
export const TEAMS = ['t_north', 't_south'];
const DAY = 86_400_000;
/** A Tuesday: the quarter, month, week and day all have something before them. */
export const NOW = Date.UTC(2026, 10, 24, 12);
const OLDEST = NOW - 40 * DAY;

/** A story's event before the log numbers it. */
export type Told = EventBody & { readonly name: string; readonly at: number };

const credits = fc.oneof(
  fc.constantFrom(...PEOPLE).map((person) => [{ person, share: '1' }]),
  fc
    .shuffledSubarray(PEOPLE, { minLength: 3, maxLength: 3 })
    .map((three) => three.map((person) => ({ person, share: '1/3' }))),
  fc.constant([]),
);
const deal = fc.constantFrom('s/d1', 's/d2', 's/d3');
const minor = fc.integer({ min: 0, max: 1_000 }).map(String);

const outcome = fc
  .record({ type: fc.constantFrom('deal.won', 'deal.won', 'deal.lost'), deal, credits, minor })
  .map(({ minor: amount, ...rest }) => ({ ...rest, amount: { minor: amount, currency: 'USD' } }));
const opened = fc.record({
  type: fc.constantFrom('deal.opened', 'deal.stage_changed'),
  deal,
  credits,
});
const activity = fc.record({
  type: fc.constant('activity.logged'),
  activity: fc.constant('call'),
  class: fc.constant('sourcing'),
  credits,
});
const reading = fc.record({
  type: fc.constant('kpi.reported'),
  kpi: fc.constantFrom('revenue', 'activities', 'nps'),
  value: fc.integer({ min: -500, max: 500 }).map(String),
  credits,
});

/** Names and instants that no other event of the story has. */
function placed<T extends object>(bodies: fc.Arbitrary<T>, length: number): fc.Arbitrary<Told[]> {
  const at = fc.integer({ min: 0, max: NOW - OLDEST }).map((after) => OLDEST + after);
  return fc
    .uniqueArray(fc.tuple(bodies, at), { selector: ([, when]) => when, maxLength: length })
    .map((all) => all.map(([body, when], n) => ({ ...body, name: `e${n}`, at: when }) as never));
}

/** What people did; every order of arrival must come to the same. */
export const deeds: fc.Arbitrary<Told[]> = placed(
  fc.oneof({ weight: 4, arbitrary: outcome }, opened, activity, reading),
  20,
);

/** Deeds, and takings back of some of them. */
export const story: fc.Arbitrary<Told[]> = deeds.chain((all) => {
  const dealt = all.filter((one) => 'deal' in one);
  const one = fc.nat().map((n) => ({ reverses: `s/${dealt[n % dealt.length]?.name}` }));
  const whole = deal.map((key) => ({ deal: key }));
  const target: fc.Arbitrary<object> = dealt.length > 0 ? fc.oneof(one, whole) : whole;
  const reversal = fc.record({ target, after: fc.integer({ min: 0, max: NOW - OLDEST }) });
  return fc
    .array(reversal, { maxLength: 4 })
    .map((reversals) => [
      ...all,
      ...reversals.map(
        ({ target: taken, after }, n) =>
          ({ type: 'deal.reversed', ...taken, name: `r${n}`, at: OLDEST + after }) as Told,
      ),
    ]);
});

export const shuffledFrom = <T>(all: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });

/** Two teams and four people, of whom one belongs to nobody and one moved ten days ago. */
export const STAFF: Told[] = [
  ...TEAMS.map((team) => ({ type: 'team.changed', team, parent: null }) as const),
  ...PEOPLE.map((person, n) => {
    const team = TEAMS[n] ?? (n === 2 ? TEAMS[0]! : null);
    return { type: 'person.changed', person, team, since: null, active: true } as const;
  }),
  {
    type: 'person.changed' as const,
    person: PEOPLE[1]!,
    team: TEAMS[0]!,
    since: NOW - 10 * DAY,
    active: true,
  },
].map((body, n) => ({ ...body, name: `staff${n}`, at: OLDEST }));

/** Numbers a story as the log does; a tick at its end brings every floor to the same time. */
export function logOf(...stories: readonly Told[][]): LogEvent[] {
  const all = stories.flat();
  const step = Math.floor((NOW - OLDEST) / (all.length + 1));
  const events = all.map(({ name, at, ...body }, n) => ({
    ...body,
    seq: n + 1,
    key: `s/${name}`,
    occurredAt: at,
    recordedAt: OLDEST + step * n,
  }));
  const seq = all.length + 1;
  const tick = { type: 'tick', seq, key: 's/tick', occurredAt: NOW, recordedAt: NOW };
  return [...events, tick] as LogEvent[];
}

/** A deal book in memory that finds deals by what their facts are called. */
export class Book implements DealBook {
  readonly deals = new Map<string, Deal>();
  get = (key: string): Deal | undefined => this.deals.get(key);
  set = (key: string, deal: Deal): void => void this.deals.set(key, deal);
  dealOf = (eventKey: string): string | undefined =>
    [...this.deals].find(([, { facts }]) => facts.some((fact) => fact.key === eventKey))?.[0];
}

export function fold(
  events: readonly LogEvent[],
  after?: (floor: Floor, change: Change) => void,
): { floor: Floor; book: Book } {
  const floor = new Floor();
  const book = new Book();
  for (const event of events) {
    const change = applyEvent(floor, book, event);
    after?.(floor, change);
  }
  return { floor, book };
}

/** Every board as it is seen now, ranked, with what all have together. */
export function seen(floor: Floor): Record<string, readonly [BoardLine[], unknown]> {
  return Object.fromEntries(
    STARTER_BOARDS.map((definition) => {
      const board = new OpenBoard(definition);
      board.keepUp(floor);
      return [definition.slug, [board.lines(floor), board.totals(floor)] as const];
    }),
  );
}

/** What an entity has in all of time, by metric. */
export const held = (floor: Floor, entity: string): bigint[] =>
  METRICS.map((metric) => floor.tallies[metric].get(entity)).map(
    (tally) => tally?.sum({ from: -Infinity, to: Infinity })?.value ?? 0n,
  );
