import type { Aggregate, LogEvent } from '@ovation/domain';
import { asKnown, standing, type TotalsQuery } from './component-totals.ts';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { toLogEvent, type EventRow } from './event-log.ts';

/** Which credits are looked at: those that one component of one entity is made of. */
export interface CreditsQuery extends Pick<
  TotalsQuery,
  'measure' | 'aggregate' | 'timeZone' | 'at' | 'known' | 'of' | 'lines' | 'entity'
> {
  readonly window: TotalsQuery['windows'][number];
  /** Only what this person has of it. */
  readonly person?: string;
  readonly limit: number;
}

/** One credit that stands. */
export interface CreditRow {
  readonly fact: string;
  readonly subject: string;
  readonly person: string;
  readonly value: bigint;
  readonly item: string | null;
  /** What everybody has of the fact in the measure. */
  readonly whole: bigint;
}

const inTotals = ({ window, ...rest }: CreditsQuery): TotalsQuery => ({
  ...rest,
  windows: [window],
});

/** The newest credits first. The order is total and is the one that `latest` goes by. */
const newestFirst = (tx: Tx) =>
  tx`occurred_at desc, fact_key collate "C" desc, subject_id collate "C" desc`;

const onlyOf = (tx: Tx, { person }: CreditsQuery) =>
  person === undefined ? tx`` : tx`where person_id = ${person}`;

/** The newest credits that a component's total is made of. */
export async function readStandingCredits(
  sql: Sql,
  orgId: string,
  query: CreditsQuery,
): Promise<CreditRow[]> {
  const { measure, at, known } = query;
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<CreditRow, 'whole'> & { whole: string })[]>`
      with shown as (
        select fact_key, subject_id, person_id, value, item, occurred_at
        from (${standing(tx, orgId, inTotals(query))}) as counted
        ${onlyOf(tx, query)}
        order by ${newestFirst(tx)}
        limit ${query.limit}
      )
      select fact_key as fact, subject_id as subject, person_id as person, value, item, (
        select sum(c.value)::text from credit c
        where c.org_id = ${orgId} and c.fact_key = shown.fact_key and c.measure = ${measure}
          and c.since_at <= ${at} and (c.ended_at is null or c.ended_at > ${at})
          and ${asKnown(tx, known)}
      ) as whole
      from shown
      order by ${newestFirst(tx)}`,
  );
  return rows.map((row) => ({ ...row, whole: BigInt(row.whole) }));
}

/** What the credits after the newest `limit` come to; `null` when there are none. */
export async function readRestOfCredits(
  sql: Sql,
  orgId: string,
  query: CreditsQuery & { readonly aggregate: Exclude<Aggregate, 'sum' | 'distinct'> },
): Promise<bigint | null> {
  const { aggregate, limit } = query;
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ value: bigint | null }[]>`
      with rest as (
        select value, occurred_at, fact_key, subject_id
        from (${standing(tx, orgId, inTotals(query))}) as counted
        order by ${newestFirst(tx)}
        offset ${limit}
      )
      select value from rest
      order by ${
        aggregate === 'latest'
          ? newestFirst(tx)
          : aggregate === 'min'
            ? tx`value asc`
            : tx`value desc`
      }
      limit 1`,
  );
  return row?.value ?? null;
}

/** A credit that counted once and no longer does. */
export interface EndedRow {
  readonly fact: string;
  readonly subject: string;
  readonly person: string;
  readonly value: bigint;
  /** The event that ended it; `null` where it ended by what happened next (a lost deal). */
  readonly goneSeq: number | null;
  readonly stoppedAt: Date;
  /** What took its place for the same entity. */
  readonly now: bigint | null;
}

/**
 * What an entity had in the window and has no longer: corrected, taken back, given to somebody
 * else, or lost. What was replaced by as much for the same entity (a move of the person, a name
 * matched) is left out. Newest end first.
 */
export async function readEndedCredits(
  sql: Sql,
  orgId: string,
  query: CreditsQuery,
): Promise<EndedRow[]> {
  const { at, known, limit } = query;
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<EndedRow, 'goneSeq'> & { goneSeq: bigint | null })[]>`
      select * from (
        select c.fact_key as fact, c.subject_id as subject, c.person_id as person, c.value,
          c.gone_seq, e.recorded_at as stopped_at, next.value as now
        from credit c
        join event e on e.org_id = ${orgId} and e.seq = c.gone_seq
        left join lateral (
          select n.value from credit n
          where n.org_id = ${orgId} and n.fact_key = c.fact_key and n.measure = c.measure
            and n.subject_id = c.subject_id and n.seq = c.gone_seq
            and ${countsFor(tx, query, 'n')}
          limit 1
        ) next on true
        where ${lookedAt(tx, orgId, query)} and c.gone_seq is not null
          ${known === null ? tx`` : tx`and c.gone_seq <= ${known}`}
          and (c.ended_at is null or c.ended_at > ${at}) and next.value is distinct from c.value
        union all
        select c.fact_key, c.subject_id, c.person_id, c.value, null, c.ended_at, null
        from credit c
        where ${lookedAt(tx, orgId, query)} and c.ended_at <= ${at} and ${asKnown(tx, known)}
      ) ended
      order by stopped_at desc, gone_seq desc nulls last, fact collate "C", subject collate "C"
      limit ${limit}`,
  );
  return rows.map((row) => ({
    ...row,
    goneSeq: row.goneSeq === null ? null : Number(row.goneSeq),
  }));
}

/** Credits of the entity in the window, whether they stand or not. */
function lookedAt(tx: Tx, orgId: string, query: CreditsQuery) {
  const { measure, window, at, person } = query;
  return tx`c.org_id = ${orgId} and c.measure = ${measure}
    and c.occurred_at >= ${window.from} and c.occurred_at < ${window.to}
    and c.since_at <= ${at} and ${countsFor(tx, query, 'c')}
    ${person === undefined ? tx`` : tx`and c.person_id = ${person}`}`;
}

function countsFor(tx: Tx, { of, entity = '', lines = [] }: CreditsQuery, credit: 'c' | 'n') {
  if (of === 'everybody') return tx`true`;
  if (of === 'people') return tx`${tx(credit)}.person_id = ${entity}`;
  const below = lines.filter(([, above]) => above === entity).map(([team]) => team);
  return tx`${tx(credit)}.team_id = any (${below}::text[])`;
}

/** The events of these numbers; those that are not there are left out. */
export async function readEventsAt(
  sql: Sql,
  orgId: string,
  seqs: readonly number[],
): Promise<LogEvent[]> {
  if (seqs.length === 0) return [];
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select seq, source_id, event_id, type, occurred_at, recorded_at, body
      from event where org_id = ${orgId} and seq = any (${seqs as number[]}::bigint[])`,
  );
  return rows.map(toLogEvent);
}

/** What sources call these people whom nobody is matched to yet. */
export async function readSubjectNames(
  sql: Sql,
  orgId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ subject: string; alias: string }[]>`
      select subject_id as subject, min(alias) as alias from alias
      where org_id = ${orgId} and subject_id = any (${subjects as string[]}::text[])
      group by subject_id`,
  );
  return new Map(rows.map((row) => [row.subject, row.alias]));
}
