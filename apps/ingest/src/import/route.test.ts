import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROBLEMS, ProblemError } from '../problem.ts';
import { runImportCli } from './cli.ts';
import { memoryPorts, type MemoryPorts } from './memory-ports.fixture.ts';
import type { ImportReport } from './report.ts';
import { importRoutes } from './route.ts';

const HEADER =
  'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';
const DEALS = `${HEADER}\na,Ana,P,Acme,Won,2026-01-01,2026-01-02,1234567.50\n`;
const TEAMS = 'sales_agent,manager,regional_office\nAna,Mo,West\nBo,Mo,West\n';

let app: FastifyInstance;
let ports: MemoryPorts;
let saved: ImportReport[];

beforeEach(async () => {
  ports = memoryPorts();
  saved = [];
  app = Fastify();
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ProblemError)) return reply.send(error);
    const { status } = PROBLEMS[error.problem];
    return reply.code(status).send({ status, detail: error.message, errors: error.faults });
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const known = request.headers.authorization === 'Bearer key';
    done(known ? undefined : new ProblemError('unauthenticated', 'No.'));
  });
  await app.register(importRoutes, {
    portsFor: async (_request, dryRun) => ({ ...ports, dryRun }),
    save: async (_request, report) => {
      saved.push(report);
      return { id: 'imp_1', startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:01Z' };
    },
    list: async () => saved,
  });
});
afterEach(() => app.close());

const spoolsLeft = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('ovation-import-')).length;

function form(files: Record<string, string>, mapping?: object): FormData {
  const data = new FormData();
  if (mapping) data.append('mapping', JSON.stringify(mapping));
  for (const [name, text] of Object.entries(files)) data.append('file', new Blob([text]), name);
  return data;
}

async function post(body: FormData | string, path = '/v1/imports', headers = {}) {
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const common = { authorization: 'Bearer key', ...headers };
  return fetch(`${url}${path}`, { method: 'POST', body, headers: common });
}

test('files in one form are imported, answered with the saved report, and deleted', async () => {
  const before = await spoolsLeft();
  const response = await post(form({ 'deals.csv': DEALS, 'teams.csv': TEAMS }));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    id: 'imp_1',
    finishedAt: '2026-01-01T00:00:01Z',
    total: { amount: '1234567.50', currency: 'USD' },
    people: { known: 2, created: 2, withoutDeals: ['Bo'] },
  });
  expect(ports.events.size).toBe(2);
  expect(await spoolsLeft()).toBe(before);
});

test('a bare CSV body is one file', async () => {
  const response = await post(DEALS, '/v1/imports?dryRun=true', { 'content-type': 'text/csv' });
  expect(await response.json()).toMatchObject({ dryRun: true, deals: { won: 1 } });
  expect(ports.events.size).toBe(0);
});

test('progress comes line by line, the report last', async () => {
  const response = await post(form({ 'deals.csv': DEALS }), '/v1/imports', {
    accept: 'application/x-ndjson',
  });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = (await response.text()).trim().split('\n');
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds).toEqual(['progress', 'progress', 'report']);
});

test('a failing store is a last line, not a hanging answer', async () => {
  ports.append = () => Promise.reject(new Error('the store is gone'));
  const headers = { accept: 'application/x-ndjson' };
  const text = await (await post(form({ 'd.csv': DEALS }), '/v1/imports', headers)).text();
  expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
    kind: 'problem',
    problem: { status: 500, detail: expect.stringContaining('broke off') as string },
  });
  expect(text).not.toContain('the store is gone');
});

test.each([
  [
    'too many files',
    Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`${n}.csv`, 'a'])),
    413,
  ],
  ['too many bytes', { 'big.csv': 'x'.repeat(64 * 1024 * 1024 + 1) }, 413],
  ['no file', {}, 400],
])('%s are refused and leave nothing on disk', async (_name, files, status) => {
  const before = await spoolsLeft();
  const data = form(files as Record<string, string>);
  data.append('note', 'x');
  expect((await post(data)).status).toBe(status);
  expect(await spoolsLeft()).toBe(before);
});

test('a bad mapping is refused where it is wrong', async () => {
  const response = await post(form({ 'd.csv': DEALS }, { columns: { deal: 'a' }, stages: {} }));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ pointer: '/columns/person' }] });
});

test('other kinds of body are refused', async () => {
  const response = await post('{}', '/v1/imports', { 'content-type': 'application/json' });
  expect(response.status).toBe(415);
});

describe('the command', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ovation-cli-'));
    await writeFile(join(folder, 'deals.csv'), DEALS);
    await writeFile(join(folder, 'notes.txt'), 'not a csv');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(argv: string[], defaults = {}, isTTY = false) {
    const written = { out: '', err: '' };
    const stdout = { write: (text: string) => (written.out += text) };
    const stderr = { write: (text: string) => (written.err += text) };
    const code = await runImportCli(argv, { stdout, stderr, isTTY }, defaults);
    return { code, ...written };
  }
  const listen = () => app.listen({ port: 0, host: '127.0.0.1' });

  test('uploads a folder and prints the report', async () => {
    const { code, out, err } = await run([folder, '--url', await listen(), '--key', 'key']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('pipeline: 1 of 1 rows');
    expect(out).toContain('Deals won            1   1,234,567.50 USD');
    expect(ports.events.size).toBe(2);
  });

  test('draws a bar on a terminal and writes nothing in a dry run', async () => {
    const defaults = { url: await listen(), key: 'key' };
    const { code, out } = await run([folder, '--dry-run'], defaults, true);
    expect(code).toBe(0);
    expect(out).toContain('█'.repeat(30));
    expect(out).toContain('Dry run: nothing was written.');
    expect(ports.events.size).toBe(0);
  });

  test('a file nobody knows makes the exit code 1', async () => {
    await writeFile(join(folder, 'x.csv'), 'colour\nred\n');
    const { code, out } = await run([folder], { url: await listen(), key: 'key' });
    expect(code).toBe(1);
    expect(out).toContain('x.csv: not recognised');
  });

  test.each([
    ['no server', ['FOLDER', '--url', 'http://127.0.0.1:64999'], { key: 'key' }, 'npm start'],
    ['no key', ['FOLDER'], {}, 'An API key is needed'],
    ['no such file', ['nowhere.csv'], { key: 'key' }, 'There is no nowhere.csv.'],
    ['an unknown option', ['FOLDER', '--fast'], { key: 'key' }, "Unknown option '--fast'"],
    ['nothing to import', [], { key: 'key' }, 'Usage:'],
  ])('%s is said plainly', async (_name, argv, defaults, message) => {
    const { code, err } = await run(
      argv.map((one) => (one === 'FOLDER' ? folder : one)),
      defaults,
    );
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  test('a wrong key is named as the reason', async () => {
    const { code, err } = await run([folder], { url: await listen(), key: 'other' });
    expect(code).toBe(1);
    expect(err).toContain('does not know this API key');
  });
});
