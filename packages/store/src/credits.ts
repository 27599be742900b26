import type { Credit, FixedPeriod } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** What a batch did to the credits: each with the event by which it came or went. */
export interface CreditWrites {
  /** Standing until now. */
  readonly removed: readonly { readonly credit: Credit; readonly by: number }[];
  /** `by` is the event that ended it again within the same batch, or `null`. */
  readonly added: readonly { readonly credit: Credit; readonly by: number | null }[];
}

const iso = (at: number): string => new Date(at).toISOString();

/** Ends credits and gives others. Nothing is deleted, so any past knowledge can be read. */
export async function writeCredits(tx: Tx, orgId: string, writes: CreditWrites): Promise<void> {
  await endCredits(tx, orgId, writes.removed);
  await giveCredits(tx, orgId, writes.added);
}

async function endCredits(tx: Tx, orgId: string, ended: CreditWrites['removed']): Promise<void> {
  if (ended.length === 0) return;
  await tx`
    update credit c
    set gone_seq = gone.seq
    from unnest(
      ${ended.map(({ credit }) => credit.measure)}::text[],
      ${ended.map(({ credit }) => credit.fact)}::text[],
      ${ended.map(({ credit }) => credit.subject)}::text[],
      ${ended.map(({ by }) => by)}::bigint[]
    ) as gone (measure, fact_key, subject_id, seq)
    where c.org_id = ${orgId} and c.measure = gone.measure and c.fact_key = gone.fact_key
      and c.subject_id = gone.subject_id and c.gone_seq is null`;
}

async function giveCredits(tx: Tx, orgId: string, given: CreditWrites['added']): Promise<void> {
  if (given.length === 0) return;
  const column = <T>(of: (credit: Credit) => T): T[] => given.map(({ credit }) => of(credit));
  await tx`
    insert into credit
      (org_id, measure, fact_key, subject_id, person_id, team_id, hint_id, occurred_at, since_at,
       ended_at, value, item, seq, gone_seq)
    select ${orgId}, n.*
    from unnest(
      ${column((one) => one.measure)}::text[],
      ${column((one) => one.fact)}::text[],
      ${column((one) => one.subject)}::text[],
      ${column((one) => one.person)}::text[],
      ${column((one) => one.team)}::text[],
      ${column((one) => one.hint)}::text[],
      ${column((one) => iso(one.at))}::timestamptz[],
      ${column((one) => iso(one.since))}::timestamptz[],
      ${column((one) => (one.endedAt === null ? null : iso(one.endedAt)))}::timestamptz[],
      ${column((one) => String(one.value))}::bigint[],
      ${column((one) => one.item)}::text[],
      ${column((one) => one.seq)}::bigint[],
      ${given.map(({ by }) => by)}::bigint[]
    ) as n`;
}

interface CreditRow {
  readonly measure: string;
  readonly factKey: string;
  readonly subjectId: string;
  readonly personId: string;
  readonly teamId: string | null;
  readonly hintId: string | null;
  readonly occurredAt: Date;
  readonly sinceAt: Date;
  readonly endedAt: Date | null;
  readonly value: bigint;
  readonly item: string | null;
  readonly seq: bigint;
}

/** Which credits: what happened in `[from, to)`, as it was known at an event. */
export interface CreditSpan {
  readonly from: Date;
  readonly to: Date;
  readonly known: number;
}

/** The credits of these measures, oldest first: what a floor is rebuilt from. */
export async function readCredits(
  sql: Sql,
  orgId: string,
  measures: readonly string[],
  each: (credit: Credit) => void,
  span?: CreditSpan,
): Promise<void> {
  await inOrg(sql, orgId, async (tx) => {
    const rows = tx<CreditRow[]>`
      select measure, fact_key, subject_id, person_id, team_id, hint_id, occurred_at, since_at,
        ended_at, value, item, seq
      from credit
      where org_id = ${orgId} and measure = any (${measures as string[]}::text[])
        and ${
          span === undefined
            ? tx`gone_seq is null`
            : tx`occurred_at >= ${span.from} and occurred_at < ${span.to}
                and seq <= ${span.known} and (gone_seq is null or gone_seq > ${span.known})`
        }
      order by occurred_at, fact_key`;
    await rows.cursor(READ_ROWS, (some) => some.forEach((row) => each(toCredit(row))));
  });
}

/** What stands of one person in these measures, oldest first. */
export async function readCreditsOf(
  sql: Sql,
  orgId: string,
  person: string,
  measures: readonly string[],
): Promise<Credit[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<CreditRow[]>`
      select measure, fact_key, subject_id, person_id, team_id, hint_id, occurred_at, since_at,
        ended_at, value, item, seq
      from credit
      where org_id = ${orgId} and person_id = ${person} and gone_seq is null
        and measure = any (${measures as string[]}::text[])
      order by occurred_at, fact_key`,
  );
  return rows.map(toCredit);
}

/** Rows in memory at once while a floor is loaded. */
const READ_ROWS = 10_000;

const toCredit = (row: CreditRow): Credit => ({
  fact: row.factKey,
  measure: row.measure,
  subject: row.subjectId,
  person: row.personId,
  team: row.teamId,
  hint: row.hintId,
  at: row.occurredAt.getTime(),
  since: row.sinceAt.getTime(),
  endedAt: row.endedAt?.getTime() ?? null,
  value: row.value,
  item: row.item,
  seq: Number(row.seq),
});

/** Throws away what was counted in measures that are begun again. */
export async function forgetMeasures(
  tx: Tx,
  orgId: string,
  measures: readonly string[],
): Promise<void> {
  await tx`
    delete from credit where org_id = ${orgId} and measure = any (${measures as string[]}::text[])`;
  await tx`
    delete from rollup where org_id = ${orgId} and measure = any (${measures as string[]}::text[])`;
}

/** A period's total of an entity in a measure, as it is now. */
export interface Rollup {
  readonly measure: string;
  readonly period: FixedPeriod;
  readonly window: string;
  readonly entity: string;
  readonly value: bigint;
  readonly credits: number;
  readonly reachedAt: number;
}

export async function saveRollups(
  tx: Tx,
  orgId: string,
  rollups: readonly Rollup[],
): Promise<void> {
  if (rollups.length === 0) return;
  await tx`
    insert into rollup
      (org_id, measure, period, period_key, entity_id, value, credits, reached_at)
    select ${orgId}, n.*
    from unnest(
      ${rollups.map((one) => one.measure)}::text[],
      ${rollups.map((one) => one.period)}::text[],
      ${rollups.map((one) => one.window)}::text[],
      ${rollups.map((one) => one.entity)}::text[],
      ${rollups.map((one) => String(one.value))}::numeric[],
      ${rollups.map((one) => one.credits)}::integer[],
      ${rollups.map((one) => iso(one.reachedAt))}::timestamptz[]
    ) as n
    on conflict (org_id, measure, period, period_key, entity_id) do update set
      value = excluded.value, credits = excluded.credits, reached_at = excluded.reached_at`;
}

/** Throws totals away: those of these measures, or all. */
export async function forgetRollups(
  tx: Tx,
  orgId: string,
  measures?: readonly string[],
): Promise<void> {
  const some = measures && tx`and measure = any (${measures as string[]}::text[])`;
  await tx`delete from rollup where org_id = ${orgId} ${some ?? tx``}`;
}

/** Which measure answers for a metric's component, and how far a new one is counted. */
export interface MeasureState {
  readonly measure: string;
  /** The metric, or `metric?board`. */
  readonly subject: string;
  readonly component: number;
  readonly fromSeq: number;
  readonly ready: boolean;
  readonly done: number;
  readonly total: number;
}

export async function saveMeasureStates(
  tx: Tx,
  orgId: string,
  states: readonly MeasureState[],
): Promise<void> {
  if (states.length === 0) return;
  await tx`
    insert into measure_state
      (org_id, measure, subject, component, from_seq, ready, done, total)
    select ${orgId}, n.*
    from unnest(
      ${states.map((one) => one.measure)}::text[],
      ${states.map((one) => one.subject)}::text[],
      ${states.map((one) => one.component)}::smallint[],
      ${states.map((one) => one.fromSeq)}::bigint[],
      ${states.map((one) => String(one.ready))}::text[]::boolean[],
      ${states.map((one) => one.done)}::bigint[],
      ${states.map((one) => one.total)}::bigint[]
    ) as n
    on conflict (org_id, measure) do update set
      ready = excluded.ready, done = excluded.done, total = excluded.total`;
}

export async function readMeasureStates(sql: Sql | Tx, orgId: string): Promise<MeasureState[]> {
  const read = (tx: Tx) => tx<
    (Omit<MeasureState, 'fromSeq' | 'done' | 'total'> & {
      fromSeq: bigint;
      done: bigint;
      total: bigint;
    })[]
  >`
    select measure, subject, component, from_seq, ready, done, total
    from measure_state where org_id = ${orgId} order by from_seq, component`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, read) : await read(sql);
  return rows.map((row) => ({
    ...row,
    fromSeq: Number(row.fromSeq),
    done: Number(row.done),
    total: Number(row.total),
  }));
}
