import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What a running server leaves for tools beside it. */
export interface ServerNote {
  readonly pid: number;
  readonly url: string;
}

/** The folder in which a one-process house keeps what must outlive it. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  async open(): Promise<void> {
    // Others may pass through: root hands the cluster inside to another user.
    await mkdir(this.path, { recursive: true, mode: 0o711 });
  }

  /** A value made once and kept, readable by its owner only. */
  async secret(name: string, make = () => randomBytes(32).toString('base64url')): Promise<string> {
    const known = await this.read(name);
    if (known !== undefined) return known;
    const value = make();
    await this.write(name, value);
    return value;
  }

  async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.path, name), 'utf8');
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Written whole or not at all. */
  async write(name: string, value: string): Promise<void> {
    const file = join(this.path, name);
    await writeFile(`${file}.new`, value, { mode: 0o600 });
    await chmod(`${file}.new`, 0o600);
    await rename(`${file}.new`, file);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { force: true });
  }

  /** Throws when another server is at work in this folder. */
  async mustBeFree(): Promise<void> {
    const note = await this.read('server.json');
    if (note === undefined) return;
    const { url, pid } = JSON.parse(note) as ServerNote;
    if (!isAlive(pid)) return;
    const answer = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => undefined,
    );
    if (answer?.ok) {
      throw new Error(
        `Ovation already runs on this data (${url}, process ${pid}). ` +
          'Stop it first, or choose another folder with OVATION_DATA.',
      );
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
