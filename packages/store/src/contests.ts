import type { ContestDefinition, ContestState } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** A contest with its words; what it is by now is in the projection's settings. */
export interface ContestRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  /** Of a draft perhaps not whole. */
  readonly definition: Partial<ContestDefinition> & { readonly id: string };
  readonly publishedAt: Date | null;
  readonly startedAt: Date | null;
  /** When its result was decided; a result is changed later only by a manager's word. */
  readonly closedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly ownerId: string | null;
  readonly parentId: string | null;
  readonly updatedAt: Date;
}

const columns = (tx: Tx) => tx`
  contest_id as id, name, names, description, descriptions, definition, published_at, started_at,
  closed_at, cancelled_at, owner_id, parent_id, updated_at`;

export async function readContests(sql: Sql | Tx, orgId: string): Promise<ContestRow[]> {
  const read = (tx: Tx) => tx<ContestRow[]>`
    select ${columns(tx)} from contest
    where org_id = ${orgId} order by created_at desc, contest_id`;
  return 'reserve' in sql ? inOrg(sql, orgId, async (tx) => read(tx)) : read(sql);
}

export async function readContest(
  sql: Sql,
  orgId: string,
  id: string,
): Promise<ContestRow | undefined> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<ContestRow[]>`
      select ${columns(tx)} from contest
      where org_id = ${orgId} and contest_id = ${id}`,
  );
  return row;
}

/** What the log says of contests, as far as it is folded; all of them unless ids are given. */
export async function readContestStates(
  sql: Sql,
  orgId: string,
  ids?: readonly string[],
): Promise<Map<string, ContestState>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ key: string; value: ContestState }[]>`
      select key, value from projection_setting
      where org_id = ${orgId} and kind = 'contests'
        and (${ids === undefined} or key = any (${(ids ?? []) as string[]}::text[]))`,
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** What lists need of a contest: what was settled at its start is counted, not carried. */
export interface ContestOutline {
  readonly state: Omit<ContestState, 'frozen'>;
  /** Entrants; `null` before it has started. */
  readonly entrants: number | null;
  /** Whether somebody plays in it; `null` before it has started. */
  readonly plays: boolean | null;
}

/** Contests in outline; `person`: who asks whether they play. */
export async function readContestOutlines(
  sql: Sql,
  orgId: string,
  person: string | null,
): Promise<Map<string, ContestOutline>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(ContestOutline & { key: string })[]>`
      select key, value - 'frozen' as state,
        jsonb_array_length(value #> '{frozen,entrants}') as entrants,
        case when jsonb_typeof(value -> 'frozen') = 'object' then
          jsonb_path_exists(
            value,
            '$.frozen.entrants[*].members[*] ? (@ == $person)',
            jsonb_build_object('person', ${person ?? ''}::text)
          )
        end as plays
      from projection_setting
      where org_id = ${orgId} and kind = 'contests'`,
  );
  return new Map(rows.map(({ key, ...outline }) => [key, outline]));
}

/** Contests that something is due for by the clock: to start, to end, or to be watched. */
export async function readDueContests(sql: Sql, orgId: string, now: Date): Promise<string[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ id: string }[]>`
      select contest_id as id from contest
      where org_id = ${orgId} and published_at is not null
        and closed_at is null and cancelled_at is null
        and (definition ->> 'from')::bigint <= ${now.getTime()}
        and (started_at is null or definition ? 'guard'
          or (definition ->> 'to')::bigint <= ${now.getTime()})`,
  );
  return rows.map((row) => row.id);
}

/** An event that counts in a contest, with when it was told. */
export interface ToldCredit {
  readonly fact: string;
  readonly person: string;
  readonly value: bigint;
  readonly at: Date;
  readonly recordedAt: Date;
}

/** The credits of some measures in a window, oldest first, with when their events were told. */
export async function readToldCredits(
  sql: Sql,
  orgId: string,
  { measures, from, to }: { readonly measures: readonly string[]; from: Date; to: Date },
): Promise<ToldCredit[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<ToldCredit[]>`
      select c.fact_key as fact, c.person_id as person, c.value, c.occurred_at as at, e.recorded_at
      from credit c
      join event e
        on e.org_id = c.org_id
        and e.source_id = split_part(c.fact_key, '/', 1)
        and e.event_id = substr(c.fact_key, strpos(c.fact_key, '/') + 1)
      where c.org_id = ${orgId} and c.measure = any (${measures as string[]}::text[])
        and c.gone_seq is null and c.occurred_at >= ${from} and c.occurred_at < ${to}
      order by c.occurred_at, c.fact_key`,
  );
}

/** The same, held until the transaction ends: no two change a contest at once. */
export async function lockContest(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<ContestRow | undefined> {
  const [row] = await tx<ContestRow[]>`
    select ${columns(tx)} from contest
    where org_id = ${orgId} and contest_id = ${id} for update`;
  return row;
}

export async function saveContest(
  tx: Tx,
  orgId: string,
  row: Omit<ContestRow, 'updatedAt'>,
): Promise<void> {
  await tx`
    insert into contest
      (org_id, contest_id, name, names, description, descriptions, definition, published_at,
        started_at, closed_at, cancelled_at, owner_id, parent_id)
    values (
      ${orgId}, ${row.id}, ${row.name}, ${tx.json(row.names)}, ${row.description},
      ${tx.json(row.descriptions)}, ${tx.json(row.definition as never)}, ${row.publishedAt},
      ${row.startedAt}, ${row.closedAt}, ${row.cancelledAt}, ${row.ownerId}, ${row.parentId}
    )
    on conflict (org_id, contest_id) do update set
      name = excluded.name, names = excluded.names, description = excluded.description,
      descriptions = excluded.descriptions, definition = excluded.definition,
      published_at = excluded.published_at, started_at = excluded.started_at,
      closed_at = excluded.closed_at, cancelled_at = excluded.cancelled_at,
      updated_at = clock_timestamp()`;
}

/** Throws a draft away; `false` when it is none (any more). */
export async function deleteDraft(tx: Tx, orgId: string, id: string): Promise<boolean> {
  const gone = await tx`
    delete from contest
    where org_id = ${orgId} and contest_id = ${id} and published_at is null returning 1`;
  return gone.length > 0;
}

export async function saveSeed(
  tx: Tx,
  orgId: string,
  { contest, seed }: { readonly contest: string; readonly seed: string },
): Promise<void> {
  await tx`
    insert into contest_seed (org_id, contest_id, seed) values (${orgId}, ${contest}, ${seed})`;
}

/** Seeds by contest. They are nobody's to see before the end. */
export async function readSeeds(sql: Sql, orgId: string): Promise<Map<string, string>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ contestId: string; seed: string }[]>`
      select contest_id, seed from contest_seed where org_id = ${orgId}`,
  );
  return new Map(rows.map((row) => [row.contestId, row.seed]));
}

/** One line of the ledger of prizes; what is taken back is below zero. */
export interface PrizeEntry {
  readonly id: string;
  readonly contest: string;
  readonly person: string;
  readonly prize: string;
  readonly kind: 'money' | 'points' | 'badge' | 'thing';
  /** Minor units, points, or pieces. */
  readonly amount: bigint;
  readonly currency: string | null;
  readonly item: Readonly<Record<string, unknown>>;
  readonly place: number | null;
  readonly seq: number;
  readonly at: Date;
  readonly reason: string | null;
}

export async function addPrizes(
  tx: Tx,
  orgId: string,
  entries: readonly PrizeEntry[],
): Promise<void> {
  for (const one of entries) {
    await tx`
      insert into prize_entry
        (org_id, entry_id, contest_id, person_id, prize_id, kind, amount, currency, item, place,
          seq, recorded_at, reason)
      values (
        ${orgId}, ${one.id}, ${one.contest}, ${one.person}, ${one.prize}, ${one.kind},
        ${String(one.amount)}, ${one.currency}, ${tx.json(one.item as never)}, ${one.place},
        ${one.seq}, ${one.at}, ${one.reason}
      )`;
  }
}

/** Entries of a contest or of a person, oldest first; of everybody without either. */
export async function readPrizes(
  sql: Sql | Tx,
  orgId: string,
  { contest, person }: { readonly contest?: string; readonly person?: string },
): Promise<PrizeEntry[]> {
  const read = (tx: Tx) => tx<(Omit<PrizeEntry, 'seq'> & { seq: bigint })[]>`
    select entry_id as id, contest_id as contest, person_id as person, prize_id as prize, kind,
      amount, currency, item, place, seq, recorded_at as at, reason
    from prize_entry
    where org_id = ${orgId}
      and (${contest ?? null}::text is null or contest_id = ${contest ?? null})
      and (${person ?? null}::text is null or person_id = ${person ?? null})
    order by seq, entry_id
    limit ${PRIZES_MAX}`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

const PRIZES_MAX = 10_000;

/** How late what happened was told. */
export interface Lateness {
  readonly events: number;
  /** Told more than so many hours after it happened. */
  readonly later: number;
  /** Hours within which 99 of 100 were told. */
  readonly hours99: number;
}

/** How late events of the last time were told; brought-in history is left out. */
export async function readLateness(
  sql: Sql,
  orgId: string,
  since: Date,
  hours: number,
): Promise<Lateness> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ events: number; later: number; hours99: number | null }[]>`
      select count(*)::int as events,
        (count(*) filter (where delay > ${hours * 3_600}))::int as later,
        percentile_cont(0.99) within group (order by delay) / 3600 as hours99
      from (
        select extract(epoch from recorded_at - occurred_at)::float8 as delay
        from event
        where org_id = ${orgId} and recorded_at >= ${since} and occurred_at is not null
          and type in ('deal.won', 'activity.logged', 'kpi.reported', 'payment.received')
          and not (body ? 'quiet')
        order by seq desc limit ${LATENESS_EVENTS}
      ) as recent`,
  );
  return { events: row?.events ?? 0, later: row?.later ?? 0, hours99: row?.hours99 ?? 0 };
}

/** Events whose lateness is looked at, the newest. */
const LATENESS_EVENTS = 20_000;

/** Something that happened to a contest, as the log has it. */
export interface ContestStepRow {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly byName: string | null;
  readonly reason: string | null;
}

/** What happened to a contest, newest first; events that were only held up are left out. */
export async function readContestSteps(
  sql: Sql,
  orgId: string,
  id: string,
): Promise<ContestStepRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<ContestStepRow, 'seq'> & { seq: bigint })[]>`
      select e.seq, e.type, e.recorded_at as at, u.name as by_name, e.body ->> 'reason' as reason
      from event e
      left join user_account u
        on u.org_id = e.org_id and u.user_id = e.body #>> '{by,id}'
      where e.org_id = ${orgId} and e.source_id = 'src_ovation' and e.type like 'contest.%'
        and e.type <> 'contest.flagged' and e.body ->> 'contest' = ${id}
      order by e.seq desc
      limit ${STEPS_MAX}`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

const STEPS_MAX = 500;
