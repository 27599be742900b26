import type { FloorAnswer } from '@ovation/protocol';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { caughtUp } from '../routes/boards.ts';
import type { Charge } from '../team-scope.ts';
import { floorAnswer, type FloorPeriod } from './answer.ts';
import { SourcePulses } from './sources.ts';

/** Everybody who looks at a floor within this time is told the same: it is worked out once. */
const FRESH_MS = 1_000;
/** Answers remembered; past it they are worked out anew. */
const KEPT_MAX = 500;

/** Answers to "how is the floor?", each worked out once for all who ask at about the same time. */
export class Floors {
  readonly #deps: IngestDeps;
  readonly #pulses: SourcePulses;
  readonly #known = new Map<string, { readonly until: number; answer: Promise<FloorAnswer> }>();

  constructor(deps: IngestDeps) {
    this.#deps = deps;
    this.#pulses = new SourcePulses(deps.sql);
  }

  of(orgId: string, period: FloorPeriod, charge: Charge): Promise<FloorAnswer> {
    const key = `${orgId}|${period}|${charge === null ? '' : [...charge].sort().join(',')}`;
    const known = this.#known.get(key);
    if (known && known.until > performance.now()) return known.answer;
    if (this.#known.size >= KEPT_MAX) this.#known.clear();
    const answer = this.#work(orgId, period, charge);
    this.#known.set(key, { until: performance.now() + FRESH_MS, answer });
    answer.catch(() => this.#known.delete(key));
    return answer;
  }

  async #work(orgId: string, period: FloorPeriod, charge: Charge): Promise<FloorAnswer> {
    const { sql, clock } = this.#deps;
    const seq = await caughtUp(sql, orgId);
    const book = await openBook(sql, orgId);
    return floorAnswer(book, this.#pulses, { period, now: clock.now(), seq, charge });
  }
}
