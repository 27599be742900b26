import type { Calendar, Instant, PeriodKind, TargetScope, Window } from '@ovation/domain';
import { dayMonth, displayName, periodLabel, type FormatLocale } from '../format/index.ts';
import type { Language } from '../i18n/language.ts';
import { foldName } from '../manage/floor-table.ts';
import type { Person, Team } from '../manage/roster.svelte.ts';

/** The periods that targets are set for. */
export const TARGET_PERIODS = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
export type TargetPeriod = (typeof TARGET_PERIODS)[number];

/** How many windows stand side by side: one, or all within a longer one. */
export type GridSpan = 'one' | 'week' | 'month' | 'quarter' | 'year';

const SPANS: Readonly<Record<TargetPeriod, readonly GridSpan[]>> = {
  day: ['one', 'week'],
  week: ['one', 'month', 'quarter'],
  month: ['one', 'quarter', 'year'],
  quarter: ['one', 'year'],
  half: ['one', 'year'],
  year: ['one'],
};
export const spansOf = (period: TargetPeriod): readonly GridSpan[] => SPANS[period];

/** What is shown first: enough to compare, not so much that it scrolls. */
export const firstSpan = (period: TargetPeriod): GridSpan => SPANS[period][1] ?? 'one';

export interface GridColumn {
  /** First date of the window. */
  readonly start: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly label: string;
}

/** The stretch that is shown around an instant. */
export const spanWindow = (
  calendar: Calendar,
  period: TargetPeriod,
  span: GridSpan,
  at: Instant,
): Window => calendar.windowOf(span === 'one' ? period : span, at);

/** Its columns, oldest first. */
export function columnsOf(
  calendar: Calendar,
  period: TargetPeriod,
  shown: Window,
  locale: FormatLocale,
): GridColumn[] {
  return calendar
    .windowsIn(shown, period)
    .filter((window) => window.from >= shown.from)
    .map(({ key, from, to }) => ({
      start: key,
      from,
      to,
      label: period === 'day' ? dayMonth(from, locale) : periodLabel(period, from, to, locale),
    }));
}

/** One line of the grid: everybody, a team or a person. */
export interface GridRow {
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly name: string;
  readonly stripe: number;
  /** Whose targets add up to this one's. */
  readonly of: { readonly scope: TargetScope; readonly ids: readonly string[] } | null;
}

export interface RowsInput {
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly language: Language;
  /** What the organisation's own line is called. */
  readonly organisation: string;
  /** Part of a name; with it only people are shown. */
  readonly search: string;
}

/** The organisation, then each team with its people, then whoever has no team. */
export function rowsOf({ people, teams, language, organisation, search }: RowsInput): GridRow[] {
  const collator = new Intl.Collator(language);
  const byName = <T extends Person | Team>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
  const nameOf = (of: Person | Team) => displayName(of, language);
  const active = byName(people.filter((person) => person.active));
  const wanted = foldName(search);
  const stripeOf = new Map(teams.map((team) => [team.id, team.stripe]));
  const personRow = (person: Person): GridRow => ({
    scope: 'person',
    entity: person.id,
    name: nameOf(person),
    stripe: stripeOf.get(person.team?.id ?? '') ?? 0,
    of: null,
  });
  if (wanted !== '') {
    return active
      .filter((person) =>
        [person.name, ...Object.values(person.names ?? {})].some((name) =>
          foldName(name).includes(wanted),
        ),
      )
      .map(personRow);
  }
  const teamRows = byName(teams).flatMap((team) => {
    const members = active.filter((person) => person.team?.id === team.id);
    const of = { scope: 'person', ids: members.map((person) => person.id) } as const;
    const row = { scope: 'team', entity: team.id, name: nameOf(team), stripe: team.stripe, of };
    return [row as GridRow, ...members.map(personRow)];
  });
  const top = teams.filter((team) => team.parent === null).map((team) => team.id);
  return [
    {
      scope: 'organisation',
      entity: null,
      name: organisation,
      stripe: 0,
      of: { scope: 'team', ids: top },
    },
    ...teamRows,
    ...active.filter((person) => person.team === null).map(personRow),
  ];
}

/** Where a target stands in the whole sheet. */
export type CellKey = `${string}|${TargetScope}:${string}`;
export const cellKey = (start: string, row: Pick<GridRow, 'scope' | 'entity'>): CellKey =>
  `${start}|${row.scope}:${row.entity ?? ''}`;

/** The scope, entity and window that a key stands for. */
export function fromKey(key: CellKey): {
  start: string;
  scope: TargetScope;
  entity: string | null;
} {
  const bar = key.indexOf('|');
  const colon = key.indexOf(':', bar);
  const entity = key.slice(colon + 1);
  return {
    start: key.slice(0, bar),
    scope: key.slice(bar + 1, colon) as TargetScope,
    entity: entity === '' ? null : entity,
  };
}

/** A shorter period that a target of this one can be spread into. */
export const shorterThan = (period: TargetPeriod): readonly PeriodKind[] => {
  const fits: Readonly<Record<TargetPeriod, readonly PeriodKind[]>> = {
    day: [],
    week: ['day'],
    month: ['day', 'week'],
    quarter: ['month', 'week'],
    half: ['month', 'quarter'],
    year: ['month', 'quarter', 'half'],
  };
  return fits[period];
};
