import { EVENT_TYPES } from '@ovation/domain';
import type { Tx } from './connect.ts';

/** A change of a setting as the log has it. */
export interface ChangeRow {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly by?: { readonly kind: 'user' | 'key' | 'system'; readonly id: string };
    readonly was?: unknown;
  };
  /** What was changed; `null` for the organisation itself. */
  readonly subject: string | null;
}

export interface ChangeFilter {
  readonly types: readonly string[] | null;
  readonly by: string | null;
  readonly subject: string | null;
  /** Half-open. */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** What people and machines enter through the same source is no setting, nor is a tick. */
const NO_SETTINGS = [...EVENT_TYPES, 'tick'];

/** Settings that changed, newest first, before `before`. */
export async function readChanges(
  tx: Tx,
  orgId: string,
  { types, by, subject, from, to }: ChangeFilter,
  page: { readonly before: number | null; readonly limit: number },
): Promise<ChangeRow[]> {
  // The source is written out so that the index of settings alone serves, whatever the plan.
  const rows = await tx<(Omit<ChangeRow, 'seq'> & { seq: bigint })[]>`
    with changes as (
      select seq, type, recorded_at as at, body,
        case type
          when 'person.changed' then body ->> 'person'
          when 'team.changed' then body ->> 'team'
          when 'target.set' then body ->> 'entity'
          when 'metric.published' then body #>> '{metric,id}'
          when 'metric.retired' then body ->> 'metric'
          when 'board.saved' then body #>> '{board,id}'
          when 'board.removed' then body ->> 'board'
          when 'achievement.saved' then body #>> '{achievement,id}'
          when 'achievement.removed' then body ->> 'achievement'
          else coalesce(body ->> 'subject', body ->> 'contest')
        end as subject
      from event
      where org_id = ${orgId} and source_id = 'src_ovation'
        and type <> all (${NO_SETTINGS}::text[])
        and (${page.before}::bigint is null or seq < ${page.before}::bigint)
        and (${types as string[] | null}::text[] is null
          or type = any (${types as string[] | null}::text[]))
        and (${by}::text is null or body #>> '{by,id}' = ${by})
        and (${from}::timestamptz is null or recorded_at >= ${from})
        and (${to}::timestamptz is null or recorded_at < ${to})
    )
    select seq, type, at, body, subject
    from changes
    where ${subject}::text is null or subject = ${subject}
      or (type = 'person.matched' and body ->> 'person' = ${subject})
    order by seq desc
    limit ${page.limit}`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** What is called by these ids today, of whatever kind; the erased and unknown are left out. */
export async function readNamesOf(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const asked = ids as string[];
  const rows = await tx<{ id: string; name: string }[]>`
    select person_id as id, name from person
      where org_id = ${orgId} and person_id = any (${asked}::text[])
    union all select team_id, name from team
      where org_id = ${orgId} and team_id = any (${asked}::text[])
    union all select user_id, name from user_account
      where org_id = ${orgId} and user_id = any (${asked}::text[])
    union all select key_id, name from api_key
      where org_id = ${orgId} and key_id = any (${asked}::text[])
    union all select source_id, name from source
      where org_id = ${orgId} and source_id = any (${asked}::text[])
    union all select screen_id, name from screen
      where org_id = ${orgId} and screen_id = any (${asked}::text[])
    union all select metric_id, name from metric
      where org_id = ${orgId} and metric_id = any (${asked}::text[])
    union all select board_id, name from board
      where org_id = ${orgId} and board_id = any (${asked}::text[])
    union all select achievement_id, name from achievement
      where org_id = ${orgId} and achievement_id = any (${asked}::text[])
    union all select plan_id, name from plan
      where org_id = ${orgId} and plan_id = any (${asked}::text[])
    union all select reward_id, name from reward
      where org_id = ${orgId} and reward_id = any (${asked}::text[])
    union all select subject_id, alias from alias
      where org_id = ${orgId} and subject_id = any (${asked}::text[])
        and subject_id not in (select person_id from person where org_id = ${orgId})`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
