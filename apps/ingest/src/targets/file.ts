import { Readable } from 'node:stream';
import type { Calendar, PeriodKind, Unit, Window } from '@ovation/domain';
import { TARGETS_MAX, type PostTargetFile, type TargetsImported } from '@ovation/protocol';
import { readPeopleCalled } from '@ovation/store';
import { canonicalAlias } from '../alias.ts';
import type { IngestDeps } from '../deps.ts';
import { mustKnowMetric, textOf } from '../history/metrics.ts';
import { readHead, readRows, type CsvRow } from '../import/csv.ts';
import type { ImportFile } from '../import/ports.ts';
import { ProblemError } from '../problem.ts';
import type { Author } from '../settings-writer.ts';
import {
  checkValue,
  entitiesOf,
  mustBePeriod,
  mustCount,
  targetsAt,
  writeTargets,
  type Entities,
  type TargetWrite,
} from '../targets.ts';
import { plainNumber, windowNamed } from './file-words.ts';

type Refused = TargetsImported['refused'][number];
interface Column {
  readonly column: string;
  readonly window: Window;
}
/** A cell that became a target, and where it stands. */
interface Cell {
  readonly write: TargetWrite & { readonly entity: string };
  readonly line: number;
}

/** Reads a file of targets and, unless it is a dry run, sets those that can be set. */
export async function importTargets(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PostTargetFile,
): Promise<TargetsImported> {
  const known = await mustKnowMetric(deps, orgId, input.metric);
  mustCount(known);
  const period = mustBePeriod(input.period);
  const scope = input.scope ?? 'person';
  const entities = entitiesOf(known.book);
  const refused: Refused[] = [];
  const sheet = await readSheet(input.csv, refused);
  const columns = columnsOf(sheet.header, known.book.calendar, period, refused);
  const called = await calledIn(deps, orgId, entities, scope, sheet);
  const cells = cellsOf({ sheet, columns, called, scope, period, unit: known.unit }, refused);
  const writes = [...cells.values()].map((cell) => cell.write);
  if (writes.length > TARGETS_MAX) {
    const detail = `A file sets at most ${TARGETS_MAX} targets, this one ${writes.length}.`;
    throw new ProblemError('too_large', detail);
  }
  const before = await targetsAt(deps, orgId, known.metric.id, writes);
  if (input.dryRun !== true) await writeTargets(deps, orgId, author, known.metric.id, writes);
  return {
    dryRun: input.dryRun === true,
    columns: columns.map(({ column, window }) => ({ column, start: window.key })),
    targets: writes.map((one, index) => ({
      scope,
      entity: { id: one.entity, name: nameOf(entities, one.entity) },
      start: one.start,
      value: textOf(one.value!, known.unit),
      was: textOf(before[index] ?? null, known.unit),
    })),
    refused: refused.sort((a, b) => a.line - b.line),
  };
}

/** Everything that a cell means. */
interface Reading {
  readonly sheet: Sheet;
  readonly columns: readonly Column[];
  readonly called: Called;
  readonly scope: 'person' | 'team';
  readonly period: PeriodKind;
  readonly unit: Unit;
}

/** The targets of a sheet by place; what is none is refused. */
function cellsOf(reading: Reading, refused: Refused[]): Map<string, Cell> {
  const { sheet, columns, called, scope, period, unit } = reading;
  const cells = new Map<string, Cell>();
  for (const { line, fields } of sheet.rows) {
    const who = fields[sheet.header[0]!] ?? '';
    const entity = whoIs(called.get(canonicalAlias(who)), scope);
    if ('code' in entity) {
      refused.push({ line, column: null, who, ...entity });
      continue;
    }
    for (const { column, window } of columns) {
      const text = plainNumber(fields[column] ?? '', sheet.delimiter);
      if (text === '') continue;
      const value = checkValue(text, unit);
      const place = `${entity.id} ${window.key}`;
      const first = cells.get(place);
      const fault = value.ok ? first && twice(first) : value.fault;
      if (fault) refused.push({ line, column, who, code: fault.code, detail: fault.detail });
      if (fault || !value.ok) continue;
      const write = { scope, entity: entity.id, period, start: window.key, value: value.value };
      cells.set(place, { line, write });
    }
  }
  return cells;
}

interface Sheet {
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly CsvRow[];
}

async function readSheet(csv: string, refused: Refused[]): Promise<Sheet> {
  const bytes = Buffer.from(csv);
  const open = () => Readable.from([bytes]);
  const file: ImportFile = { name: 'targets', size: bytes.length, open };
  const { header, delimiter } = await readHead(file);
  if (header.length < 2 || new Set(header).size < header.length) {
    const detail =
      'Begin with a line of headings, each once: who, then one column for each period.';
    throw new ProblemError('refused', detail, [{ code: 'no_heading', detail, pointer: '/csv' }]);
  }
  const rows: CsvRow[] = [];
  const bad = (line: number, detail: string) =>
    refused.push({ line, column: null, who: '', code: 'unreadable', detail });
  for await (const row of readRows(file, delimiter, bad)) rows.push(row);
  return { header, delimiter, rows };
}

/** The columns that name a window each; what does not is told once, at the heading's line. */
function columnsOf(
  header: readonly string[],
  calendar: Calendar,
  period: PeriodKind,
  refused: Refused[],
): Column[] {
  const columns: Column[] = [];
  for (const column of header.slice(1)) {
    const window = windowNamed(column, calendar, period);
    const same = columns.find((one) => one.window.key === window?.key);
    if (window && !same) columns.push({ column, window });
    else {
      const code = same ? 'twice' : 'bad_heading';
      const detail = same
        ? `This column and "${same.column}" are the same ${period}.`
        : `Head the column with a date such as 2026-11-01, or a month such as 2026-11.`;
      refused.push({ line: 1, column, who: '', code, detail });
    }
  }
  return columns;
}

/** Who is meant by a word in its canonical spelling. */
type Called = ReadonlyMap<string, ReadonlySet<string>>;

async function calledIn(
  deps: IngestDeps,
  orgId: string,
  { people, teams }: Entities,
  scope: 'person' | 'team',
  sheet: Sheet,
): Promise<Called> {
  const called = new Map<string, Set<string>>();
  for (const one of (scope === 'team' ? teams : people).values()) {
    const email = 'email' in one ? (one.email ?? '') : '';
    for (const word of [one.id, one.name, ...Object.values(one.names), email]) {
      call(called, word, one.id);
    }
  }
  if (scope === 'team') return called;
  const words = sheet.rows.map((row) => canonicalAlias(row.fields[sheet.header[0]!] ?? ''));
  const others = [...new Set(words)].filter((word) => !called.has(word));
  for (const [word, ids] of await readPeopleCalled(deps.sql, orgId, others)) {
    for (const id of ids) call(called, word, id);
  }
  return called;
}

function call(called: Map<string, Set<string>>, word: string, id: string): void {
  const key = canonicalAlias(word);
  if (key === '') return;
  const ids = called.get(key) ?? new Set();
  called.set(key, ids.add(id));
}

function whoIs(
  ids: ReadonlySet<string> | undefined,
  scope: 'person' | 'team',
): { id: string } | { code: string; detail: string } {
  const [id] = ids ?? [];
  if (id === undefined) {
    const whose = scope === 'person' ? 'Nobody' : 'No team';
    return { code: 'unknown', detail: `${whose} is called this. Write a name, e-mail or id.` };
  }
  if (ids!.size === 1) return { id };
  return { code: 'ambiguous', detail: 'More than one is called this. Write the id or e-mail.' };
}

const twice = (first: Cell) => ({
  code: 'twice',
  detail: `Line ${first.line} says it already.`,
});

const nameOf = ({ people, teams }: Entities, id: string): string =>
  (people.get(id) ?? teams.get(id))?.name ?? id;
