import type { Findings, Place } from './findings.ts';
import type { ImportPorts, IncomingEvent } from './ports.ts';

/** Events per call of `append`; well below the API's 1,000, so that progress moves. */
export const BATCH_EVENTS = 500;

interface Queued {
  readonly event: IncomingEvent;
  readonly place: Place;
  /** Called once the event is in the log, now or since earlier. */
  readonly onKept: (() => void) | undefined;
}

/** Hands events on in batches and counts what becomes of them. */
export class Appender {
  readonly #ports: ImportPorts;
  readonly #findings: Findings;
  #queue: Queued[] = [];
  readonly counts = { new: 0, duplicate: 0, refused: 0 };

  constructor(ports: ImportPorts, findings: Findings) {
    this.#ports = ports;
    this.#findings = findings;
  }

  async add(event: IncomingEvent, place: Place, onKept?: () => void): Promise<void> {
    this.#queue.push({ event, place, onKept });
    if (this.#queue.length >= BATCH_EVENTS) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    const results = this.#ports.dryRun
      ? batch.map(() => ({ ok: true as const, duplicate: false }))
      : await this.#ports.append(batch.map(({ event }) => event));
    for (const [index, { event, place, onKept }] of batch.entries()) {
      const result = results[index];
      if (!result) throw new Error(`append answered ${results.length} of ${batch.length} events`);
      if (result.ok) {
        this.counts[result.duplicate ? 'duplicate' : 'new'] += 1;
        onKept?.();
      } else {
        this.counts.refused += 1;
        this.#findings.note('refused', result.code, result.detail, place, event.id);
      }
    }
  }
}
