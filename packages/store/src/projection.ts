import type { Correction, Fact, FactGroup, FloorSettings, LogEvent } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { toLogEvent, type EventRow } from './event-log.ts';

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

/**
 * Moves the cursor; call last in the transaction that writes what was folded up to it. Settings are
 * left as they are when they did not change.
 */
export async function saveProjection(
  tx: Tx,
  orgId: string,
  head: Omit<ProjectionHead, 'settings'> & { readonly settings?: FloorSettings },
): Promise<void> {
  const { seq, settings } = head;
  const [clock, stageFreeAt] = [new Date(head.clock), new Date(head.stageFreeAt)];
  if (settings === undefined) {
    await tx`
      update projection set seq = ${seq}, clock = ${clock}, stage_free_at = ${stageFreeAt}
      where org_id = ${orgId}`;
    return;
  }
  await tx`
    insert into projection (org_id, seq, clock, settings, stage_free_at)
    values (${orgId}, ${seq}, ${clock}, ${tx.json(settings as never)}, ${stageFreeAt})
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
    await tx`delete from measure_state where org_id = ${orgId}`;
  });
}

interface StoredGroup {
  readonly facts: readonly (Omit<Fact, 'minor'> & { minor?: string })[];
  readonly corrections: readonly (Omit<Correction, 'minor'> & { minor?: string })[];
  readonly reversals: FactGroup['reversals'];
}

const inMinor = <T extends object>(one: T & { minor?: string }): T =>
  (one.minor === undefined ? one : { ...one, minor: BigInt(one.minor) }) as T;

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
  return new Map(
    rows.map(({ dealKey, facts: { facts, corrections, reversals } }) => [
      dealKey,
      { facts: facts.map(inMinor), corrections: corrections.map(inMinor), reversals },
    ]),
  );
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
