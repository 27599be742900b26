import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { canReach, ownFolder, ownTree, type Identity } from './identity.ts';

export const SUPERUSER = 'app';
export const DATABASE = 'ovation';

const INITDB_TIMEOUT_MS = 120_000;
/** Durable and, for root, always there and reachable; tried in order. */
const REACHABLE_HOMES = ['/var/lib/ovation', '/var/tmp/ovation'];
const run = promisify(execFile);

/**
 * The folder where the data really is: the one asked for, unless root asked for one that no ordinary
 * user can reach. Then it is a reachable one that belongs to it, named in the file `WHERE` inside.
 */
export async function reachableFolder(
  asked: string,
  identity: Identity | undefined,
): Promise<string> {
  const folder = resolve(asked);
  if (identity && (await canReach(folder, identity))) await openFolder(folder);
  if (await canReach(join(folder, 'cluster'), identity)) return folder;
  const name = `${basename(folder)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  await ownFolder(folder, 0o700, undefined);
  for (const home of REACHABLE_HOMES) {
    const place = join(home, name);
    if (!(await canReach(join(place, 'cluster'), identity))) continue;
    try {
      await ownFolder(place, 0o711, undefined);
      await writeFile(join(folder, 'WHERE'), `${place}\n`);
      return place;
    } catch {
      continue;
    }
  }
  throw new Error(
    `Postgres cannot run as root, and no other user can reach ${folder}. Choose a data folder whose ` +
      'parent folders others may enter (chmod o+x), or start as an ordinary user.',
  );
}

/** Lets others pass through our own folder, as a fresh temporary one does not; not list or read it. */
async function openFolder(folder: string): Promise<void> {
  await ownFolder(folder, 0o711, undefined);
  const { mode, uid } = await stat(folder);
  if (uid === process.getuid?.()) await chmod(folder, (mode & 0o777) | 0o011);
}

/** The superuser's password, made on first use and kept beside the cluster for its owner alone. */
export async function readPassword(folder: string): Promise<string> {
  const path = join(folder, 'password');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim()) return kept.trim();
  const password = randomBytes(24).toString('base64url');
  const draft = `${path}.new`;
  await writeFile(draft, `${password}\n`, { mode: 0o600, flush: true });
  await rename(draft, path);
  return password;
}

/**
 * A cluster with our database in it, made if there is none. It is built under a temporary name and
 * renamed, so a kill at any moment leaves a whole cluster or none.
 */
export async function ensureCluster(
  folder: string,
  password: string,
  binaries: Binaries,
  identity: Identity | undefined,
): Promise<string> {
  const cluster = join(folder, 'cluster');
  if (await exists(join(cluster, 'PG_VERSION'))) {
    await checkOwner(cluster, identity);
    return cluster;
  }
  await removeDrafts(folder);
  const draft = join(folder, `cluster.new-${randomBytes(6).toString('hex')}`);
  await ownFolder(draft, 0o700, identity);
  await initialise(draft, password, binaries, identity);
  await createDatabase(draft, binaries, identity);
  await rename(draft, cluster);
  return cluster;
}

async function initialise(
  draft: string,
  password: string,
  binaries: Binaries,
  identity: Identity | undefined,
): Promise<void> {
  const passwordFile = `${draft}.pw`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity) await chown(passwordFile, identity.uid, identity.gid);
  const locale = ['-E', 'UTF8', '--locale=C'];
  const access = ['-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await run(binaries.initdb, ['-D', draft, ...access, ...locale], {
      ...spawnOptions(binaries, identity),
      cwd: draft,
      timeout: INITDB_TIMEOUT_MS,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** In single-user mode, which needs neither a port nor a driver. */
async function createDatabase(
  cluster: string,
  binaries: Binaries,
  identity: Identity | undefined,
): Promise<void> {
  const child = run(binaries.postgres, ['--single', '-D', cluster, 'postgres'], {
    ...spawnOptions(binaries, identity),
    cwd: cluster,
    timeout: INITDB_TIMEOUT_MS,
  });
  child.child.stdin?.end(`create database ${DATABASE}\n`);
  const { stderr } = await child;
  if (/ERROR|FATAL/.test(stderr)) throw new Error(`create database ${DATABASE} failed: ${stderr}`);
}

/** What every program of the cluster is started with. */
export function spawnOptions(binaries: Binaries, identity: Identity | undefined) {
  return { ...(binaries.env && { env: binaries.env }), ...identity };
}

async function checkOwner(cluster: string, identity: Identity | undefined): Promise<void> {
  const { uid } = await stat(cluster);
  if (identity && uid !== identity.uid) return ownTree(cluster, identity);
  const self = process.getuid?.();
  if (identity || self === undefined || uid === self) return;
  throw new Error(
    `${cluster} belongs to user ${uid}, we are ${self}. Start as that user or as root, or run ` +
      `"chown -R ${self} ${cluster}" first.`,
  );
}

async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('cluster.new-')) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
