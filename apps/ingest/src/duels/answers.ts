import { contestSlug } from '@ovation/domain';
import type { DuelAnswer, DuelsAnswer, Named } from '@ovation/protocol';
import {
  readBalance,
  readDuels,
  readOptOuts,
  readPeople,
  readPlayRules,
  type DuelRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';

const LISTED = 50;

/** One's own duels and what one may offer. */
export async function duelAnswers(
  deps: IngestDeps,
  orgId: string,
  person: string,
): Promise<DuelsAnswer> {
  const { sql } = deps;
  const [rows, rules, balance, outs, people] = await Promise.all([
    readDuels(sql, orgId, { person, limit: LISTED }),
    readPlayRules(sql, orgId),
    readBalance(sql, orgId, person),
    readOptOuts(sql, orgId),
    readPeople(sql, orgId),
  ]);
  const names = new Map(
    people.map(({ id, name, names: other }) => [id, { id, name, names: other }]),
  );
  const now = deps.clock.now();
  return {
    duels: rows.map((row) => answerOf(row, person, names, now)),
    allowed: rules.duels,
    stakeMost: rules.duelStakeMost,
    balance,
    out: outs.has(person),
    rivals: people
      .filter((one) => one.active && one.id !== person && !outs.has(one.id))
      .map(({ id }) => names.get(id)!),
  };
}

export async function duelAnswer(
  deps: IngestDeps,
  orgId: string,
  person: string,
  row: DuelRow,
): Promise<DuelAnswer> {
  const people = await readPeople(deps.sql, orgId);
  const names = new Map(
    people.map(({ id, name, names: other }) => [id, { id, name, names: other }]),
  );
  return answerOf(row, person, names, deps.clock.now());
}

function answerOf(
  row: DuelRow,
  person: string,
  names: ReadonlyMap<string, Named>,
  now: number,
): DuelAnswer {
  const named = (id: string): Named => names.get(id) ?? { id, name: '' };
  const waits = row.state === 'offered' && row.expiresAt.getTime() > now;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const { contest } = row;
  return {
    id: row.id,
    challenger: named(row.challenger),
    opponent: named(row.opponent),
    metric: row.metric,
    hours: row.hours,
    stake: row.stake,
    state: row.state === 'offered' && !waits ? 'expired' : row.state,
    offeredAt: row.offeredAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    contest: contest === null ? null : { id: contest, slug: contestSlug(contest) },
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    winner: row.winner === null ? null : named(row.winner),
    settledAt: iso(row.settledAt),
    may: {
      answer: waits && row.opponent === person,
      withdraw: waits && row.challenger === person,
    },
  };
}
