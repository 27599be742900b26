// A house of its own for a run: fresh folder, free port, gone afterwards.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from './figures.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 300_000;
const STOP_MS = 20_000;

export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'ovation-load-'));
  // A Postgres that root starts runs as somebody else, who passes through here.
  await chmod(folder, 0o711);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts `npm start -- --empty`, with a database of its own or that one, until it answers. */
export async function openHouse({ databaseUrl } = {}) {
  const { folder, remove } = await temporaryFolder();
  const port = await freePort();
  const key = randomBytes(18).toString('base64url');
  const env = {
    ...process.env,
    OVATION_DATA: join(folder, 'data'),
    PORT: String(port),
    HOST: '127.0.0.1',
    OVATION_BOOTSTRAP_KEY: key,
  };
  if (databaseUrl === undefined) delete env.DATABASE_URL;
  else env.DATABASE_URL = databaseUrl;
  const child = spawn(process.execPath, ['tools/start.mjs', '--empty'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(child, `${url}/livez`);
  const close = async () => {
    await stop(child);
    await remove();
  };
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const call = async (method, path, body) => {
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return { url, key, call, close };
}

/** A program of this folder that says its address in its first line. */
export async function openProgram(path, args = []) {
  const child = spawn(process.execPath, [join(ROOT, 'load-tests', path), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) => reject(new Error(`${path} ended with ${code}`)));
  });
  return { url, close: () => stop(child) };
}

async function answers(child, url) {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the house ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  await stop(child);
  throw new Error('the house did not start in time');
}

async function stop(child) {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}
