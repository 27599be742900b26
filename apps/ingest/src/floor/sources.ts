import { freshnessOf, type Calendar, type Instant } from '@ovation/domain';
import type { FloorSourceAnswer } from '@ovation/protocol';
import { inOrg, readArrivals, readSources, type Sql, type Tx } from '@ovation/store';
import { SourceCounts } from '../source-counts.ts';

/** Arrivals of each source from which its rhythm is told. */
const ARRIVALS_KEPT = 60;
/** Events looked at to begin with; whatever spoke before them has no rhythm that matters now. */
const ARRIVALS_READ = 3_000;
/** Organisations remembered. */
const KEPT_MAX = 1_000;
/** What people enter here has no rhythm of its own. */
const OWN = 'settings';
/** Files come when somebody brings them. */
const BY_HAND = 'import';

interface Heard {
  readonly seq: number;
  readonly arrivals: ReadonlyMap<string, readonly Instant[]>;
}

/** How fresh each source is: the log is looked at once, and then only what was added. */
export class SourcePulses {
  readonly #sql: Sql;
  readonly #counts = new SourceCounts();
  readonly #heard = new Map<string, Heard>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  of(orgId: string, calendar: Calendar, now: Instant): Promise<FloorSourceAnswer[]> {
    return inOrg(this.#sql, orgId, async (tx) => {
      const counted = await this.#counts.of(tx, orgId);
      const arrivals = await this.#listen(tx, orgId);
      const open = isOpen(calendar, now);
      return (await readSources(tx, orgId))
        .filter((source) => source.kind !== OWN)
        .map(({ id, name, kind, pausedAt }) => {
          const last = counted.get(id)?.lastAt ?? null;
          const pulse = {
            lastAt: last?.getTime() ?? null,
            arrivals: kind === BY_HAND ? [] : (arrivals.get(id) ?? []),
          };
          return {
            id,
            name,
            kind,
            lastEventAt: last?.toISOString() ?? null,
            paused: pausedAt !== null,
            ...freshnessOf(pulse, now, open && pausedAt === null),
          };
        });
    });
  }

  async #listen(tx: Tx, orgId: string): Promise<Heard['arrivals']> {
    const before = this.#heard.get(orgId) ?? { seq: 0, arrivals: new Map<string, Instant[]>() };
    const rows = await readArrivals(tx, orgId, before.seq, ARRIVALS_READ);
    const arrivals = new Map(before.arrivals);
    for (const { sourceId, at } of [...rows].reverse()) {
      const known = arrivals.get(sourceId) ?? [];
      arrivals.set(sourceId, [...known, at.getTime()].slice(-ARRIVALS_KEPT));
    }
    if (this.#heard.size >= KEPT_MAX) this.#heard.clear();
    this.#heard.set(orgId, { seq: rows[0]?.seq ?? before.seq, arrivals });
    return arrivals;
  }
}

function isOpen(calendar: Calendar, now: Instant): boolean {
  const days = calendar.workDays(calendar.windowOf('day', now));
  return days.some((day) => now >= day.from && now < day.to);
}
