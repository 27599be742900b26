import type { AchievementDefinition, BadgeLevel, BadgeRound, Earned } from '@ovation/domain';
import { awardKey } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** A badge with its words. */
export interface AchievementRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly definition: AchievementDefinition;
}

export function readAchievements(sql: Sql, orgId: string): Promise<AchievementRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<AchievementRow[]>`
      select achievement_id as id, name, names, description, descriptions, definition
      from achievement where org_id = ${orgId} order by created_at, achievement_id`,
  );
}

/** One by its id, locked until the transaction ends. */
export async function lockAchievement(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<AchievementRow | undefined> {
  const [row] = await tx<AchievementRow[]>`
    select achievement_id as id, name, names, description, descriptions, definition
    from achievement where org_id = ${orgId} and achievement_id = ${id} for update`;
  return row;
}

/** Writes one. Call in the transaction that logs the change. */
export async function saveAchievement(tx: Tx, orgId: string, row: AchievementRow): Promise<void> {
  await tx`
    insert into achievement
      (org_id, achievement_id, name, names, description, descriptions, definition)
    values (
      ${orgId}, ${row.id}, ${row.name}, ${tx.json(row.names)}, ${row.description},
      ${tx.json(row.descriptions)}, ${tx.json(row.definition as never)}
    )
    on conflict (org_id, achievement_id) do update set
      name = excluded.name, names = excluded.names, description = excluded.description,
      descriptions = excluded.descriptions, definition = excluded.definition`;
}

/** Takes one away. Call in the transaction that logs the change. */
export async function deleteAchievement(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`delete from achievement where org_id = ${orgId} and achievement_id = ${id}`;
}

/** One step of a badge that somebody has. */
export interface AwardRow {
  readonly achievement: string;
  readonly person: string;
  readonly level: BadgeLevel;
  readonly window: string;
  readonly points: number;
  /** How often it was given by now. */
  readonly times: number;
  readonly reachedAt: Date;
  readonly givenAt: Date;
}

/** What badges somebody has, newest first; of everybody without a person. */
export async function readAwards(
  sql: Sql,
  orgId: string,
  { person, achievement }: { readonly person?: string; readonly achievement?: string },
): Promise<AwardRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<AwardRow, 'points'> & { points: bigint })[]>`
      select achievement_id as achievement, person_id as person, level, window_key as window,
        points, times, reached_at, given_at
      from badge_award
      where org_id = ${orgId} and gone_at is null
        and (${person ?? null}::text is null or person_id = ${person ?? null})
        and (${achievement ?? null}::text is null or achievement_id = ${achievement ?? null})
      order by reached_at desc, achievement_id, level
      limit ${AWARDS_MAX}`,
  );
  return rows.map((row) => ({ ...row, points: Number(row.points) }));
}

const AWARDS_MAX = 5_000;

/** How many people have each badge. */
export async function countHolders(sql: Sql, orgId: string): Promise<Map<string, number>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ id: string; people: number }[]>`
      select achievement_id as id, count(distinct person_id)::int as people
      from badge_award where org_id = ${orgId} and gone_at is null
      group by achievement_id`,
  );
  return new Map(rows.map(({ id, people }) => [id, people]));
}

/** The newest event by which a badge was given or taken back; 0 when none was. */
export async function readBadgeSeq(tx: Tx, orgId: string): Promise<number> {
  const [row] = await tx<{ seq: bigint | null }[]>`
    select max(seq) as seq from badge_award where org_id = ${orgId}`;
  return Number(row?.seq ?? 0n);
}

/** What `syncAwards` changed. */
export interface AwardChanges {
  readonly given: readonly AwardRow[];
  readonly gone: readonly AwardRow[];
}

interface Stored {
  readonly achievement: string;
  readonly person: string;
  readonly level: BadgeLevel;
  readonly window: string;
  readonly points: bigint;
  readonly times: number;
  readonly reachedAt: Date;
  readonly givenAt: Date;
}

/** Windows of badges that a contest gave: no round gives or takes them. */
const BY_CONTEST = 'contest/';

/**
 * Brings what is stored in step with what a round of a keeper found. A badge whose points changed
 * is taken back and given anew. Call in the transaction that moves the projection's cursor.
 */
export async function syncAwards(
  tx: Tx,
  orgId: string,
  { verdicts, whole }: BadgeRound,
  { seq, at }: { readonly seq: number; readonly at: Date },
): Promise<AwardChanges> {
  if (verdicts.length === 0 && whole.length === 0) return { given: [], gone: [] };
  const stored = await tx<Stored[]>`
    select a.achievement_id as achievement, a.person_id as person, a.level,
      a.window_key as window, a.points, a.times, a.reached_at, a.given_at
    from badge_award a
    where a.org_id = ${orgId} and a.gone_at is null
      and not starts_with(a.window_key, ${BY_CONTEST})
      and (a.achievement_id = any (${whole as string[]}::text[])
        or exists (
          select 1 from unnest(
            ${verdicts.map((one) => one.achievement)}::text[],
            ${verdicts.map((one) => one.person)}::text[]
          ) as v (achievement_id, person_id)
          where v.achievement_id = a.achievement_id and v.person_id = a.person_id
        ))`;
  const before = new Map(stored.map((one) => [nameOf(one), one]));
  const now = verdicts.flatMap(({ achievement, person, earned }) =>
    earned.map((one): Wanted => ({ ...one, achievement, person })),
  );
  const fresh = now.filter((one) => {
    const known = before.get(nameOf(one));
    const same = known !== undefined && Number(known.points) === one.points;
    if (same) before.delete(nameOf(one));
    return !same;
  });
  const gone = [...before.values()].map((one) => ({ ...one, points: Number(one.points) }));
  await endAwards(tx, orgId, gone, { seq, at });
  return { given: await giveAwards(tx, orgId, fresh, { seq, at }), gone };
}

type Wanted = Earned & { readonly achievement: string; readonly person: string };

const nameOf = (one: Pick<Stored, 'achievement' | 'person' | 'level' | 'window'>): string =>
  `${one.achievement} ${one.person} ${awardKey(one)}`;

async function endAwards(
  tx: Tx,
  orgId: string,
  gone: readonly AwardRow[],
  { seq, at }: { readonly seq: number; readonly at: Date },
): Promise<void> {
  if (gone.length === 0) return;
  await tx`
    update badge_award a set gone_at = ${at}, seq = ${seq}
    from unnest(
      ${gone.map((one) => one.achievement)}::text[], ${gone.map((one) => one.person)}::text[],
      ${gone.map((one) => one.level)}::text[], ${gone.map((one) => one.window)}::text[]
    ) as g (achievement_id, person_id, level, window_key)
    where a.org_id = ${orgId} and a.achievement_id = g.achievement_id
      and a.person_id = g.person_id and a.level = g.level and a.window_key = g.window_key`;
}

async function giveAwards(
  tx: Tx,
  orgId: string,
  given: readonly Wanted[],
  { seq, at }: { readonly seq: number; readonly at: Date },
): Promise<AwardRow[]> {
  if (given.length === 0) return [];
  const rows = await tx<Stored[]>`
    insert into badge_award as a
      (org_id, achievement_id, person_id, level, window_key, points, reached_at, given_at, seq)
    select ${orgId}, n.achievement_id, n.person_id, n.level, n.window_key, n.points, n.reached_at,
      ${at}, ${seq}
    from unnest(
      ${given.map((one) => one.achievement)}::text[], ${given.map((one) => one.person)}::text[],
      ${given.map((one) => one.level)}::text[], ${given.map((one) => one.window)}::text[],
      ${given.map((one) => String(one.points))}::bigint[],
      ${given.map((one) => new Date(one.at).toISOString())}::timestamptz[]
    ) as n (achievement_id, person_id, level, window_key, points, reached_at)
    on conflict (org_id, achievement_id, person_id, level, window_key) do update set
      points = excluded.points, times = a.times + 1, reached_at = excluded.reached_at,
      given_at = excluded.given_at, gone_at = null, seq = excluded.seq
    returning achievement_id as achievement, person_id as person, level, window_key as window,
      points, times, reached_at, given_at`;
  return rows.map((row) => ({ ...row, points: Number(row.points) }));
}

/** A badge that somebody won in a contest; given once, it stays. `false` when they had it. */
export async function giveContestBadge(
  tx: Tx,
  orgId: string,
  won: { readonly achievement: string; readonly person: string; readonly contest: string },
  { seq, at }: { readonly seq: number; readonly at: Date },
): Promise<boolean> {
  const given = await tx`
    insert into badge_award
      (org_id, achievement_id, person_id, level, window_key, points, reached_at, given_at, seq)
    values (${orgId}, ${won.achievement}, ${won.person}, 'plain', ${BY_CONTEST + won.contest}, 0,
      ${at}, ${at}, ${seq})
    on conflict (org_id, achievement_id, person_id, level, window_key) do nothing
    returning 1`;
  return given.length > 0;
}
