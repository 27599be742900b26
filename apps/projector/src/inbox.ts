import type { LogEvent } from '@ovation/domain';
import type { LogNews } from '@ovation/protocol';
import { readEventsAfter, type Sql } from '@ovation/store';

/** Events folded in one transaction at most. */
const BATCH_MAX = 2_000;
/** News kept while a batch is under way; past it the log is asked instead. */
const PENDING_MAX = 20_000;

/** What is to be folded next: as the doorbell told it or, whenever one was missed, from the log. */
export class Inbox {
  #pending: LogEvent[] = [];
  #askLog = true;

  /** The doorbell rang at a floor that stands at `seq`. */
  hear(news: LogNews, seq: number): void {
    const last = this.#pending.at(-1)?.seq ?? seq;
    const fits = news.from <= last + 1 && this.#pending.length < PENDING_MAX;
    if (news.events && fits) this.#pending.push(...news.events.filter((one) => one.seq > last));
    else if (news.to > last) this.#askLog = true;
  }

  askLog(): void {
    this.#askLog = true;
  }

  /** Nothing that was told counts any more. */
  clear(): void {
    this.#pending = [];
    this.#askLog = true;
  }

  /** The events that follow `seq`, so many as fit into one transaction. */
  async next(sql: Sql, orgId: string, seq: number): Promise<LogEvent[]> {
    this.#pending = this.#pending.filter((event) => event.seq > seq);
    if (this.#pending[0]?.seq === seq + 1) return this.#pending.splice(0, BATCH_MAX);
    if (!this.#askLog && this.#pending.length === 0) return [];
    const batch = await readEventsAfter(sql, orgId, seq, BATCH_MAX);
    this.#askLog = batch.length === BATCH_MAX;
    return batch;
  }

  /** The end of a batch that has to wait. */
  putBack(events: readonly LogEvent[]): void {
    const last = events.at(-1)?.seq;
    if (last === undefined) return;
    const later = this.#pending.filter((event) => event.seq > last);
    const follows = later[0] === undefined || later[0].seq === last + 1;
    this.#pending = follows ? [...events, ...later] : [...events];
    this.#askLog ||= !follows;
  }
}
