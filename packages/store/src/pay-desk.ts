import { inOrg, type Sql, type Tx } from './connect.ts';
import type { DisputeRow, StatementState } from './pay-statements.ts';

/** A dispute with the statement that it is about. */
export interface DisputeCaseRow extends DisputeRow {
  readonly person: string;
  readonly period: string;
  readonly number: number;
  readonly currency: string;
  readonly statementState: StatementState;
}

const CASES_MAX = 500;

/** Disputes of everybody: the open ones, the longest first, then the decided, the newest first. */
export function readDisputeCases(sql: Sql, orgId: string): Promise<DisputeCaseRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<DisputeCaseRow[]>`
      select d.dispute_id as id, d.statement_id as statement, d.line, d.by_id as "by", d.text,
        d.state, d.created_at, d.decided_at, d.decided_by, d.answer, d.entry_id as entry,
        d.correction, s.person_id as person, s.period_key::text as period, s.number, s.currency,
        s.state as statement_state
      from dispute d
      join statement s on s.org_id = d.org_id and s.statement_id = d.statement_id
      where d.org_id = ${orgId}
      order by d.state <> 'open', case when d.state = 'open' then d.created_at end,
        d.decided_at desc, d.dispute_id
      limit ${CASES_MAX}`,
  );
}

const CORRECTS = [
  ...['deal.amended', 'deal.reassigned', 'deal.split', 'deal.reversed', 'activity.withdrawn'],
  ...['payment.received', 'payment.refunded', 'deal.won'],
];

/** Whether the log has an event by this name (`source/id`, or the id alone) that moves pay. */
export async function isPayCorrection(tx: Tx, orgId: string, name: string): Promise<boolean> {
  const [source, ...rest] = name.split('/');
  const rows = await tx`
    select 1 from event
    where org_id = ${orgId} and type = any (${CORRECTS}::text[])
      and (event_id = ${name} or (source_id = ${source ?? ''} and event_id = ${rest.join('/')}))
    limit 1`;
  return rows.length > 0;
}

/** What is not paid out for now. */
export interface PayHoldRow {
  readonly id: string;
  readonly person: string;
  /** Neither entry nor deal: all that is payable to the person. */
  readonly entry: string | null;
  readonly deal: string | null;
  /** A deal is held in periods that end on or after the first date, and before the second. */
  readonly heldFrom: string | null;
  readonly heldTo: string | null;
  /** Minor units of the entry; `null`: all of it. */
  readonly minor: bigint | null;
  readonly reason: string;
  /** The first date on which it holds no longer. */
  readonly until: string | null;
  readonly by: string;
  readonly createdAt: Date;
  readonly releasedAt: Date | null;
  readonly releasedBy: string | null;
  readonly releaseReason: string | null;
}

const holdColumns = (tx: Tx) => tx`
  hold_id as id, person_id as person, entry_id as entry, deal_key as deal,
  held_from::text as held_from, held_to::text as held_to, amount_minor as minor, reason,
  until_date::text as until, by_id as "by", created_at, released_at, released_by, release_reason`;

const HOLDS_MAX = 1_000;

/** Those that nobody released first, then the others; the newest of each first. */
export function readPayHolds(sql: Sql | Tx, orgId: string): Promise<PayHoldRow[]> {
  const read = async (tx: Tx) => tx<PayHoldRow[]>`
    select ${holdColumns(tx)} from pay_hold
    where org_id = ${orgId}
    order by released_at is not null, created_at desc, hold_id
    limit ${HOLDS_MAX}`;
  return 'reserve' in sql ? inOrg(sql, orgId, read) : read(sql);
}

/** All holds of deals there ever were: figures of every period depend on them. */
export async function readDealHolds(tx: Tx, orgId: string): Promise<PayHoldRow[]> {
  return tx<PayHoldRow[]>`
    select ${holdColumns(tx)} from pay_hold
    where org_id = ${orgId} and deal_key is not null
    order by created_at, hold_id`;
}

export async function lockPayHold(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<PayHoldRow | undefined> {
  const [row] = await tx<PayHoldRow[]>`
    select ${holdColumns(tx)} from pay_hold
    where org_id = ${orgId} and hold_id = ${id} for update`;
  return row;
}

export async function addPayHold(
  tx: Tx,
  orgId: string,
  row: Omit<PayHoldRow, 'heldTo' | 'createdAt' | 'releasedAt' | 'releasedBy' | 'releaseReason'>,
): Promise<void> {
  await tx`
    insert into pay_hold
      (org_id, hold_id, person_id, entry_id, deal_key, held_from, amount_minor, reason, until_date,
        by_id)
    values (${orgId}, ${row.id}, ${row.person}, ${row.entry}, ${row.deal},
      ${row.heldFrom}::text::date,
      ${row.minor === null ? null : String(row.minor)}, ${row.reason},
      ${row.until}::text::date, ${row.by})`;
}

/** From now on it holds nothing. */
export async function releasePayHold(
  tx: Tx,
  orgId: string,
  row: Pick<PayHoldRow, 'id' | 'heldTo'> & { readonly by: string; readonly reason: string },
): Promise<void> {
  const { id, by, reason, heldTo } = row;
  await tx`
    update pay_hold
    set released_at = clock_timestamp(), released_by = ${by}, release_reason = ${reason},
      held_to = ${heldTo}::text::date
    where org_id = ${orgId} and hold_id = ${id}`;
}

/** Whether the log told of a deal by this key. */
export async function isDeal(tx: Tx, orgId: string, deal: string): Promise<boolean> {
  const rows = await tx`select 1 from deal where org_id = ${orgId} and deal_key = ${deal}`;
  return rows.length > 0;
}
