import type { Correction, Fact, FactGroup, LogEvent } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { toLogEvent, type EventRow } from './event-log.ts';

/** Where a projection stands. */
export interface ProjectionHead {
  readonly seq: number;
  readonly clock: number;
  /** When the wall is free for the next takeover. */
  readonly stageFreeAt: number;
}

/** One folded setting: a person's memberships, a target, a metric, …; `null` when it is gone. */
export interface SettingRow {
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

/** `contest`: of contests only this one is read; they hold everybody who takes part. */
export async function readProjection(
  sql: Sql,
  orgId: string,
  { contest }: { readonly contest?: string } = {},
): Promise<(ProjectionHead & { readonly settings: SettingRow[] }) | undefined> {
  return inOrg(sql, orgId, async (tx) => {
    const [row] = await tx<{ seq: bigint; clock: Date; stageFreeAt: Date }[]>`
      select seq, clock, stage_free_at from projection where org_id = ${orgId}`;
    if (!row) return undefined;
    const settings = await tx<SettingRow[]>`
      select kind, key, value from projection_setting
      where org_id = ${orgId}
        and (${contest ?? null}::text is null or kind <> 'contests' or key = ${contest ?? null})
      order by kind, key collate "C"`;
    const { seq, clock, stageFreeAt } = row;
    return {
      seq: Number(seq),
      clock: clock.getTime(),
      stageFreeAt: stageFreeAt.getTime(),
      settings,
    };
  });
}

/** Moves the cursor; call last in the transaction that writes what was folded up to it. */
export async function saveProjection(
  tx: Tx,
  orgId: string,
  head: ProjectionHead,
  settings: readonly SettingRow[],
): Promise<void> {
  const gone = settings.filter((row) => row.value === null);
  const kept = settings.filter((row) => row.value !== null);
  if (gone.length > 0) {
    await tx`
      delete from projection_setting s
      using unnest(${gone.map((row) => row.kind)}::text[], ${gone.map((row) => row.key)}::text[])
        as gone (kind, key)
      where s.org_id = ${orgId} and s.kind = gone.kind and s.key = gone.key`;
  }
  if (kept.length > 0) {
    await tx`
      insert into projection_setting (org_id, kind, key, value)
      select ${orgId}, n.kind, n.key, n.value::jsonb
      from unnest(
        ${kept.map((row) => row.kind)}::text[],
        ${kept.map((row) => row.key)}::text[],
        ${kept.map((row) => JSON.stringify(row.value))}::text[]
      ) as n (kind, key, value)
      on conflict (org_id, kind, key) do update set value = excluded.value`;
  }
  await tx`
    insert into projection (org_id, seq, clock, stage_free_at)
    values (${orgId}, ${head.seq}, ${new Date(head.clock)}, ${new Date(head.stageFreeAt)})
    on conflict (org_id) do update set
      seq = excluded.seq, clock = excluded.clock, stage_free_at = excluded.stage_free_at`;
}

/** Throws away what was made of the log, so that it is folded again from the first event. */
export async function forgetProjection(sql: Sql, orgId: string): Promise<void> {
  await inOrg(sql, orgId, async (tx) => {
    await tx`delete from projection where org_id = ${orgId}`;
    await tx`delete from projection_setting where org_id = ${orgId}`;
    await tx`delete from deal where org_id = ${orgId}`;
    await tx`delete from credit where org_id = ${orgId}`;
    await tx`delete from rollup where org_id = ${orgId}`;
    await tx`delete from measure_state where org_id = ${orgId}`;
  });
}

export interface StoredGroup {
  readonly facts: readonly (Omit<Fact, 'minor'> & { minor?: string })[];
  readonly corrections: readonly (Omit<Correction, 'minor'> & { minor?: string })[];
  readonly reversals: FactGroup['reversals'];
}

const inMinor = <T extends object>(one: T & { minor?: string }): T =>
  (one.minor === undefined ? one : { ...one, minor: BigInt(one.minor) }) as T;

/** A group as it is stored, with its amounts as whole numbers again. */
export const toGroup = ({ facts, corrections, reversals }: StoredGroup): FactGroup => ({
  facts: facts.map(inMinor),
  corrections: corrections.map(inMinor),
  reversals,
});

/** The groups of facts under these keys; unknown ones are left out. */
export async function readGroups(
  sql: Sql,
  orgId: string,
  keys: readonly string[],
): Promise<Map<string, FactGroup>> {
  if (keys.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ dealKey: string; facts: StoredGroup }[]>`
      select deal_key, facts from deal
      where org_id = ${orgId} and deal_key = any (${keys as string[]}::text[])`,
  );
  return new Map(rows.map(({ dealKey, facts }) => [dealKey, toGroup(facts)]));
}

/** The events under these keys (`source/id`), among events up to `seq`. */
export async function readEventsByKey(
  sql: Sql,
  orgId: string,
  eventKeys: readonly string[],
  seq: number,
): Promise<LogEvent[]> {
  if (eventKeys.length === 0) return [];
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select e.seq, e.source_id, e.event_id, e.type, e.occurred_at, e.recorded_at, e.body
      from unnest(${eventKeys as string[]}::text[]) as wanted (key)
      join event e
        on e.org_id = ${orgId}
        and e.source_id = split_part(wanted.key, '/', 1)
        and e.event_id = substr(wanted.key, strpos(wanted.key, '/') + 1)
      where e.seq <= ${seq}`,
  );
  return rows.map(toLogEvent);
}

export interface GroupWrite {
  readonly key: string;
  readonly group: FactGroup;
  readonly status: string;
  readonly stage: string | null;
}

export async function saveGroups(
  tx: Tx,
  orgId: string,
  groups: readonly GroupWrite[],
): Promise<void> {
  if (groups.length === 0) return;
  const facts = groups.map(({ group }) =>
    JSON.stringify(group, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  );
  await tx`
    insert into deal (org_id, deal_key, status, stage, facts)
    select ${orgId}, d.deal_key, d.status, d.stage, d.facts::jsonb
    from unnest(
      ${groups.map((one) => one.key)}::text[],
      ${groups.map((one) => one.status)}::text[],
      ${groups.map((one) => one.stage)}::text[],
      ${facts}::text[]
    ) as d (deal_key, status, stage, facts)
    on conflict (org_id, deal_key) do update set
      status = excluded.status, stage = excluded.stage, facts = excluded.facts`;
}
