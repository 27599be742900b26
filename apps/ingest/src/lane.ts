import type { LogEvent } from '@ovation/domain';
import type { Bus } from '@ovation/bus';
import { logChannel, type LogNews } from '@ovation/protocol';
import { appendEvents, type NewEvent, type Receipt, type Sql } from '@ovation/store';

/** One statement's worth: beyond it a batch gains nothing and answers come later. */
const BATCH_EVENTS_MAX = 500;
const BATCH_BYTES_MAX = 512 * 1024;
/** Queued events past which new ones are turned away rather than kept waiting. */
const QUEUE_MAX = 20_000;
/** A flush larger than this rings without the news: readers ask the log. */
const NEWS_EVENTS_MAX = 1_000;

/** An event on its way into the log, with the form in which readers get it. */
export interface LaneEvent {
  readonly row: NewEvent;
  readonly body: object;
}

export type LaneAnswer = Receipt | { readonly fault: 'poison' | 'unavailable' };

interface Waiting {
  readonly event: LaneEvent;
  readonly resolve: (answer: LaneAnswer) => void;
}

/** Too much is queued: the sender should come back later. */
export class LaneFull extends Error {}

/**
 * The writer of the log. One statement is in flight; whatever arrives meanwhile is the next batch,
 * so an idle system commits at once and a busy one commits in groups. Correctness rests on the row
 * lock in the database, not on there being one lane or one process.
 */
export class Lane {
  readonly #sql: Sql;
  readonly #bus: Bus;
  #queue: Waiting[] = [];
  #draining = false;
  #drained: Promise<void> | undefined;

  constructor(sql: Sql, bus: Bus) {
    this.#sql = sql;
    this.#bus = bus;
  }

  /** Answers once the event is durable. Throws `LaneFull` when it cannot be taken. */
  submit(events: readonly LaneEvent[]): Promise<LaneAnswer[]> {
    if (this.#queue.length + events.length > QUEUE_MAX) throw new LaneFull();
    const answers = events.map(
      (event) => new Promise<LaneAnswer>((resolve) => this.#queue.push({ event, resolve })),
    );
    if (!this.#draining) this.#drained = this.#drain();
    return Promise.all(answers);
  }

  /** Waits until everything accepted is answered. */
  async stop(): Promise<void> {
    while (this.#draining) await this.#drained;
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#queue.length > 0) {
      const batch = this.#take();
      await this.#write(batch);
    }
    // In one turn with the look at the queue: whoever comes next finds either a run or none.
    this.#draining = false;
  }

  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < BATCH_EVENTS_MAX && bytes < BATCH_BYTES_MAX) {
      bytes += this.#queue[count]!.event.row.body.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const receipts = await appendEvents(
        this.#sql,
        batch.map(({ event }) => event.row),
      );
      // Durable by now: a missed ring costs a moment of latency, never an event.
      ring(this.#bus, batch, receipts);
      batch.forEach(({ resolve }, index) => resolve(receipts[index]!));
    } catch (error) {
      if (!isDataError(error)) return batch.forEach(({ resolve }) => resolve(UNAVAILABLE));
      if (batch.length === 1) return batch[0]!.resolve({ fault: 'poison' });
      // One bad row must not fail its neighbours: find it by halves.
      const middle = batch.length >> 1;
      await this.#write(batch.slice(0, middle));
      await this.#write(batch.slice(middle));
    }
  }
}

const UNAVAILABLE = { fault: 'unavailable' } as const;

/** Class 22 (data exception) or 23 (integrity): the row's fault, not the server's. */
function isDataError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23]/.test(code);
}

function ring(bus: Bus, batch: readonly Waiting[], receipts: readonly Receipt[]): void {
  const byOrg = new Map<string, LogEvent[]>();
  batch.forEach(({ event: { row, body } }, index) => {
    const receipt = receipts[index]!;
    if (receipt.duplicate) return;
    const logged = {
      ...body,
      type: row.type,
      seq: receipt.seq,
      key: `${row.sourceId}/${row.eventId}`,
      occurredAt: row.occurredAt === null ? +receipt.recordedAt : Date.parse(row.occurredAt),
      recordedAt: +receipt.recordedAt,
    } as LogEvent;
    const events = byOrg.get(row.orgId);
    if (events) events.push(logged);
    else byOrg.set(row.orgId, [logged]);
  });
  for (const [orgId, events] of byOrg) ringFor(bus, orgId, events);
}

/** Announces events that are in the log, in order of seq. */
export function ringFor(bus: Bus, orgId: string, events: readonly LogEvent[]): void {
  const sorted = [...events].sort((a, b) => a.seq - b.seq);
  const news: LogNews = { from: sorted[0]!.seq, to: sorted.at(-1)!.seq };
  const carried = sorted.length <= NEWS_EVENTS_MAX ? { ...news, events: sorted } : news;
  void bus.publish(logChannel(orgId), carried);
}
