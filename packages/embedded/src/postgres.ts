import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinaries, type Binaries } from './binaries.ts';
import {
  DATABASE,
  ensureCluster,
  reachableFolder,
  readPassword,
  spawnOptions,
  SUPERUSER,
} from './cluster.ts';
import { identityFor, ownFolder, type Identity } from './identity.ts';
import { readPostmasterFile, stopOrphan } from './orphan.ts';
import { freePort } from './port.ts';

export interface PostgresOptions {
  /** Created if missing. Holds the cluster, its log and the superuser's password. */
  readonly folder: string;
  /** `false` only in tests: a power cut may then lose or break the data. Default `true`. */
  readonly durable?: boolean;
  /** TCP port of 127.0.0.1; default any free one. */
  readonly port?: number;
}

export interface EmbeddedPostgres {
  /** `postgres://user:password@127.0.0.1:port/ovation`; the user is superuser. */
  readonly url: string;
  readonly pid: number;
  /** Where the data is: the folder asked for, or a reachable one where root asked for a closed one. */
  readonly dataFolder: string;
  /** Fast shutdown: open transactions are rolled back. To be called last; twice is harmless. */
  stop(): Promise<void>;
}

const POLL_MS = 20;
/** Crash recovery of a large cluster comes before "ready". */
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
/** Another process can take a free port between our look and Postgres' bind. */
const PORT_ATTEMPTS = 3;
/** A young log grows a thousandfold in minutes: its statistics must keep up, or plans go wrong. */
const ALWAYS = ['timezone=UTC', 'logging_collector=off', 'autovacuum_naptime=1s'];
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

interface Place {
  readonly folder: string;
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
}

/**
 * Starts Postgres on the folder, making the cluster first where there is none, and taking over from
 * a server that a killed process has left behind. Rejects with an `Error` that says what to do:
 * folder in use, folder of another user, no binaries, or the end of Postgres' own log.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const asked = resolve(options.folder);
  const identity = await identityFor(join(asked, 'cluster'));
  const binaries = await findBinaries(identity);
  const folder = await reachableFolder(asked, identity);
  // Root keeps the folder itself, with its password; only the cluster goes to the server's user.
  await ownFolder(folder, identity ? 0o711 : 0o700, undefined);
  await stopOrphan(join(folder, 'cluster'), join(folder, 'keeper.pid'));
  const password = await readPassword(folder);
  const cluster = await ensureCluster(folder, password, binaries, identity);
  const place: Place = { folder, cluster, binaries, identity };
  const { child, port } = await startOnPort(place, options);
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    pid: child.pid ?? 0,
    dataFolder: folder,
    stop: stopper(child, place),
  };
}

async function startOnPort(place: Place, options: PostgresOptions) {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const child = await launch(place, port, options.durable ?? true);
    await writeFile(join(place.folder, 'keeper.pid'), `${process.pid}\n`);
    if (await isReady(child, place.cluster)) return { child, port };
    const log = await readFile(join(place.folder, 'postgres.log'), 'utf8').catch(() => '');
    const portTaken = /could not bind|Address already in use/.test(log);
    if (portTaken && options.port === undefined && attempt < PORT_ATTEMPTS) continue;
    throw new Error(`Postgres did not start on ${place.folder}:\n${log.slice(-2_000)}`);
  }
}

async function launch(place: Place, port: number, durable: boolean): Promise<ChildProcess> {
  const { folder, cluster, binaries, identity } = place;
  const logPath = join(folder, 'postgres.log');
  await rename(logPath, `${logPath}.1`).catch(() => undefined);
  const log = await open(logPath, 'w', 0o600);
  const settings = [...ALWAYS, ...(durable ? [] : NOT_DURABLE)];
  const child = spawn(
    binaries.postgres,
    [
      ...['-D', cluster, '-p', String(port), '-k', '', '-h', '127.0.0.1'],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    {
      ...spawnOptions(binaries, identity),
      cwd: cluster,
      stdio: ['ignore', log.fd, log.fd],
      // Its own session: Ctrl-C goes to us, who drain first, and not to Postgres at the same time.
      detached: process.platform !== 'win32',
      windowsHide: true,
    },
  );
  try {
    await new Promise<void>((done, failed) => {
      child.once('spawn', done);
      child.once('error', failed);
    });
  } finally {
    await log.close();
  }
  return child;
}

async function isReady(child: ChildProcess, cluster: string): Promise<boolean> {
  for (let waited = 0; waited < READY_TIMEOUT_MS; waited += POLL_MS) {
    if (hasEnded(child)) return false;
    const file = await readPostmasterFile(cluster);
    const ours = process.platform === 'win32' || file?.pid === child.pid;
    if (file?.ready && ours) return true;
    await sleep(POLL_MS);
  }
  child.kill('SIGQUIT');
  return false;
}

function stopper(child: ChildProcess, place: Place): () => Promise<void> {
  // By the `exit` event nothing of ours can run any more, so nothing is cut short by this: a
  // process that ends without `stop` leaves no server behind, save when it is killed outright.
  const atExit = () => child.kill('SIGINT');
  process.once('exit', atExit);
  child.once('exit', () => process.off('exit', atExit));

  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stop(child, place));
}

async function stop(child: ChildProcess, { cluster, binaries }: Place): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast']);
    return;
  }
  if (hasEnded(child)) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(late);
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
