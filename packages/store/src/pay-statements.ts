import { inOrg, type Sql, type Tx } from './connect.ts';

export const STATEMENT_STATES = ['draft', 'issued', 'approved', 'disputed', 'final'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

/** A picture of somebody's ledger for a period. Issued, it never changes. */
export interface StatementRow {
  readonly id: string;
  readonly person: string;
  readonly period: string;
  readonly number: number;
  readonly state: StatementState;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly snapshot: unknown;
  readonly hash: string;
  readonly createdAt: Date;
  readonly issuedAt: Date | null;
  readonly issuedBy: string | null;
  readonly settledAt: Date | null;
}

/** Somebody's word on something; each step is another person's. */
export interface PayApproval {
  readonly kind: 'statement' | 'plan' | 'payout';
  readonly subject: string;
  readonly step: 0 | 1 | 2;
  readonly by: string;
  readonly at: Date;
}

export interface DisputeRow {
  readonly id: string;
  readonly statement: string;
  readonly line: string | null;
  readonly by: string;
  readonly text: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'withdrawn';
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly answer: string | null;
  readonly entry: string | null;
  readonly correction: string | null;
}

const within = <T>(sql: Sql | Tx, orgId: string, read: (tx: Tx) => Promise<T>): Promise<T> =>
  'reserve' in sql ? inOrg(sql, orgId, read) : read(sql);

const columns = (tx: Tx, snapshot: boolean) => tx`
  statement_id as id, person_id as person, period_key::text as period, number, state, currency,
  total_minor, ${snapshot ? tx`snapshot` : tx`null as snapshot`}, hash, created_at, issued_at,
  issued_by, settled_at`;

/** The newest first; snapshots are left out. */
export function readStatements(
  sql: Sql | Tx,
  orgId: string,
  of: { readonly person?: string; readonly period?: string } = {},
): Promise<StatementRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<StatementRow[]>`
      select ${columns(tx, false)} from statement
      where org_id = ${orgId}
        and (${of.person ?? null}::text is null or person_id = ${of.person ?? null})
        and (${of.period ?? null}::text is null or period_key = ${of.period ?? null}::text::date)
      order by period_key desc, person_id, number desc
      limit ${STATEMENTS_MAX}`,
  );
}

const STATEMENTS_MAX = 20_000;

export async function readStatement(
  sql: Sql,
  orgId: string,
  id: string,
): Promise<StatementRow | undefined> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<StatementRow[]>`
      select ${columns(tx, true)} from statement
      where org_id = ${orgId} and statement_id = ${id}`,
  );
  return row;
}

/** The same, held until the transaction ends. */
export async function lockStatement(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<StatementRow | undefined> {
  const [row] = await tx<StatementRow[]>`
    select ${columns(tx, true)} from statement
    where org_id = ${orgId} and statement_id = ${id} for update`;
  return row;
}

export async function addStatement(
  tx: Tx,
  orgId: string,
  row: Omit<StatementRow, 'createdAt' | 'settledAt'>,
): Promise<void> {
  await tx`
    insert into statement
      (org_id, statement_id, person_id, period_key, number, state, currency, total_minor, snapshot,
        hash, issued_at, issued_by)
    values (${orgId}, ${row.id}, ${row.person}, ${row.period}::text::date, ${row.number},
      ${row.state}, ${row.currency}, ${String(row.totalMinor)},
      ${tx.json(row.snapshot as never)}, ${row.hash}, ${row.issuedAt}, ${row.issuedBy})`;
}

export async function setStatementState(
  tx: Tx,
  orgId: string,
  id: string,
  state: StatementState,
): Promise<void> {
  await tx`
    update statement
    set state = ${state}, settled_at = case when ${state} = 'final' then clock_timestamp() end
    where org_id = ${orgId} and statement_id = ${id}`;
}

/** Adds a word; fails where the same person gave one already or the step was taken. */
export async function addPayApproval(
  tx: Tx,
  orgId: string,
  { kind, subject, step, by }: Omit<PayApproval, 'at'>,
): Promise<void> {
  await tx`
    insert into pay_approval (org_id, subject_kind, subject_id, step, by_id)
    values (${orgId}, ${kind}, ${subject}, ${step}, ${by})`;
}

export function readPayApprovals(
  sql: Sql | Tx,
  orgId: string,
  kind: PayApproval['kind'],
  subjects: readonly string[],
): Promise<PayApproval[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<PayApproval[]>`
      select subject_kind as kind, subject_id as subject, step, by_id as "by", at
      from pay_approval
      where org_id = ${orgId} and subject_kind = ${kind}
        and subject_id = any (${subjects as string[]}::text[])
      order by subject_id, step`,
  );
}

const disputeColumns = (tx: Tx) => tx`
  dispute_id as id, statement_id as statement, line, by_id as "by", text, state, created_at,
  decided_at, decided_by, answer, entry_id as entry, correction`;

/** Disputes of some statements, oldest first. */
export function readDisputes(
  sql: Sql | Tx,
  orgId: string,
  statements: readonly string[],
): Promise<DisputeRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<DisputeRow[]>`
      select ${disputeColumns(tx)} from dispute
      where org_id = ${orgId} and statement_id = any (${statements as string[]}::text[])
      order by created_at, dispute_id`,
  );
}

export async function lockDispute(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<DisputeRow | undefined> {
  const [row] = await tx<DisputeRow[]>`
    select ${disputeColumns(tx)} from dispute
    where org_id = ${orgId} and dispute_id = ${id} for update`;
  return row;
}

export async function addDispute(
  tx: Tx,
  orgId: string,
  row: Pick<DisputeRow, 'id' | 'statement' | 'line' | 'by' | 'text'>,
): Promise<void> {
  await tx`
    insert into dispute (org_id, dispute_id, statement_id, line, by_id, text, state)
    values (${orgId}, ${row.id}, ${row.statement}, ${row.line}, ${row.by}, ${row.text}, 'open')`;
}

export async function settleDispute(
  tx: Tx,
  orgId: string,
  row: Pick<DisputeRow, 'id' | 'state' | 'decidedBy' | 'answer' | 'entry' | 'correction'>,
): Promise<void> {
  await tx`
    update dispute set
      state = ${row.state}, decided_at = clock_timestamp(), decided_by = ${row.decidedBy},
      answer = ${row.answer}, entry_id = ${row.entry}, correction = ${row.correction}
    where org_id = ${orgId} and dispute_id = ${row.id}`;
}

/** What is paid at once. */
export interface PayoutRow {
  readonly id: string;
  readonly period: string;
  readonly state: 'draft' | 'exported';
  readonly createdBy: string;
  readonly createdAt: Date;
  /** The bytes of the export, and their hash. */
  readonly export: string | null;
  readonly exportHash: string | null;
  readonly exportedAt: Date | null;
  readonly lines: readonly PayoutLine[];
}
export interface PayoutLine {
  readonly person: string;
  readonly entry: string;
  readonly minor: bigint;
  readonly currency: string;
}

/** Payouts, the newest first; of all or the one that is named, which is then held. */
export function readPayouts(
  sql: Sql | Tx,
  orgId: string,
  id: string | null = null,
): Promise<PayoutRow[]> {
  return within(sql, orgId, async (tx) => {
    const batches = await tx<Omit<PayoutRow, 'lines'>[]>`
      select batch_id as id, period_key::text as period, state, created_by, created_at, export,
        export_hash, exported_at
      from payout_batch
      where org_id = ${orgId} and (${id}::text is null or batch_id = ${id})
      order by created_at desc, batch_id ${id === null ? tx`` : tx`for update`}`;
    const lines = await tx<(PayoutLine & { batchId: string })[]>`
      select batch_id, person_id as person, entry_id as entry, amount_minor as minor, currency
      from payout_line
      where org_id = ${orgId} and (${id}::text is null or batch_id = ${id})
      order by batch_id, person_id collate "C"`;
    return batches.map((batch) => ({
      ...batch,
      lines: lines.filter((line) => line.batchId === batch.id),
    }));
  });
}

export async function addPayout(
  tx: Tx,
  orgId: string,
  batch: Pick<PayoutRow, 'id' | 'period' | 'createdBy' | 'lines'>,
): Promise<void> {
  await tx`
    insert into payout_batch (org_id, batch_id, period_key, state, created_by)
    values (${orgId}, ${batch.id}, ${batch.period}::text::date, 'draft', ${batch.createdBy})`;
  for (const line of batch.lines) {
    await tx`
      insert into payout_line (org_id, batch_id, person_id, entry_id, amount_minor, currency)
      values (${orgId}, ${batch.id}, ${line.person}, ${line.entry}, ${String(line.minor)},
        ${line.currency})`;
  }
}

/** Keeps the bytes of an export, once. */
export async function saveExport(
  tx: Tx,
  orgId: string,
  id: string,
  { text, hash }: { readonly text: string; readonly hash: string },
): Promise<void> {
  await tx`
    update payout_batch
    set state = 'exported', export = ${text}, export_hash = ${hash},
      exported_at = clock_timestamp()
    where org_id = ${orgId} and batch_id = ${id} and state = 'draft'`;
}
