import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startPostgres } from './index.ts';
import { isRoot } from './identity.ts';
import { goneWithin } from './orphan.ts';

const FIXTURE = fileURLToPath(new URL('./child.fixture.ts', import.meta.url));
const NOBODY = 65_534;
/** `daemon` on Linux and macOS: initdb wants its user to have a name. */
const ORDINARY = 1;

let home: string;
let folder: string;
const undo: (() => unknown)[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ovation-embedded-'));
  await chmod(home, 0o755);
  folder = join(home, 'postgres');
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await rm(home, { recursive: true, force: true });
});

async function start() {
  const running = await startPostgres({ folder, durable: false });
  undo.push(running.stop);
  return running;
}

async function parentProcess(as: { uid?: number; gid?: number } = {}) {
  const parent = spawn(process.execPath, ['--import', 'tsx', FIXTURE, folder, 'test'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...as,
  });
  undo.push(() => parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, ...(JSON.parse(line.toString()) as { url: string; pid: number }) };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

const ended = (child: ChildProcess) => once(child, 'exit');

/** Under load a start takes seconds. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

test('a first start makes a cluster with our database, reachable from this machine alone', async () => {
  const running = await start();
  expect(running.dataFolder).toBe(folder);
  const shown = await query(
    running.url,
    `select current_database() as database, current_user as "user",
       current_setting('listen_addresses') as listens, current_setting('server_encoding') as encoding,
       current_setting('unix_socket_directories') as sockets`,
  );
  expect(shown).toEqual([
    { database: 'ovation', user: 'app', listens: '127.0.0.1', encoding: 'UTF8', sockets: '' },
  ]);
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
});

test('a wrong password is refused', async () => {
  const { url } = await start();
  const wrong = url.replace(/app:[^@]+@/, 'app:wrong@');
  await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
});

test('data survives a stop and a start, and stopping twice is harmless', async () => {
  const first = await start();
  await query(first.url, `create table deal as select 'opp-1' as id`);
  await first.stop();
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'select id from deal')).toEqual([{ id: 'opp-1' }]);
});

test('a server left behind by a killed process is taken over, with its data', async () => {
  const { parent, url, pid } = await parentProcess();
  await query(url, `create table deal as select 'opp-2' as id`);
  parent.kill('SIGKILL');
  await ended(parent);
  expect(await goneWithin(pid, 0)).toBe(false);

  const next = await start();
  expect(next.pid).not.toBe(pid);
  expect(await query(next.url, 'select id from deal')).toEqual([{ id: 'opp-2' }]);
});

test('a folder that a living process uses is refused, and that one is left alone', async () => {
  const { parent, url } = await parentProcess();
  await expect(start()).rejects.toThrow(`in use by process ${parent.pid}`);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a draft that a kill during initdb has left is thrown away', async () => {
  await mkdir(join(folder, 'cluster.new-half', 'base'), { recursive: true });
  await start();
  expect((await readdir(folder)).filter((name) => name.startsWith('cluster'))).toEqual(['cluster']);
});

test('a parent that ends its work stops the server last, and leaves no process', async () => {
  const { parent, pid } = await parentProcess();
  parent.stdin?.end();
  await ended(parent);
  expect(await goneWithin(pid, 1_000)).toBe(true);
});

describe.skipIf(!isRoot())('as root', () => {
  test('the server runs as nobody', async () => {
    const { pid } = await start();
    expect((await stat(`/proc/${pid}`)).uid).toBe(NOBODY);
  });

  test('a fresh temporary folder, closed to others, is used as it is', async () => {
    folder = await mkdtemp(join(home, 'closed-'));
    expect((await start()).dataFolder).toBe(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o711);
  });

  test('a folder that nobody can reach leads to a reachable one, named in it', async () => {
    await chmod(home, 0o700);
    const running = await start();
    undo.unshift(() => rm(running.dataFolder, { recursive: true, force: true }));
    expect(running.dataFolder).not.toBe(folder);
    expect((await readFile(join(folder, 'WHERE'), 'utf8')).trim()).toBe(running.dataFolder);
    expect(await query(running.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('an ordinary user starts it too, and root can follow on the same folder', async () => {
    folder = join(home, 'own', 'postgres');
    await mkdir(dirname(folder));
    await chown(dirname(folder), ORDINARY, ORDINARY);
    const { parent, url, pid } = await parentProcess({ uid: ORDINARY, gid: ORDINARY });
    await query(url, `create table deal as select 'opp-3' as id`);
    expect((await stat(`/proc/${pid}`)).uid).toBe(ORDINARY);
    parent.stdin?.end();
    await ended(parent);

    const next = await start();
    expect((await stat(`/proc/${next.pid}`)).uid).toBe(ORDINARY);
    expect(await query(next.url, 'select id from deal')).toEqual([{ id: 'opp-3' }]);
  });
});
