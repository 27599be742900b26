import fc from 'fast-check';
import { BOARD_OF, plainBoard } from './board.ts';
import type { EventBody, LogEvent } from './event.ts';
import { aloneKey, factOf, groupOf, isFact, NO_FACTS, type FactGroup } from './fact-group.ts';
import { Floor } from './floor.ts';
import { applyEvent, type Change, type FactBook } from './fold.ts';
import { OpenBoard, type BoardLine } from './open-board.ts';

/** Things of a floor that tests tell stories with: who is there, what happens, what one sees. */

export const PEOPLE = ['p_ada', 'p_bo', 'p_cy', 'p_di'];
export const TEAMS = ['t_north', 't_south'];
const DAY = 86_400_000;
/** A Tuesday: the quarter, month, week and day all have something before them. */
export const NOW = Date.UTC(2026, 10, 24, 12);
const OLDEST = NOW - 40 * DAY;

/** A story's event before the log numbers it. */
/** Boards that tests look at: sums, a rate, means, points; each for people and teams. */
export const WATCHED = BOARD_OF.flatMap((of) =>
  ['revenue', 'deals', 'activities', 'win-rate', 'cycle-length', 'activity-points'].flatMap(
    (metric) => (['day', 'month', 'all'] as const).map((period) => plainBoard(of, metric, period)),
  ),
);

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

const onDeal = fc.record({
  type: fc.constant('activity.logged'),
  activity: fc.constant('demo'),
  class: fc.constant('deal-making'),
  deal,
  credits,
});
const payment = fc
  .record({
    type: fc.constantFrom('payment.received', 'payment.refunded'),
    payment: fc.constantFrom('$s/p1', '$s/p2'),
    credits,
    minor,
  })
  .map(({ minor: amount, ...rest }) => ({ ...rest, amount: { minor: amount, currency: 'USD' } }));

/** What people did; every order of arrival must come to the same. */
export const deeds: fc.Arbitrary<Told[]> = placed(
  fc.oneof({ weight: 4, arbitrary: outcome }, opened, activity, onDeal, reading, payment),
  20,
);

/** Corrections of some of these deeds, each at a moment of its own. */
const correctionsOf = (all: readonly Told[]): fc.Arbitrary<Told[]> => {
  const one = fc.nat().map((n) => ({ corrects: `s/${all[n % Math.max(1, all.length)]?.name}` }));
  const which: fc.Arbitrary<object> = fc.oneof(
    one,
    deal.map((key) => ({ deal: key })),
  );
  const says: fc.Arbitrary<object> = fc.oneof(
    minor.map((amount) => ({ type: 'deal.amended', amount: { minor: amount, currency: 'USD' } })),
    fc.constantFrom(...PEOPLE).map((person) => ({
      type: 'deal.reassigned',
      credits: [{ person, share: '1' }],
    })),
    fc.constant({
      type: 'deal.split',
      credits: [
        { person: PEOPLE[0], share: '2/3' },
        { person: PEOPLE[1], share: '1/3' },
      ],
    }),
  );
  const at = fc.integer({ min: 0, max: NOW - OLDEST });
  return fc
    .uniqueArray(fc.tuple(which, says, at), { selector: ([, , when]) => when, maxLength: 4 })
    .map((some) =>
      some.map(
        ([of, what, when], n) => ({ ...what, ...of, name: `c${n}`, at: OLDEST + when }) as Told,
      ),
    );
};

/** Takings back of activities, readings and payments. */
const withdrawalsOf = (all: readonly Told[]): fc.Arbitrary<Told[]> => {
  const plain = all.filter((one) => !one.type.startsWith('deal.'));
  if (plain.length === 0) return fc.constant([]);
  return fc.subarray(plain, { maxLength: Math.min(2, plain.length) }).map((some) =>
    some.map(
      (one, n) =>
        ({
          type: 'activity.withdrawn',
          withdraws: `s/${one.name}`,
          name: `w${n}`,
          at: NOW,
        }) as Told,
    ),
  );
};

/** Deeds, and takings back of some of them. */
export const story: fc.Arbitrary<Told[]> = deeds.chain((all) => {
  const dealt = all.filter((one) => 'deal' in one);
  const one = fc.nat().map((n) => ({ reverses: `s/${dealt[n % dealt.length]?.name}` }));
  const whole = deal.map((key) => ({ deal: key }));
  const target: fc.Arbitrary<object> = dealt.length > 0 ? fc.oneof(one, whole) : whole;
  const reversal = fc.record({ target, after: fc.integer({ min: 0, max: NOW - OLDEST }) });
  return fc
    .tuple(fc.array(reversal, { maxLength: 4 }), correctionsOf(dealt), withdrawalsOf(all))
    .map(([reversals, corrections, withdrawals]) => [
      ...all,
      ...corrections,
      ...withdrawals,
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

/** A book in memory; it knows every event that it was told of. */
export class Book implements FactBook {
  readonly groups = new Map<string, FactGroup>();
  readonly events = new Map<string, LogEvent>();
  set = (key: string, group: FactGroup): void => void this.groups.set(key, group);

  get = (key: string): FactGroup | undefined => {
    const known = this.groups.get(key);
    const event = this.events.get(key.slice(1));
    if (known || !event || key !== aloneKey(event.key)) return known;
    return isFact(event) && groupOf(event) === undefined
      ? { ...NO_FACTS, facts: [factOf(event)] }
      : undefined;
  };

  groupOf = (eventKey: string): string | undefined => {
    const event = this.events.get(eventKey);
    return event && isFact(event) ? groupOf(event) : undefined;
  };
}

export function fold(
  events: readonly LogEvent[],
  after?: (floor: Floor, change: Change) => void,
): { floor: Floor; book: Book } {
  const floor = new Floor();
  const book = new Book();
  for (const event of events) {
    const change = applyEvent(floor, book, event);
    book.events.set(event.key, event);
    after?.(floor, change);
  }
  return { floor, book };
}

/** Every watched board as it is seen now, ranked, with what all have together. */
export function seen(floor: Floor): Record<string, readonly [BoardLine[], unknown]> {
  return Object.fromEntries(
    WATCHED.map((definition) => {
      const board = new OpenBoard(definition, floor);
      board.keepUp(floor);
      return [definition.slug, [board.lines(floor), board.totals(floor)] as const];
    }),
  );
}

/** What an entity has in all of time, in revenue, deals and activities. */
export const held = (floor: Floor, entity: string): bigint[] =>
  ['revenue', 'deals', 'activities'].map(
    (measure) => floor.tally(measure, entity)?.sum({ from: -Infinity, to: Infinity })?.value ?? 0n,
  );
