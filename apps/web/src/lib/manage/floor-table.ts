import {
  COUNT_SCALE,
  formatScaled,
  parseScaled,
  paceOf,
  type BoardRow,
  type Instant,
  type Pace,
  type WorkDay,
} from '@ovation/domain';
import { displayName } from '../format/name.ts';
import type { Language } from '../i18n/language.ts';

/**
 * The live floor as a table: teams as groups, their people below. Every figure comes from a board;
 * a person whom no board knows yet stands there with zeros, because absence is news to a manager.
 */
export interface FloorFigures {
  readonly today: string;
  readonly value: string;
  readonly target: string | null;
  readonly pace: Pace | undefined;
  /** Activities of today. */
  readonly activities: string;
}

export interface FloorRow extends FloorFigures {
  readonly id: string;
  readonly name: string;
}

export interface FloorGroup {
  /** The team's id; empty for people without a team. */
  readonly id: string;
  readonly name: string;
  readonly stripe: number;
  readonly figures: FloorFigures;
  readonly rows: readonly FloorRow[];
}

export interface FloorPerson {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly team: { readonly id: string } | null;
  readonly active: boolean;
}

export interface FloorTeam {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly stripe: number;
}

/** The rows of the three boards a table is made of. */
export interface FloorBoards {
  readonly today: readonly BoardRow[];
  readonly value: readonly BoardRow[];
  readonly activities: readonly BoardRow[];
}

export const FLOOR_SORTS = ['pace', 'value', 'today', 'name'] as const;
export type FloorSort = (typeof FLOOR_SORTS)[number];

export interface FloorInput {
  readonly people: readonly FloorPerson[];
  readonly teams: readonly FloorTeam[];
  readonly peopleBoards: FloorBoards;
  readonly teamBoards: FloorBoards;
  readonly workDays: readonly WorkDay[];
  readonly now: Instant;
  readonly language: Language;
  readonly sort: FloorSort;
  /** What was typed into the search; matches a name in any language. */
  readonly search: string;
}

type Figure = (id: string, board: keyof FloorBoards) => BoardRow | undefined;

export function floorGroups(input: FloorInput): readonly FloorGroup[] {
  const { people, teams, language, search, sort } = input;
  const ofPeople = lookUp(input.peopleBoards);
  const ofTeams = lookUp(input.teamBoards);
  const order = compareBy(sort, language);
  const members = byTeam(shown(people, search));
  const rowsOf = (team: string): FloorRow[] =>
    (members.get(team) ?? [])
      .map((person) => ({
        id: person.id,
        name: displayName(person, language),
        ...figuresOf(person.id, ofPeople, input),
      }))
      .sort(order);

  const groups = teams
    .map((team) => ({
      id: team.id,
      name: displayName(team, language),
      stripe: team.stripe,
      figures: figuresOf(team.id, ofTeams, input),
      rows: rowsOf(team.id),
    }))
    .filter((group) => group.rows.length > 0 || (search === '' && hasFigures(group.figures)))
    .sort((one, other) => order({ ...one.figures, ...one }, { ...other.figures, ...other }));
  const alone = rowsOf('');
  return alone.length === 0
    ? groups
    : [...groups, { id: '', name: '', stripe: 0, figures: sumOf(alone), rows: alone }];
}

const teamOf = (person: FloorPerson): string => person.team?.id ?? '';

function byTeam(people: readonly FloorPerson[]): Map<string, FloorPerson[]> {
  const groups = new Map<string, FloorPerson[]>();
  for (const person of people) {
    const group = groups.get(teamOf(person));
    if (group) group.push(person);
    else groups.set(teamOf(person), [person]);
  }
  return groups;
}

function shown(people: readonly FloorPerson[], search: string): FloorPerson[] {
  const wanted = foldName(search);
  return people.filter(
    (person) =>
      person.active &&
      (wanted === '' ||
        [person.name, ...Object.values(person.names ?? {})].some((name) =>
          foldName(name).includes(wanted),
        )),
  );
}

/** Letters that look alike to a reader are alike to the search. */
export const foldName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ي/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[\u200c-\u200f\u2066-\u2069]/g, '')
    .trim()
    .toLowerCase();

function lookUp(boards: FloorBoards): Figure {
  const index = Object.fromEntries(
    Object.entries(boards).map(([name, rows]: [string, readonly BoardRow[]]) => [
      name,
      new Map(rows.map((row) => [row.id, row])),
    ]),
  );
  return (id, board) => index[board]?.get(id);
}

function figuresOf(id: string, figure: Figure, input: FloorInput): FloorFigures {
  const of = (board: keyof FloorBoards) => figure(id, board)?.value ?? '0';
  const target = figure(id, 'value')?.target ?? null;
  const value = of('value');
  const pace =
    target === null ? undefined : paceOf(Number(value), Number(target), input.workDays, input.now);
  return {
    today: of('today'),
    value,
    target,
    pace,
    activities: of('activities'),
  };
}

const hasFigures = (figures: FloorFigures): boolean =>
  Number(figures.value) !== 0 || Number(figures.activities) !== 0 || figures.target !== null;

function sumOf(rows: readonly FloorRow[]): FloorFigures {
  const of = (figure: 'today' | 'value' | 'activities') => exactSum(rows.map((row) => row[figure]));
  return {
    today: of('today'),
    value: of('value'),
    target: null,
    pace: undefined,
    activities: of('activities'),
  };
}

/** Decimal strings added without a float between. */
export function exactSum(values: readonly string[]): string {
  let sum = 0n;
  for (const value of values) {
    const scaled = parseScaled(value, COUNT_SCALE);
    if (scaled.ok) sum += scaled.value;
  }
  return formatScaled(sum, COUNT_SCALE);
}

function compareBy(sort: FloorSort, language: Language) {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const figure = (row: FloorRow): number => {
    if (sort === 'name') return 0;
    // Without a target nobody is behind: they follow those who have one.
    if (sort === 'pace') return row.pace?.daysAhead ?? -Infinity;
    return Number(row[sort]);
  };
  return (one: FloorRow, other: FloorRow): number => {
    const [a, b] = [figure(one), figure(other)];
    if (a !== b) return b > a ? 1 : -1;
    const worth = sort === 'name' ? 0 : Number(other.value) - Number(one.value);
    return worth || compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
  };
}
