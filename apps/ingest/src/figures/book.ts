import {
  createCalendar,
  plainBoardBySlug,
  STARTER_METRICS,
  subjectOf,
  type BoardDefinition,
  type Calendar,
  type Instant,
  type Metric,
  type MetricId,
  type OrganisationSettings,
} from '@ovation/domain';
import {
  readDefinitions,
  readOrganisation,
  readStaff,
  type Definitions,
  type MetricRow,
  type Sql,
  type StaffRows,
} from '@ovation/store';

/** What an organisation counts, and by which rules. */
export interface BookOfDefinitions extends Definitions {
  readonly sql: Sql;
  readonly orgId: string;
  readonly settings: OrganisationSettings;
  readonly calendar: Calendar;
  readonly byId: ReadonlyMap<MetricId, Metric>;
}

/** Everything that figures of an organisation are worked out with, read at one moment. */
export interface Book extends StaffRows, BookOfDefinitions {
  /** Every team with each team above it, itself included. */
  readonly lines: readonly (readonly [team: string, above: string])[];
}

export async function openDefinitions(sql: Sql, orgId: string): Promise<BookOfDefinitions> {
  const organisation = await readOrganisation(sql, orgId);
  if (!organisation) throw new Error(`unknown organisation: ${orgId}`);
  const { settings } = organisation;
  const definitions = await readDefinitions(sql, orgId);
  const own = definitions.metrics.map(({ definition }) => definition.metric);
  const byId = new Map([...STARTER_METRICS, ...own].map((metric) => [metric.id, metric]));
  return { sql, orgId, settings, calendar: createCalendar(settings), byId, ...definitions };
}

export async function openBook(
  sql: Sql,
  orgId: string,
  definitions?: BookOfDefinitions,
): Promise<Book> {
  const known = definitions ?? (await openDefinitions(sql, orgId));
  const staff = await readStaff(sql, orgId);
  return { ...known, ...staff, lines: linesOf(staff) };
}

/** Metrics as they were defined at an earlier knowledge: later versions left out. */
export function metricsKnownAt(book: Book, known: Instant): ReadonlyMap<MetricId, Metric> {
  const rows = new Map(book.metrics.map((row) => [row.id, row]));
  const starters = new Map(STARTER_METRICS.map((metric) => [metric.id, metric]));
  return new Map(
    [...book.byId].flatMap(([id, metric]) => {
      const row = rows.get(id);
      if (!row) return [[id, metric] as const];
      const versions = metric.versions.filter(({ version }) => publishedAt(row, version) <= known);
      if (versions.length > 0) return [[id, { ...metric, versions }] as const];
      const starter = starters.get(id);
      return starter ? [[id, starter] as const] : [];
    }),
  );
}

const publishedAt = (row: MetricRow, version: number): Instant => {
  const note = row.definition.notes.find((one) => one.version === version);
  return note ? Date.parse(note.publishedAt) : 0;
};

/** The measure that answers for a component, as of a knowledge; `undefined` while there is none. */
export function measureOf(
  book: Book,
  metric: MetricId,
  filter: string | null,
  component: number,
  known: number | null,
): string | undefined {
  const subject = subjectOf(metric, filter);
  const fits = book.states.filter(
    (state) =>
      state.subject === subject &&
      state.component === component &&
      state.ready &&
      (known === null || state.fromSeq <= known),
  );
  return fits.at(-1)?.measure;
}

/** A board by its id or slug, with the name somebody gave it. */
export function boardOf(
  book: BookOfDefinitions,
  idOrSlug: string,
): { definition: BoardDefinition; name: string } | undefined {
  const row = book.boards.find((one) => one.id === idOrSlug || one.slug === idOrSlug);
  if (row) return { definition: row.definition, name: row.name };
  const plain = plainBoardBySlug(idOrSlug);
  return plain && book.byId.has(plain.metric) ? { definition: plain, name: '' } : undefined;
}

function linesOf({ teams }: StaffRows): [string, string][] {
  const parents = new Map(teams.map((team) => [team.id, team.parentId]));
  return teams.flatMap((team) => {
    const line: string[] = [];
    for (let one: string | null = team.id; one !== null && !line.includes(one);) {
      line.push(one);
      one = parents.get(one) ?? null;
    }
    return line.map((above): [string, string] => [team.id, above]);
  });
}
