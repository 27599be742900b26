import { openAsBlob } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatReport } from './report-text.ts';
import type { ImportProgress, ImportReport } from './report.ts';

export interface CliIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Whether stdout can redraw a line. */
  readonly isTTY: boolean;
}

export interface CliDefaults {
  readonly url?: string;
  readonly key?: string;
}

const USAGE = `Usage: npm run import -- <folder or csv …> [--dry-run] [--mapping file.json] [--url U] [--key K]

Uploads CSV exports of a CRM. Files are recognised by their header; importing again adds only what is
new. Try --dry-run first: it reports everything and writes nothing.
`;
const LOCAL_URL = 'http://localhost:3000';
const BAR_CHARACTERS = 30;
/** Without a terminal a line is written this often. */
const PLAIN_ROWS = 5_000;

/** What the user can mend; shown without a stack. */
class CliError extends Error {}

/**
 * Runs the import command on its arguments. Resolves with the exit code: 0 where the server took
 * the files and recognised them all, 1 otherwise; what went wrong is on stderr.
 */
export async function runImportCli(
  argv: string[],
  io: CliIo,
  defaults: CliDefaults,
): Promise<number> {
  try {
    return await importFrom(argv, io, defaults);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    io.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function importFrom(argv: string[], io: CliIo, defaults: CliDefaults): Promise<number> {
  const { values, positionals } = readArguments(argv);
  if (values.help || positionals.length === 0) {
    (values.help ? io.stdout : io.stderr).write(USAGE);
    return values.help ? 0 : 1;
  }
  const key = values.key ?? defaults.key;
  if (!key) {
    throw new CliError(
      'An API key is needed: give it with --key or OVATION_API_KEY. The first one is ' +
        'in the data folder of the server, in the file api-key.',
    );
  }
  const url = (values.url ?? defaults.url ?? LOCAL_URL).replace(/\/+$/, '');
  const body = await readForm(positionals, values.mapping);
  const target = `${url}/v1/imports${values['dry-run'] ? '?dryRun=true' : ''}`;
  const headers = { authorization: `Bearer ${key}`, accept: 'application/x-ndjson' };
  const response = await fetch(target, { method: 'POST', headers, body }).catch(
    (error: unknown) => {
      throw new CliError(noAnswer(url, error));
    },
  );
  if (!response.ok || !response.body) throw new CliError(await refusal(response));
  const report = await follow(response.body, io);
  io.stdout.write(formatReport(report));
  return report.files.some(({ role }) => role === null) ? 1 : 0;
}

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        mapping: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function readForm(paths: readonly string[], mapping: string | undefined): Promise<FormData> {
  const form = new FormData();
  if (mapping !== undefined) {
    const text = await readFile(mapping, 'utf8').catch((error: Error) => {
      throw new CliError(`The mapping cannot be read: ${error.message}`);
    });
    form.append('mapping', text);
  }
  for (const path of await csvFiles(paths)) {
    form.append('file', await openAsBlob(path, { type: 'text/csv' }), basename(path));
  }
  return form;
}

async function csvFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new CliError(`There is no ${path}.`);
    if (!found.isDirectory()) {
      files.push(path);
      continue;
    }
    const names = (await readdir(path)).filter((name) => /\.csv$/i.test(name)).toSorted();
    if (names.length === 0) throw new CliError(`There is no .csv file in ${path}.`);
    files.push(...names.map((name) => join(path, name)));
  }
  return files;
}

function noAnswer(url: string, error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  if (cause?.code === 'ECONNREFUSED' || cause?.code === 'ENOTFOUND') {
    return `No server answers at ${url}. Start it with "npm start", or name another with --url.`;
  }
  return `The upload to ${url} failed: ${cause?.message ?? (error as Error).message}`;
}

async function refusal(response: Response): Promise<string> {
  if (response.status === 401) {
    return (
      'The server does not know this API key. Use the one that "npm start" printed on its first run, ' +
      'and give it with --key or OVATION_API_KEY.'
    );
  }
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as {
      detail?: string;
      errors?: { pointer?: string; detail?: string }[];
    };
    const faults = (problem.errors ?? []).map(({ pointer, detail }) => `  ${pointer} ${detail}`);
    return [`Refused (${response.status}): ${problem.detail ?? text}`, ...faults].join('\n');
  } catch {
    return `Refused (${response.status}): ${text.slice(0, 500)}`;
  }
}

type Line =
  | ImportProgress
  | { readonly kind: 'report'; readonly report: ImportReport }
  | { readonly kind: 'problem'; readonly problem: { readonly detail: string } };

async function follow(body: ReadableStream<Uint8Array>, io: CliIo): Promise<ImportReport> {
  for await (const line of readLines(body)) {
    if (line.kind === 'progress') {
      showProgress(line, io);
      continue;
    }
    if (io.isTTY) io.stdout.write('\r\u001b[2K');
    if (line.kind === 'report') return line.report;
    throw new CliError(line.problem.detail);
  }
  throw new CliError(
    'The server stopped before the import was done. Run it again: nothing doubles.',
  );
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = '';
  const parts = body as unknown as AsyncIterable<Uint8Array>;
  try {
    for await (const part of parts) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line) as Line;
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`The connection broke: ${(error as Error).message}. Run it again.`);
  }
}

function showProgress({ phase, rows, of }: ImportProgress, { stdout, isTTY }: CliIo): void {
  const amount = `${rows.toLocaleString('en')}${of ? ` of ${of.toLocaleString('en')}` : ''}`;
  if (isTTY) {
    const share = of ? Math.min(rows / of, 1) : 0;
    const done = Math.round(share * BAR_CHARACTERS);
    const bar = `${'█'.repeat(done)}${'░'.repeat(BAR_CHARACTERS - done)}`;
    stdout.write(`\r\u001b[2K${phase.padEnd(9)} ${bar} ${amount}`);
  } else if (rows === of || (rows > 0 && rows % PLAIN_ROWS === 0)) {
    stdout.write(`${phase}: ${amount} rows\n`);
  }
}
