import { inOrg, type Sql, type Tx } from './connect.ts';

/** A stretch of time that is paid together. Keys are ISO dates. */
export interface PayPeriodRow {
  readonly key: string;
  readonly kind: 'month' | 'quarter' | 'half' | 'year';
  readonly from: Date;
  readonly to: Date;
  readonly state: 'open' | 'calculated' | 'closed';
  readonly calculatedAt: Date | null;
  readonly inputHash: string | null;
  readonly resultHash: string | null;
  /** The newest event that the calculation knew. */
  readonly asOfSeq: number | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly reopenedAt: Date | null;
  readonly reopenedBy: string | null;
  readonly reopenReason: string | null;
}

export const PAY_ENTRY_TYPES = [
  'earning',
  'adjustment',
  'spiff',
  'prize',
  'clawback',
  'reserve',
  'reserve_release',
  'draw_advance',
  'draw_recovery',
  'draw_forgiven',
  'carry_in',
  'carry_out',
  'payout',
  'fx_difference',
] as const;
export type PayEntryType = (typeof PAY_ENTRY_TYPES)[number];

/** One movement of the ledger. Dates are the keys of pay periods. */
export interface PayEntry {
  readonly id: string;
  readonly person: string;
  readonly currency: string;
  readonly type: PayEntryType;
  /** Minor units, signed. `draw_forgiven` moves no money: it says what is no longer owed. */
  readonly minor: bigint;
  readonly origin: string;
  readonly posting: string;
  readonly plan: string | null;
  readonly version: number | null;
  readonly component: string | null;
  readonly runHash: string | null;
  readonly trace: unknown;
  readonly reverses: string | null;
  readonly reason: string | null;
  readonly by: string;
  /** Named once: what has posted already does not post again. */
  readonly cause: string;
}
export interface PayEntryRow extends PayEntry {
  readonly place: number;
  readonly at: Date;
}

const within = <T>(sql: Sql | Tx, orgId: string, read: (tx: Tx) => Promise<T>): Promise<T> =>
  'reserve' in sql ? inOrg(sql, orgId, read) : read(sql);

const periodColumns = (tx: Tx) => tx`
  period_key::text as key, kind, from_at as "from", to_at as "to", state, calculated_at, input_hash,
  result_hash, as_of_seq::int as as_of_seq, closed_at, closed_by, reopened_at, reopened_by,
  reopen_reason`;

/** Oldest first. */
export function readPayPeriods(sql: Sql | Tx, orgId: string): Promise<PayPeriodRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<PayPeriodRow[]>`
      select ${periodColumns(tx)} from pay_period where org_id = ${orgId} order by period_key`,
  );
}

/** All pay periods, held until the transaction ends: one calculates or closes at a time. */
export async function lockPayPeriods(tx: Tx, orgId: string): Promise<PayPeriodRow[]> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`pay/${orgId}`}, 0))`;
  return tx<PayPeriodRow[]>`
    select ${periodColumns(tx)} from pay_period
    where org_id = ${orgId} order by period_key for update`;
}

export async function addPayPeriod(
  tx: Tx,
  orgId: string,
  row: Pick<PayPeriodRow, 'key' | 'kind' | 'from' | 'to'>,
): Promise<void> {
  await tx`
    insert into pay_period (org_id, period_key, kind, from_at, to_at)
    values (${orgId}, ${row.key}::text::date, ${row.kind}, ${row.from}, ${row.to})
    on conflict (org_id, period_key) do nothing`;
}

/** Writes the state of a period and what it was calculated from; its dates stay. */
export async function savePayPeriod(tx: Tx, orgId: string, row: PayPeriodRow): Promise<void> {
  await tx`
    update pay_period set
      state = ${row.state}, calculated_at = ${row.calculatedAt}, input_hash = ${row.inputHash},
      result_hash = ${row.resultHash}, as_of_seq = ${row.asOfSeq}, closed_at = ${row.closedAt},
      closed_by = ${row.closedBy}, reopened_at = ${row.reopenedAt},
      reopened_by = ${row.reopenedBy}, reopen_reason = ${row.reopenReason}
    where org_id = ${orgId} and period_key = ${row.key}::text::date`;
}

/** Opens ledgers for people who have none yet; the currency of one that is there stays. */
export async function openLedgers(
  tx: Tx,
  orgId: string,
  people: readonly string[],
  currency: string,
): Promise<void> {
  if (people.length === 0) return;
  await tx`
    insert into payee (org_id, person_id, currency)
    select ${orgId}, p.id, ${currency} from unnest(${people as string[]}::text[]) as p (id)
    order by p.id
    on conflict (org_id, person_id) do nothing`;
}

/**
 * Adds entries; one whose cause is known already is left out. Answers the ids that were new. The
 * database refuses a closed period, another currency, and taking back more than is left.
 */
export async function addPayEntries(
  tx: Tx,
  orgId: string,
  entries: readonly PayEntry[],
): Promise<string[]> {
  const added: string[] = [];
  for (let start = 0; start < entries.length; start += ENTRIES_AT_ONCE) {
    const some = entries.slice(start, start + ENTRIES_AT_ONCE);
    const column = <K extends keyof PayEntry>(key: K) => some.map((one) => one[key]);
    const rows = await tx<{ id: string }[]>`
      insert into pay_entry
        (org_id, entry_id, person_id, currency, type, amount_minor, origin_period, posting_period,
          plan_id, version, component, run_hash, trace, reverses, reason, by_id, cause)
      select ${orgId}, e.id, e.person, e.currency, e.type, e.minor, e.origin::date,
        e.posting::date, e.plan, e.version, e.component, e.run_hash, e.trace::jsonb, e.reverses,
        e.reason, e.by_id, e.cause
      from unnest(
        ${column('id')}::text[], ${column('person')}::text[], ${column('currency')}::text[],
        ${column('type')}::text[], ${some.map((one) => String(one.minor))}::bigint[],
        ${column('origin')}::text[], ${column('posting')}::text[], ${column('plan')}::text[],
        ${column('version')}::int[], ${column('component')}::text[], ${column('runHash')}::text[],
        ${some.map(({ trace }) => (trace === null ? null : JSON.stringify(trace)))}::text[],
        ${column('reverses')}::text[], ${column('reason')}::text[], ${column('by')}::text[],
        ${column('cause')}::text[]
      ) with ordinality as e (id, person, currency, type, minor, origin, posting, plan, version,
        component, run_hash, trace, reverses, reason, by_id, cause, ordinal)
      order by e.ordinal
      on conflict (org_id, cause) do nothing
      returning entry_id as id`;
    added.push(...rows.map((row) => row.id));
  }
  return added;
}

/** Entries in one statement; traces are long. */
const ENTRIES_AT_ONCE = 500;

export interface PayEntriesQuery {
  readonly person?: string;
  readonly origin?: string;
  readonly posting?: string;
  readonly ids?: readonly string[];
  /** Without traces the rows are small. */
  readonly traces?: boolean;
  /** The newest so many; without it, all. */
  readonly limit?: number;
}

/** Entries in the order in which they were posted. */
export async function readPayEntries(
  sql: Sql | Tx,
  orgId: string,
  { person, origin, posting, ids, traces = false, limit }: PayEntriesQuery,
): Promise<PayEntryRow[]> {
  const rows = await within(
    sql,
    orgId,
    async (tx) => tx<(Omit<PayEntryRow, 'place'> & { place: bigint })[]>`
      select entry_id as id, place, person_id as person, currency, type, amount_minor as minor,
        origin_period::text as origin, posting_period::text as posting, plan_id as plan, version,
        component, run_hash, ${traces ? tx`trace` : tx`null as trace`}, reverses, reason,
        by_id as "by", cause, recorded_at as at
      from pay_entry
      where org_id = ${orgId}
        and (${person ?? null}::text is null or person_id = ${person ?? null})
        and (${origin ?? null}::text is null or origin_period = ${origin ?? null}::text::date)
        and (${posting ?? null}::text is null or posting_period = ${posting ?? null}::text::date)
        and (${ids === undefined} or entry_id = any (${(ids ?? []) as string[]}::text[]))
      order by pay_entry.place desc
      limit ${limit ?? null}`,
  );
  return rows.map((row) => ({ ...row, place: Number(row.place) })).reverse();
}

/** What a night's recount found. */
export interface RecountRow {
  readonly day: string;
  readonly periods: number;
  readonly entries: number;
  readonly differenceMinor: bigint;
  readonly differences: readonly unknown[];
  readonly tookMs: number;
  readonly at: Date;
}

/** Writes a recount down; `false` where somebody did so for this day already. */
export async function saveRecount(
  tx: Tx,
  orgId: string,
  row: Omit<RecountRow, 'at'>,
): Promise<boolean> {
  const added = await tx`
    insert into pay_recount
      (org_id, day, periods, entries, difference_minor, differences, took_ms)
    values (${orgId}, ${row.day}::text::date, ${row.periods}, ${row.entries},
      ${String(row.differenceMinor)}, ${tx.json(row.differences as never)}, ${row.tookMs})
    on conflict (org_id, day) do nothing returning 1`;
  return added.length > 0;
}

/** Newest first. */
export function readRecounts(sql: Sql, orgId: string, limit: number): Promise<RecountRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<RecountRow[]>`
      select day::text as day, periods, entries, difference_minor, differences, took_ms, at
      from pay_recount where org_id = ${orgId} order by pay_recount.day desc limit ${limit}`,
  );
}
