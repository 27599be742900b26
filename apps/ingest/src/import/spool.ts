import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem.ts';
import type { ImportFile } from './ports.ts';

/** All files of one import together. */
export const IMPORT_BYTES_MAX = 64 * 1024 * 1024;
export const IMPORT_FILES_MAX = 12;
const MAPPING_BYTES_MAX = 64 * 1024;
const FIELDS_MAX = 8;
const NAME_CHARACTERS_MAX = 120;

/** What a request brought, on disk: a file is looked at before it is read. */
export interface Spooled {
  readonly files: readonly ImportFile[];
  /** The text of the field `mapping`. */
  readonly mapping: string | undefined;
  /** Deletes the files. */
  remove(): Promise<void>;
}

/**
 * Writes the files of a multipart request, or the one body of `text/csv`, to a temporary folder.
 * Throws a problem for too much, too many or none, and leaves nothing on disk then.
 */
export async function spoolRequest(request: FastifyRequest): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'ovation-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const spool = new Spool(folder);
    if (request.isMultipart()) await spool.takeParts(request);
    else await spool.take('body.csv', request.body as Readable);
    if (spool.files.length === 0) {
      throw new ProblemError('malformed', 'Send at least one CSV file.');
    }
    return { files: spool.files, mapping: spool.mapping, remove };
  } catch (error) {
    await remove();
    throw isTooLarge(error) ? tooLarge() : error;
  }
}

class Spool {
  readonly #folder: string;
  readonly files: ImportFile[] = [];
  mapping: string | undefined;
  #bytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async takeParts(request: FastifyRequest): Promise<void> {
    const limits = {
      files: IMPORT_FILES_MAX,
      fileSize: IMPORT_BYTES_MAX,
      fields: FIELDS_MAX,
      fieldSize: MAPPING_BYTES_MAX,
    };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') await this.take(part.filename, part.file);
      else if (part.fieldname === 'mapping') this.mapping = String(part.value);
    }
  }

  async take(name: string, source: Readable): Promise<void> {
    const path = join(this.#folder, `${this.files.length}.csv`);
    const before = this.#bytes;
    const counted = new Transform({
      transform: (part: Buffer, _encoding, done) => {
        this.#bytes += part.length;
        if (this.#bytes > IMPORT_BYTES_MAX) done(tooLarge());
        else done(null, part);
      },
    });
    await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }));
    this.files.push({
      name: shown(name),
      size: this.#bytes - before,
      open: () => createReadStream(path),
    });
  }
}

/** A name to show, never a path to open. */
const shown = (name: string): string =>
  basename(name)
    .replace(/\p{Cc}/gu, '')
    .slice(0, NAME_CHARACTERS_MAX) || 'unnamed.csv';

const tooLarge = () =>
  new ProblemError(
    'too_large',
    `At most ${IMPORT_FILES_MAX} files of together ${IMPORT_BYTES_MAX / 1024 / 1024} MiB: send the rest ` +
      'in another import. Rows that were sent before are known and do no harm.',
  );

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 413;
