import type { PersonId, Scaled, TeamId } from '../types.ts';
import { countOf } from './counting.ts';
import type { ContestDefinition, EntrantId, Eligibility } from './definition.ts';
import { playOf, type Play, type Player } from './play.ts';
import {
  compareRatios,
  formatRatio,
  ONE_TO_ONE,
  parseRatio,
  roundRatio,
  type Ratio,
} from './ratio.ts';
import { daysBetween, windowsBefore, type Span } from './spans.ts';
import type { ContestFrozen, ContestReader, FrozenEntrant, Staffer } from './standing.ts';

/**
 * Settles who takes part and with what, from how things are when the contest starts: entrants in
 * order of id, their members, handicap, own usual and target.
 */
export function freezeContest(contest: ContestDefinition, reader: ContestReader): ContestFrozen {
  const sides = sidesOf(contest, reader);
  const factors = factorsOf(contest, reader, sides);
  const usual = usualWindows(contest);
  const baselines = usual === 0 ? undefined : meansOf(contest, reader, sides, usual);
  const entrants = sides.map(({ id, members }): FrozenEntrant => {
    const mean = baselines?.get(id);
    const target = targetOf(contest, reader, id, members);
    return {
      id,
      members,
      factor: formatRatio(factors.get(id) ?? ONE_TO_ONE),
      baseline: mean === undefined ? null : String(roundRatio(mean)),
      target: target === undefined ? null : String(target),
    };
  });
  return { entrants };
}

interface Side {
  readonly id: EntrantId;
  readonly members: readonly PersonId[];
}

/** The people who may take part, in order of id. */
export function eligiblePeople(contest: ContestDefinition, reader: ContestReader): Staffer[] {
  const fits = eligibility(contest, reader);
  return reader.staff(contest.from).filter(fits);
}

function eligibility({ who, from }: ContestDefinition, reader: ContestReader) {
  const { people, except, roles, teams } = who;
  const chosen = people && new Set(people);
  const barred = new Set(except);
  return (one: Staffer): boolean =>
    (chosen === undefined || chosen.has(one.person)) &&
    !barred.has(one.person) &&
    (roles === undefined || (one.role !== null && roles.includes(one.role))) &&
    (teams === undefined || reader.lineOf(one.team).some((team) => teams.includes(team))) &&
    beenHere(who, one, from, reader);
}

/** Who has always been here fits every minimum and no maximum. */
function beenHere(
  { minDays, maxDays }: Eligibility,
  { startedAt }: Staffer,
  at: number,
  { calendar }: ContestReader,
): boolean {
  if (minDays === undefined && maxDays === undefined) return true;
  if (startedAt === null) return maxDays === undefined;
  const days = startedAt > at ? -1 : daysBetween(startedAt, at, calendar);
  return days >= (minDays ?? 0) && (maxDays === undefined || days <= maxDays);
}

function sidesOf(contest: ContestDefinition, reader: ContestReader): Side[] {
  const people = eligiblePeople(contest, reader);
  if (contest.of === 'people') return people.map(({ person }) => side(person, [person]));
  if (contest.of === 'squads') {
    const fit = new Set(people.map(({ person }) => person));
    return (contest.who.squads ?? [])
      .map((squad) =>
        side(
          squad.id,
          squad.members.filter((one) => fit.has(one)),
        ),
      )
      .filter((one) => one.members.length > 0)
      .sort(byId);
  }
  return teamSides(contest, people, reader);
}

/** Everybody plays for one team: the nearest of those that are named, else their own. */
function teamSides(
  { who }: ContestDefinition,
  people: readonly Staffer[],
  reader: ContestReader,
): Side[] {
  const members = new Map<TeamId, PersonId[]>();
  for (const { person, team } of people) {
    const line = reader.lineOf(team);
    const own = who.teams === undefined ? line[0] : line.find((one) => who.teams!.includes(one));
    if (own !== undefined) members.set(own, [...(members.get(own) ?? []), person]);
  }
  return [...members].map(([team, all]) => side(team, all)).sort(byId);
}

const side = (id: EntrantId, members: readonly PersonId[]): Side => ({ id, members });
const byId = (a: Side, b: Side): number => (a.id < b.id ? -1 : 1);

/** How many windows before the start the own usual is made of; 0 where nobody asks for it. */
function usualWindows({ rules }: ContestDefinition): number {
  if (rules.kind === 'most_improved') return rules.windows;
  return 'seeding' in rules && rules.seeding === 'history' ? 1 : 0;
}

/** Means of the windows before; nobody is in who was not here at the start of one of them. */
function meansOf(
  contest: ContestDefinition,
  reader: ContestReader,
  sides: readonly Side[],
  windows: number,
): Map<EntrantId, Ratio> {
  const spans = windowsBefore(contest, windows, reader.calendar);
  const started = new Map(reader.staff(contest.from).map((one) => [one.person, one.startedAt]));
  const means = new Map<EntrantId, Ratio>();
  const plays = spans.map((span) => playOf(plainIn(contest, span), NO_FACTS, reader));
  for (const { id, members } of sides) {
    const since = members.map((person) => started.get(person) ?? -Infinity);
    const here = plays.filter(({ contest: { from } }) => since.some((start) => start <= from));
    const values = here.flatMap((play) => valueIn(play, id, members) ?? []);
    if (values.length === 0) continue;
    const n = values.reduce((sum, value) => sum + value, 0n);
    means.set(id, { n, d: BigInt(values.length) });
  }
  return means;
}

const NO_FACTS = {
  frozen: { entrants: [] },
  pauses: [],
  out: new Set<PersonId>(),
  withheld: new Set<string>(),
  seed: null,
};

/** The same hours of another window, without the cap and handicap of the contest. */
function plainIn(contest: ContestDefinition, { from, to }: Span): ContestDefinition {
  const { cap: _, ...scoring } = contest.scoring;
  return { ...contest, scoring: scoring as ContestDefinition['scoring'], from, to };
}

function valueIn(play: Play, id: EntrantId, members: readonly PersonId[]): Scaled | undefined {
  const player: Player = { id, members, factor: ONE_TO_ONE, baseline: null, target: null };
  const { raw } = countOf(play, player);
  return raw === null ? undefined : roundRatio(raw);
}

function factorsOf(
  contest: ContestDefinition,
  reader: ContestReader,
  sides: readonly Side[],
): Map<EntrantId, Ratio> {
  const { handicap } = contest;
  if (handicap === undefined) return new Map();
  if (handicap.by === 'hand') {
    return new Map(Object.entries(handicap.factors).map(([id, text]) => [id, parseRatio(text)]));
  }
  const means = meansOf(contest, reader, sides, handicap.windows);
  return fittedFactors(means, parseRatio(handicap.cap));
}

/**
 * The field's mean over the own one, at most `cap` and at least its inverse. The field are those
 * with something in the windows before; who has nothing there has no handicap.
 */
export function fittedFactors(
  means: ReadonlyMap<EntrantId, Ratio>,
  cap: Ratio,
): Map<EntrantId, Ratio> {
  const known = [...means].filter(([, mean]) => mean.n > 0n);
  const common = known.reduce((product, [, { d }]) => lcm(product, d), 1n);
  const sum = known.reduce((total, [, { n, d }]) => total + n * (common / d), 0n);
  const field = { n: sum, d: common * BigInt(Math.max(1, known.length)) };
  const [most, least] =
    compareRatios(cap, ONE_TO_ONE) < 0 ? [inverse(cap), cap] : [cap, inverse(cap)];
  return new Map(
    known.map(([id, mean]) => {
      const factor = { n: field.n * mean.d, d: field.d * mean.n };
      if (compareRatios(factor, most) > 0) return [id, most];
      return [id, compareRatios(factor, least) < 0 ? least : factor];
    }),
  );
}

const inverse = ({ n, d }: Ratio): Ratio => (n === 0n ? ONE_TO_ONE : { n: d, d: n });
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** The own target in all windows of the period that the contest touches, added. */
function targetOf(
  contest: ContestDefinition,
  reader: ContestReader,
  id: EntrantId,
  members: readonly PersonId[],
): Scaled | undefined {
  const { rules, scoring, of } = contest;
  if (rules.kind !== 'percent_of_target' || !('metric' in scoring)) return undefined;
  const { period } = rules;
  const windows = reader.calendar.windowsIn(contest, period);
  const added = (scope: 'person' | 'team', entities: readonly string[]) => {
    const found = entities.flatMap((entity) =>
      windows.flatMap(({ key }) => reader.target(scope, entity, scoring.metric, period, key) ?? []),
    );
    return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one, 0n);
  };
  const own = of === 'teams' ? added('team', [id]) : undefined;
  return own ?? added('person', members);
}
