import type { IncomingEvent, Problem } from '@ovation/protocol';
import { retryAfterOf, waitBefore } from './backoff.ts';
import { BATCH_BYTES, BATCH_EVENTS, batchText, fitting, type Waiting } from './batch.ts';
import { ClientClosed, EventRefused, QueueFull, SendFailed } from './errors.ts';

/** What the house stored. */
export interface Receipt {
  readonly id: string;
  /** Its place in the log. */
  readonly seq: number;
  /** It was known already: nothing was stored twice. */
  readonly duplicate: boolean;
}

export interface SenderOptions {
  readonly url: string;
  readonly key: string;
  /** Events that may wait. */
  readonly queueMax: number;
  /** How long the first of a batch waits for others: milliseconds. */
  readonly flushAfterMs: number;
  /** How often an event is tried. */
  readonly tries: number;
  /** How long one request may take: milliseconds. */
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly random: () => number;
  readonly newId: () => string;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Pending extends Waiting {
  readonly done: (receipt: Receipt) => void;
  readonly failed: (error: Error) => void;
}

/** One line of the answer to a batch. */
type Line = Receipt & { readonly status: number; readonly problem?: Problem };

/** What became of a request. */
type Outcome =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'again'; readonly afterMs: number; readonly cause: unknown };

/**
 * Sends events in batches, one after another, in the order in which they were given. Each has its
 * id before the first try, so that however often it is tried it is stored once.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #queue: Pending[] = [];
  readonly #encoder = new TextEncoder();
  readonly #end = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Events that wait or are on their way. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Settles when the event is stored, refused, or was tried often enough. */
  send(event: IncomingEvent): Promise<Receipt> {
    if (this.#closed) return Promise.reject(new ClientClosed());
    const { queueMax } = this.#options;
    if (this.#queue.length >= queueMax) return Promise.reject(new QueueFull(queueMax));
    const id = event.id ?? this.#options.newId();
    const text = JSON.stringify({ ...event, id });
    const bytes = this.#encoder.encode(text).length;
    const receipt = new Promise<Receipt>((done, failed) => {
      this.#queue.push({ id, text, bytes, tries: 0, done, failed });
    });
    this.#wake();
    return receipt;
  }

  /** Sends what waits now; resolves when all of it is settled. */
  async flush(): Promise<void> {
    const last = this.#queue.at(-1);
    while (last && this.#queue.includes(last)) {
      this.#start();
      await this.#running;
    }
  }

  /** Takes nothing more and ends what still waits. */
  end(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#end.abort();
    for (const one of this.#queue.splice(0)) one.failed(new ClientClosed());
  }

  /** Takes nothing more; what waits is still sent. */
  stopTaking(): void {
    this.#closed = true;
  }

  /** A full batch goes at once, the first of another after a moment. */
  #wake(): void {
    if (this.#running) return;
    const full = this.#queue.length >= BATCH_EVENTS || this.#bytes() >= BATCH_BYTES;
    if (full) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), this.#options.flushAfterMs);
  }

  #bytes(): number {
    // Only what may be the last to fill a batch is looked at closely.
    return this.#queue.length < 2 ? 0 : this.#queue.reduce((sum, one) => sum + one.bytes, 0);
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length > 0) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0 && !this.#end.signal.aborted) {
      await this.#sendBatch(this.#queue.slice(0, fitting(this.#queue)));
    }
    // In the same breath as the last look at the queue: what comes next starts anew.
    this.#running = undefined;
  }

  async #sendBatch(batch: readonly Pending[]): Promise<void> {
    for (const one of batch) one.tries += 1;
    const outcome = await this.#post(batch);
    if (this.#end.signal.aborted) return;
    if (outcome.kind === 'lines') return this.#settleLines(batch, outcome.lines);
    if (outcome.kind === 'again') return this.#again(batch, outcome.afterMs, outcome.cause);
    // One bad event may have spoilt the whole body: halves tell which.
    const { status } = outcome.problem;
    if (batch.length > 1 && (status === 400 || status === 413)) {
      for (const one of batch) one.tries -= 1;
      const half = Math.ceil(batch.length / 2);
      await this.#sendBatch(batch.slice(0, half));
      return this.#sendBatch(batch.slice(half));
    }
    for (const one of batch) {
      this.#settle(one, () => one.failed(new EventRefused(one.id, outcome.problem)));
    }
  }

  /** Each event has its own line; what could not be written just now is tried again. */
  async #settleLines(batch: readonly Pending[], lines: readonly Line[]): Promise<void> {
    const late: Pending[] = [];
    for (const [index, one] of batch.entries()) {
      const line = lines[index];
      if (line === undefined || isLater(line.status)) late.push(one);
      else if (line.problem) {
        const { problem } = line;
        this.#settle(one, () => one.failed(new EventRefused(one.id, problem)));
      } else {
        const { id, seq, duplicate } = line;
        this.#settle(one, () => one.done({ id, seq, duplicate }));
      }
    }
    if (late.length > 0) await this.#again(late, 0, new Error('the log could not be written'));
  }

  async #again(batch: readonly Pending[], afterMs: number, cause: unknown): Promise<void> {
    const { tries, random, sleep } = this.#options;
    for (const one of batch.filter((waiting) => waiting.tries >= tries)) {
      this.#settle(one, () => one.failed(new SendFailed(one.id, one.tries, cause)));
    }
    const left = batch.filter((one) => one.tries < tries);
    if (left.length === 0) return;
    const wait = waitBefore(Math.min(...left.map((one) => one.tries)) - 1, afterMs, random);
    await sleep(wait, this.#end.signal);
    // Halves of a spoilt batch stay halves: the rest of the queue does not join them.
    if (!this.#end.signal.aborted) await this.#sendBatch(left);
  }

  #settle(one: Pending, settle: () => void): void {
    const at = this.#queue.indexOf(one);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    settle();
  }

  async #post(batch: readonly Pending[]): Promise<Outcome> {
    const { url, key, timeoutMs } = this.#options;
    try {
      const answer = await this.#options.fetch(new URL('/v1/events', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: batchText(batch),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#end.signal]),
      });
      const text = await answer.text();
      if (answer.status === 200) {
        const { results } = JSON.parse(text) as { results: readonly Line[] };
        return { kind: 'lines', lines: results };
      }
      if (!isLater(answer.status)) return { kind: 'refused', problem: problemOf(answer, text) };
      const afterMs = retryAfterOf(answer.headers.get('retry-after'));
      return { kind: 'again', afterMs, cause: new Error(`answered ${answer.status}`) };
    } catch (cause) {
      return { kind: 'again', afterMs: 0, cause };
    }
  }
}

/** Answers that may be another one a little later. */
const isLater = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

/** What is between us and the house may answer something else than a problem document. */
function problemOf(answer: Response, text: string): Problem {
  const { status, statusText } = answer;
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.detail === 'string') return { ...(problem as Problem), status };
  } catch {
    // Said below.
  }
  const detail = `answered ${status} ${statusText}`.trim();
  return { type: 'about:blank', title: statusText, status, detail };
}
