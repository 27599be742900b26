import type { FactGroup } from '@ovation/domain';
import {
  readGroups,
  readPaidGroups,
  readPaymentDeals,
  readTouchedGroups,
  type Sql,
} from '@ovation/store';
import { FactsRead } from './facts.ts';

/** Organisations whose deals are kept in memory, the ones asked for last. */
const KEPT_ORGANISATIONS = 16;
/** Past so many events all groups are read anew. */
const CATCH_UP_EVENTS_MAX = 20_000;

/** Deals that were ever won, payments, and for which deal each payment was made. */
export interface PaidDeals {
  readonly seq: number;
  readonly groups: ReadonlyMap<string, FactGroup>;
  readonly dealOf: ReadonlyMap<string, string>;
  /** What was read of them. */
  readonly read: FactsRead;
}

/**
 * Everything said of deals and payments, kept up to date by what came since: a figure is asked for
 * after every event, and all deals are not read for each.
 */
export class PaidGroups {
  readonly #sql: Sql;
  readonly #kept = new Map<string, Promise<PaidDeals>>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** As they stand at `seq`, which is folded. The map is shared: nobody writes into it. */
  async at(orgId: string, seq: number): Promise<PaidDeals> {
    const before = this.#kept.get(orgId);
    const next = this.#next(orgId, seq, before);
    this.#kept.delete(orgId);
    this.#kept.set(orgId, next);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_ORGANISATIONS) this.#kept.delete(oldest!);
    try {
      return await next;
    } catch (error) {
      if (this.#kept.get(orgId) === next) this.#kept.delete(orgId);
      throw error;
    }
  }

  async #next(
    orgId: string,
    seq: number,
    before: Promise<PaidDeals> | undefined,
  ): Promise<PaidDeals> {
    const kept = await before?.catch(() => undefined);
    const sql = this.#sql;
    if (!kept || seq - kept.seq > CATCH_UP_EVENTS_MAX) {
      const groups = await readPaidGroups(sql, orgId);
      const dealOf = await readPaymentDeals(sql, orgId, { after: 0, until: seq });
      return { seq, groups, dealOf, read: new FactsRead() };
    }
    if (seq <= kept.seq) return kept;
    const span = { after: kept.seq, until: seq };
    const keys = await readTouchedGroups(sql, orgId, span);
    if (keys.length === 0) return { ...kept, seq };
    const groups = new Map(kept.groups);
    const read = await readGroups(sql, orgId, keys);
    for (const [key, group] of read) if (isWorthPay(group)) groups.set(key, group);
    const dealOf = new Map([...kept.dealOf, ...(await readPaymentDeals(sql, orgId, span))]);
    return { seq, groups, dealOf, read: kept.read };
  }
}

const WORTH_PAY: ReadonlySet<string> = new Set([
  'deal.won',
  'payment.received',
  'payment.refunded',
]);
const isWorthPay = ({ facts }: FactGroup): boolean => facts.some(({ type }) => WORTH_PAY.has(type));
