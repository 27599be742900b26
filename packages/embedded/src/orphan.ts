import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 20;
/** A fast shutdown writes a checkpoint; a slow disk with much unwritten needs a while. */
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const run = promisify(execFile);

/** The lines of `postmaster.pid` that we use. */
export interface PostmasterFile {
  readonly pid: number;
  readonly ready: boolean;
}

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Resolves with whether the process has gone within the time. */
export async function goneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  for (let waited = 0; waited < timeoutMs; waited += POLL_MS) {
    if (!isAlive(pid)) return true;
    await sleep(POLL_MS);
  }
  return !isAlive(pid);
}

/**
 * Stops the server that a killed parent has left on this cluster. Its parent is written down in
 * `keeperFile`; while that one lives and still is the parent, the cluster is in use, and this throws.
 */
export async function stopOrphan(cluster: string, keeperFile: string): Promise<void> {
  const found = await readPostmasterFile(cluster);
  if (!found || !isAlive(found.pid)) return;
  const { parent, name } = await describe(found.pid);
  if (name !== undefined && !/postgres/.test(name)) {
    // The number was given to another program since: Postgres would take it for a rival for ever.
    await rm(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  const keeper = Number(await readFile(keeperFile, 'utf8').catch(() => '0'));
  if (keeper > 0 && keeper === parent && isAlive(keeper)) {
    throw new Error(
      `The data in ${cluster} is in use by process ${keeper}. Stop that one, or choose another data ` +
        'folder with OVATION_DATA.',
    );
  }
  process.kill(found.pid, 'SIGINT');
  if (await goneWithin(found.pid, FAST_SHUTDOWN_MS)) return;
  process.kill(found.pid, 'SIGQUIT');
  if (await goneWithin(found.pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(`Postgres process ${found.pid} on ${cluster} does not stop: end it by hand.`);
}

async function describe(pid: number): Promise<{ parent?: number; name?: string }> {
  if (process.platform === 'win32') return {};
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  if (status) {
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
    return { parent: Number(field('PPid')), name: field('Name') };
  }
  const listed = await run('ps', ['-o', 'ppid=,comm=', '-p', String(pid)]).catch(() => undefined);
  const [, parent, name] = /^\s*(\d+)\s+(.*)$/.exec(listed?.stdout.trim() ?? '') ?? [];
  return parent !== undefined && name !== undefined ? { parent: Number(parent), name } : {};
}
