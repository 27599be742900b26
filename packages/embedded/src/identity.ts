import { chown, lchown, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `nobody` on Linux, by number: no user has to exist, and none is created. */
const NOBODY = 65_534;

/** Whom a server runs as; `undefined` means as we do. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Postgres refuses to run as root, so root hands it to nobody, or to the ordinary user who already
 * owns the folder (so that the same folder also works without root). Others run it as themselves.
 */
export async function identityFor(folder: string): Promise<Identity | undefined> {
  if (!isRoot()) return undefined;
  const owner = await stat(folder).catch(() => undefined);
  return owner && owner.uid !== 0
    ? { uid: owner.uid, gid: owner.gid }
    : { uid: NOBODY, gid: NOBODY };
}

/** Whether that identity may pass through every folder above the path. The path need not exist. */
export async function canReach(path: string, identity: Identity | undefined): Promise<boolean> {
  if (!identity) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found && !mayEnter(found, identity)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(
  folder: { readonly mode: number; readonly uid: number; readonly gid: number },
  { uid, gid }: Identity,
): boolean {
  if (folder.uid === uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** Creates the folder where needed and gives it, not what is in it, to the identity. */
export async function ownFolder(
  path: string,
  mode: number,
  identity: Identity | undefined,
): Promise<void> {
  await mkdir(path, { recursive: true, mode });
  if (identity) await chown(path, identity.uid, identity.gid);
}

/** Gives the folder and everything below it to the identity, links themselves and not their aims. */
export async function ownTree(path: string, identity: Identity | undefined): Promise<void> {
  if (!identity) return;
  await lchown(path, identity.uid, identity.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await ownTree(child, identity);
    else await lchown(child, identity.uid, identity.gid);
  }
}
