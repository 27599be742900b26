import { parse, type CsvError } from 'csv-parse';
import type { ImportFile } from './ports.ts';

/** One data row; `line` is the last line of the row in the file, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a first look at a file tells. */
export interface CsvHead {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** Lines after the header that are not empty; more than the rows where a field has line breaks. */
  readonly lines: number;
}

const DELIMITERS = [',', ';', '\t'] as const;
/** A row of a CRM export has a few hundred characters; an unclosed quote would swallow the file. */
const ROW_CHARACTERS_MAX = 131_072;
const LINE_FEED = 10;

/** Reads the file once for its header, its delimiter and its size in lines. */
export async function readHead(file: ImportFile): Promise<CsvHead> {
  let first = '';
  let lines = 0;
  let last = LINE_FEED;
  for await (const part of file.open() as AsyncIterable<Buffer>) {
    if (!first.includes('\n') && first.length < ROW_CHARACTERS_MAX) first += part.toString('utf8');
    for (const byte of part) {
      if (byte === LINE_FEED && last !== LINE_FEED) lines += 1;
      if (byte !== 13) last = byte;
    }
  }
  if (last !== LINE_FEED) lines += 1;
  const text = first.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const delimiter = DELIMITERS.toSorted(
    (a, b) => text.split(b).length - text.split(a).length,
  )[0] as string;
  return { header: await parseLine(text, delimiter), delimiter, lines: Math.max(lines - 1, 0) };
}

async function parseLine(text: string, delimiter: string): Promise<string[]> {
  const parser = parse({ delimiter, trim: true, max_record_size: ROW_CHARACTERS_MAX });
  parser.end(text);
  try {
    for await (const record of parser as AsyncIterable<string[]>) return record;
  } catch {
    return [text.slice(0, 80)];
  }
  return [];
}

/**
 * The rows of a CSV in order, one at a time. Quotes are strict and a row with too many or too few
 * fields is left out; `onBadRow` hears of each. Throws only what reading the file throws.
 */
export async function* readRows(
  file: ImportFile,
  delimiter: string,
  onBadRow: (line: number, detail: string) => void,
): AsyncGenerator<CsvRow> {
  const source = file.open();
  const parser = parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    trim: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: ROW_CHARACTERS_MAX,
    on_skip: (error) => {
      onBadRow(lineOf(error), error?.message ?? 'unreadable row');
      return undefined;
    },
  });
  source.once('error', (error) => parser.destroy(error));
  try {
    for await (const { info, record } of source.pipe(parser) as AsyncIterable<{
      info: { lines: number };
      record: Record<string, string>;
    }>) {
      yield { line: info.lines, fields: record };
    }
  } catch (error) {
    // What is wrong with the text is a finding; what is wrong with the disk is not.
    if (!isCsvError(error)) throw error;
    onBadRow(lineOf(error), error.message);
  } finally {
    source.destroy();
  }
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

function lineOf(error: CsvError | undefined): number {
  const lines = error?.['lines'] as unknown;
  return typeof lines === 'number' ? lines : 0;
}
