import type {
  Credit,
  Deal,
  DealFact,
  FloorSettings,
  MetricId,
  PeriodKind,
  Reversal,
} from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** Where a projection stands, and the settings it has folded. */
export interface ProjectionHead {
  readonly seq: number;
  readonly clock: number;
  readonly settings: FloorSettings;
  /** When the wall is free for the next takeover. */
  readonly stageFreeAt: number;
}

export async function readProjection(sql: Sql, orgId: string): Promise<ProjectionHead | undefined> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ seq: bigint; clock: Date; settings: FloorSettings; stageFreeAt: Date }[]>`
      select seq, clock, settings, stage_free_at from projection where org_id = ${orgId}`,
  );
  if (!row) return undefined;
  const { seq, clock, settings, stageFreeAt } = row;
  return {
    seq: Number(seq),
    clock: clock.getTime(),
    settings,
    stageFreeAt: stageFreeAt.getTime(),
  };
}

/** Moves the cursor; call last in the transaction that writes what was folded up to it. */
export async function saveProjection(tx: Tx, orgId: string, head: ProjectionHead): Promise<void> {
  await tx`
    insert into projection (org_id, seq, clock, settings, stage_free_at)
    values (${orgId}, ${head.seq}, ${new Date(head.clock)}, ${tx.json(head.settings as never)},
      ${new Date(head.stageFreeAt)})
    on conflict (org_id) do update set
      seq = excluded.seq, clock = excluded.clock, settings = excluded.settings,
      stage_free_at = excluded.stage_free_at`;
}

/** Throws away what was made of the log, so that it is folded again from the first event. */
export async function forgetProjection(sql: Sql, orgId: string): Promise<void> {
  await inOrg(sql, orgId, async (tx) => {
    await tx`delete from projection where org_id = ${orgId}`;
    await tx`delete from deal where org_id = ${orgId}`;
    await tx`delete from credit where org_id = ${orgId}`;
    await tx`delete from rollup where org_id = ${orgId}`;
  });
}

interface StoredFact extends Omit<DealFact, 'minor'> {
  readonly minor: string;
}

/** The deals under these keys; unknown ones are left out. */
export async function readDeals(
  sql: Sql,
  orgId: string,
  keys: readonly string[],
): Promise<Map<string, Deal>> {
  if (keys.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ dealKey: string; facts: { facts: StoredFact[]; reversals: Reversal[] } }[]>`
      select deal_key, facts from deal
      where org_id = ${orgId} and deal_key = any (${keys as string[]}::text[])`,
  );
  return new Map(
    rows.map(({ dealKey, facts: { facts, reversals } }) => [
      dealKey,
      { facts: facts.map((fact) => ({ ...fact, minor: BigInt(fact.minor) })), reversals },
    ]),
  );
}

/** The deals that these events (`source/id`) spoke of, among events up to `seq`. */
export async function readDealKeys(
  sql: Sql,
  orgId: string,
  eventKeys: readonly string[],
  seq: number,
): Promise<Map<string, string>> {
  if (eventKeys.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ key: string; deal: string }[]>`
      select e.source_id || '/' || e.event_id as key, e.body ->> 'deal' as deal
      from unnest(${eventKeys as string[]}::text[]) as wanted (key)
      join event e
        on e.org_id = ${orgId}
        and e.source_id = split_part(wanted.key, '/', 1)
        and e.event_id = substr(wanted.key, strpos(wanted.key, '/') + 1)
      where e.seq <= ${seq}
        and e.type <> 'deal.reversed'
        and e.body ->> 'deal' is not null`,
  );
  return new Map(rows.map((row) => [row.key, row.deal]));
}

export interface DealWrite {
  readonly key: string;
  readonly deal: Deal;
  readonly status: string;
  readonly stage: string | null;
}

export async function saveDeals(tx: Tx, orgId: string, deals: readonly DealWrite[]): Promise<void> {
  if (deals.length === 0) return;
  const facts = deals.map(({ deal }) =>
    JSON.stringify(deal, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  );
  await tx`
    insert into deal (org_id, deal_key, status, stage, facts)
    select ${orgId}, d.deal_key, d.status, d.stage, d.facts::jsonb
    from unnest(
      ${deals.map((one) => one.key)}::text[],
      ${deals.map((one) => one.status)}::text[],
      ${deals.map((one) => one.stage)}::text[],
      ${facts}::text[]
    ) as d (deal_key, status, stage, facts)
    on conflict (org_id, deal_key) do update set
      status = excluded.status, stage = excluded.stage, facts = excluded.facts`;
}

const columns = (credits: readonly Credit[]) => ({
  metrics: credits.map((one) => one.metric),
  people: credits.map((one) => one.person),
  facts: credits.map((one) => one.fact),
});

export async function removeCredits(
  tx: Tx,
  orgId: string,
  credits: readonly Credit[],
): Promise<void> {
  if (credits.length === 0) return;
  const { metrics, people, facts } = columns(credits);
  await tx`
    delete from credit c
    using unnest(${metrics}::text[], ${people}::text[], ${facts}::text[])
      as gone (metric, person_id, fact_key)
    where c.org_id = ${orgId} and c.measure = gone.metric
      and c.person_id = gone.person_id and c.fact_key = gone.fact_key`;
}

export async function addCredits(tx: Tx, orgId: string, credits: readonly Credit[]): Promise<void> {
  if (credits.length === 0) return;
  const { metrics, people, facts } = columns(credits);
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  await tx`
    insert into credit
      (org_id, measure, person_id, subject_id, fact_key, team_id, occurred_at, since_at, ended_at,
       value, seq)
    select ${orgId}, n.metric, n.person_id, n.person_id, n.fact_key, n.team_id, n.occurred_at,
      n.occurred_at, n.ended_at, n.value, 0
    from unnest(
      ${metrics}::text[], ${people}::text[], ${facts}::text[],
      ${credits.map((one) => one.team)}::text[],
      ${credits.map((one) => iso(one.at))}::timestamptz[],
      ${credits.map((one) => iso(one.endedAt))}::timestamptz[],
      ${credits.map((one) => String(one.value))}::bigint[]
    ) as n (metric, person_id, fact_key, team_id, occurred_at, ended_at, value)`;
}

/** All credits, oldest first: what a floor is rebuilt from without folding the log again. */
export async function readCredits(sql: Sql, orgId: string): Promise<Credit[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<
      {
        metric: MetricId;
        personId: string;
        factKey: string;
        teamId: string | null;
        occurredAt: Date;
        endedAt: Date | null;
        value: bigint;
      }[]
    >`
      select measure as metric, person_id, fact_key, team_id, occurred_at, ended_at, value
      from credit where org_id = ${orgId} order by occurred_at, fact_key`,
  );
  return rows.map((row) => ({
    fact: row.factKey,
    metric: row.metric,
    person: row.personId,
    team: row.teamId,
    at: row.occurredAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    value: row.value,
  }));
}

/** How much a total of a period moved. */
export interface RollupMove {
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly window: string;
  readonly entity: string;
  readonly value: bigint;
  readonly credits: number;
}

export async function moveRollups(
  tx: Tx,
  orgId: string,
  moves: readonly RollupMove[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx`
    insert into rollup as r
      (org_id, measure, period, period_key, entity_id, value, credits, reached_at)
    select ${orgId}, m.metric, m.period, m.period_key, m.entity_id, m.value, m.credits, now()
    from unnest(
      ${moves.map((one) => one.metric)}::text[],
      ${moves.map((one) => one.period)}::text[],
      ${moves.map((one) => one.window)}::text[],
      ${moves.map((one) => one.entity)}::text[],
      ${moves.map((one) => String(one.value))}::bigint[],
      ${moves.map((one) => one.credits)}::integer[]
    ) as m (metric, period, period_key, entity_id, value, credits)
    on conflict (org_id, measure, period, period_key, entity_id) do update set
      value = r.value + excluded.value, credits = r.credits + excluded.credits`;
}
