import { countEventsAfter, type SourceCount, type Tx } from '@ovation/store';

/** Organisations whose counts are remembered. */
const COUNTED_MAX = 1_000;

/** Events of each source: the log is counted once, and from then on only what was added. */
export class SourceCounts {
  readonly #known = new Map<string, ReadonlyMap<string, SourceCount>>();

  async of(tx: Tx, orgId: string): Promise<ReadonlyMap<string, SourceCount>> {
    const before = this.#known.get(orgId) ?? new Map<string, SourceCount>();
    const head = Math.max(0, ...[...before.values()].map((one) => one.lastSeq));
    const counts = new Map(before);
    for (const added of await countEventsAfter(tx, orgId, head)) {
      const events = added.events + (before.get(added.sourceId)?.events ?? 0);
      counts.set(added.sourceId, { ...added, events });
    }
    if (this.#known.size >= COUNTED_MAX) this.#known.clear();
    this.#known.set(orgId, counts);
    return counts;
  }
}
