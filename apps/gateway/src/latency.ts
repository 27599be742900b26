import { Counter, Histogram, Registry } from 'prom-client';

/** Event-to-glass latency as the screens report it, ms. */
export class Latency {
  readonly #registry = new Registry();
  readonly #histogram = new Histogram({
    name: 'event_to_glass_seconds',
    help: 'From the commit of an event to the painted frame, as acknowledged by screens.',
    buckets: [0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });
  readonly #celebrations = new Counter({
    name: 'celebrations_total',
    help: 'Celebrations as acknowledged by screens.',
    labelNames: ['state'],
    registers: [this.#registry],
  });

  record(glassMs: number): void {
    this.#histogram.observe(glassMs / 1_000);
  }

  acknowledge(state: 'played' | 'skipped'): void {
    this.#celebrations.inc({ state });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
