import {
  applyEvent,
  dealStatus,
  PERIODS,
  waitingFor,
  type Credit,
  type Deal,
  type DealBook,
  type Floor,
  type LogEvent,
} from '@ovation/domain';
import type { DealWrite, RollupMove } from '@ovation/store';

/** What a batch did, net: a credit given and taken back within it leaves no trace. */
export interface BatchResult {
  readonly removed: readonly Credit[];
  readonly added: readonly Credit[];
  readonly deals: readonly DealWrite[];
  readonly settingsChanged: boolean;
}

/** The deals a batch may touch, in memory for as long as the batch lasts. */
export class LentDeals implements DealBook {
  readonly #deals: Map<string, Deal>;
  readonly #keys: Map<string, string>;
  readonly touched = new Set<string>();

  constructor(deals: Map<string, Deal>, keys: Map<string, string>) {
    this.#deals = deals;
    this.#keys = keys;
  }

  get(key: string): Deal | undefined {
    return this.#deals.get(key);
  }

  set(key: string, deal: Deal): void {
    this.#deals.set(key, deal);
    this.touched.add(key);
  }

  dealOf(eventKey: string): string | undefined {
    return this.#keys.get(eventKey);
  }
}

/** The keys under which a batch will look for deals, and the events it takes back. */
export function dealsNeeded(batch: readonly LogEvent[]): { keys: string[]; reversed: string[] } {
  const keys = new Set<string>();
  const reversed = new Set<string>();
  for (const event of batch) {
    if ('deal' in event && event.deal !== undefined)
      keys.add(event.deal).add(waitingFor(event.key));
    if (event.type === 'deal.reversed' && event.reverses !== undefined) {
      reversed.add(event.reverses);
      keys.add(waitingFor(event.reverses));
    }
  }
  return { keys: [...keys], reversed: [...reversed] };
}

/** Folds a batch; `each` sees the floor right after every event. */
export function foldBatch(
  floor: Floor,
  lent: LentDeals,
  batch: readonly LogEvent[],
  each: (event: LogEvent) => void = () => undefined,
): BatchResult {
  const removed = new Map<string, Credit>();
  const added = new Map<string, Credit>();
  let settingsChanged = false;
  for (const event of batch) {
    const change = applyEvent(floor, lent, event);
    settingsChanged ||= change.settings;
    for (const credit of change.removed) {
      if (!added.delete(keyOf(credit))) removed.set(keyOf(credit), credit);
    }
    for (const credit of change.added) added.set(keyOf(credit), credit);
    each(event);
  }
  for (const [key, credit] of added) {
    const before = removed.get(key);
    if (before === undefined || !sameCredit(before, credit)) continue;
    removed.delete(key);
    added.delete(key);
  }
  return {
    removed: [...removed.values()],
    added: [...added.values()],
    deals: [...lent.touched].map((key) => dealWrite(key, lent.get(key)!)),
    settingsChanged,
  };
}

const keyOf = (credit: Credit): string => `${credit.metric}|${credit.person}|${credit.fact}`;

const sameCredit = (a: Credit, b: Credit): boolean =>
  a.value === b.value && a.at === b.at && a.endedAt === b.endedAt && a.team === b.team;

function dealWrite(key: string, deal: Deal): DealWrite {
  // A reversal that waits for its event is no deal yet.
  if (key.startsWith('?')) return { key, deal, status: 'waiting', stage: null };
  return { key, deal, ...dealStatus(deal) };
}

/** How far the totals of every period moved. */
export function rollupMoves(floor: Floor, result: BatchResult): RollupMove[] {
  const moves = new Map<string, { -readonly [K in keyof RollupMove]: RollupMove[K] }>();
  const move = (credit: Credit, sign: 1 | -1) => {
    if (credit.endedAt !== null) return;
    for (const period of PERIODS) {
      const window = floor.calendar.windowOf(period, credit.at).key;
      for (const entity of floor.entitiesOf(credit)) {
        const key = `${credit.metric}|${period}|${window}|${entity}`;
        const known = moves.get(key) ?? {
          metric: credit.metric,
          period,
          window,
          entity,
          value: 0n,
          credits: 0,
        };
        known.value += sign === 1 ? credit.value : -credit.value;
        known.credits += sign;
        moves.set(key, known);
      }
    }
  };
  for (const credit of result.removed) move(credit, -1);
  for (const credit of result.added) move(credit, 1);
  return [...moves.values()].filter((one) => one.value !== 0n || one.credits !== 0);
}
