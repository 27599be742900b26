import { problemOf, sentenceOf } from '$lib/desk/api.ts';
import { words } from '$lib/desk/words.ts';
import { ndjson, type ImportLine, type ImportReport } from './import-stream.ts';

export interface ImportProgress {
  readonly phase: string;
  readonly rows: number;
  readonly of?: number;
}

/** One import from choosing files to its report; trying first is the rule. */
export class ImportRun {
  dryRun = $state(true);
  #files = $state.raw<readonly File[]>([]);
  #progress = $state.raw<ImportProgress | null>(null);
  #report = $state.raw<ImportReport | null>(null);
  #error = $state<string | undefined>();
  #abort: AbortController | null = null;
  #running = $state(false);
  #tr = words();
  #finished: () => void;

  constructor(finished: () => void) {
    this.#finished = finished;
  }

  get files(): readonly File[] {
    return this.#files;
  }

  get progress(): ImportProgress | null {
    return this.#progress;
  }

  get report(): ImportReport | null {
    return this.#report;
  }

  get error(): string | undefined {
    return this.#error;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Adds the CSV files among these; a file of the same name takes the old one's place. */
  add(files: Iterable<File>): void {
    const fresh = [...files].filter((file) => /\.csv$/i.test(file.name));
    this.#error = fresh.length === 0 ? this.#tr.t('noCsv') : undefined;
    const names = new Set(fresh.map((file) => file.name));
    this.#files = [...this.#files.filter((file) => !names.has(file.name)), ...fresh];
    this.#report = null;
  }

  remove(file: File): void {
    this.#files = this.#files.filter((one) => one !== file);
    this.#report = null;
  }

  reset(): void {
    this.#files = [];
    this.#report = null;
    this.#error = undefined;
    this.dryRun = true;
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** The same files again, this time written. */
  forReal(): Promise<void> {
    this.dryRun = false;
    return this.start();
  }

  async start(): Promise<void> {
    if (this.#running || this.#files.length === 0) return;
    this.#running = true;
    this.#error = undefined;
    this.#report = null;
    this.#progress = { phase: '', rows: 0 };
    this.#abort = new AbortController();
    try {
      await this.#send(this.#abort.signal);
    } catch {
      const stopped = this.#abort.signal.aborted;
      this.#error = this.#tr.t(stopped ? 'importStopped' : 'importFailed');
    }
    this.#running = false;
    this.#progress = null;
    this.#finished();
  }

  async #send(signal: AbortSignal): Promise<void> {
    const body = new FormData();
    for (const file of this.#files) body.append('file', file, file.name);
    const response = await fetch(`/v1/imports?dryRun=${this.dryRun}`, {
      method: 'POST',
      headers: { accept: 'application/x-ndjson' },
      body,
      signal,
    });
    if (!response.ok || !response.body) {
      this.#error = sentenceOf(await problemOf(response));
      return;
    }
    for await (const line of ndjson<ImportLine>(response.body)) this.#take(line);
    if (!this.#report && !this.#error) this.#error = this.#tr.t('importFailed');
  }

  #take(line: ImportLine): void {
    if (line.kind === 'progress') this.#progress = line;
    else if (line.kind === 'report') this.#report = line.report;
    else this.#error = sentenceOf({ ...line.problem, status: line.problem.status ?? 0 });
  }
}
