import { may } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { RedemptionAnswer, RedemptionsQuery } from '@ovation/protocol';
import {
  addRedemption,
  addWalletEntries,
  countRedeemed,
  inOrg,
  lockRedemption,
  lockReward,
  moveStock,
  NotEnoughPoints,
  readEntryNames,
  readRedemptions,
  readRewards,
  settleRedemption,
  type RedemptionRow,
  type RedemptionState,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { refusal } from '../feed/kudos.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';

const LISTED = 200;

/** The person behind a request; ends it for users who have no points to spend. */
export function mustBePerson({ personId }: Caller): string {
  if (personId !== null) return personId;
  throw new ProblemError('forbidden', 'Only somebody who is on the floor has a wallet.');
}

/** Asks for a reward: its points are taken at once. Answers the wish. */
export async function redeem(
  deps: IngestDeps,
  caller: Caller,
  rewardId: string,
): Promise<RedemptionAnswer> {
  const { orgId } = caller;
  const person = mustBePerson(caller);
  const id = newId('rdm');
  const at = new Date(deps.clock.now());
  await inOrg(deps.sql, orgId, async (tx) => {
    const reward = await lockReward(tx, orgId, rewardId);
    if (!reward?.active) throw new ProblemError('not_found', 'There is no such reward (any more).');
    const had = await countRedeemed(tx, orgId, { reward: rewardId, person });
    if (reward.perPerson !== null && had >= reward.perPerson) {
      const detail = `Everybody can have it ${reward.perPerson} times, and you did.`;
      throw refusal('per_person', detail, '');
    }
    if (!(await moveStock(tx, orgId, rewardId, -1))) {
      throw refusal('out_of_stock', 'None of it is left.', '');
    }
    const { price, costMinor } = reward;
    const wish = { id, reward: rewardId, person, price, costMinor, requestedAt: at };
    await addRedemption(tx, orgId, wish);
    const entry = { person, points: -price, kind: 'redeem' as const, cause: `redeem/${id}` };
    await addWalletEntries(tx, orgId, [{ ...entry, reason: rewardId, by: caller.userId, at }]);
  }).catch(notEnough);
  return mustAnswer(deps, orgId, id);
}

/** Turns a wallet that is too small into a refusal. */
export function notEnough(error: unknown): never {
  if (error instanceof NotEnoughPoints) {
    throw refusal('not_enough_points', 'There are not enough points in the wallet.', '');
  }
  throw error;
}

/** What may become of a wish. */
const NEXT: Readonly<Record<RedemptionState, readonly RedemptionState[]>> = {
  requested: ['approved', 'fulfilled', 'declined', 'cancelled'],
  approved: ['fulfilled', 'declined'],
  fulfilled: [],
  declined: [],
  cancelled: [],
};

/** Brings a wish on, or gives its points back. The reason stands in the row, not in the log. */
export async function settle(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  state: Exclude<RedemptionState, 'requested'>,
  reason: string | null,
): Promise<RedemptionAnswer> {
  const { orgId, author } = caller;
  const at = new Date(deps.clock.now());
  const charge = await readCharge(deps, caller);
  await writeSettings(deps, orgId, author, async (tx) => {
    const wish = await lockRedemption(tx, orgId, id);
    if (!wish || !mayTouch(caller, wish, state)) {
      throw new ProblemError('not_found', 'There is no such wish.');
    }
    if (wish.person !== caller.personId) mustBeInCharge(charge, wish.person);
    else if (state !== 'cancelled' && caller.role !== 'owner') {
      const detail = 'Somebody else decides your own wish: another manager, or the owner.';
      throw new ProblemError('forbidden', detail);
    }
    if (!NEXT[wish.state].includes(state)) {
      const detail = `It is ${wish.state} and can no longer become ${state}.`;
      throw refusal('too_late', detail, '');
    }
    const settled = { state, settledAt: at, settledBy: author.id, reason };
    await settleRedemption(tx, orgId, id, settled);
    if (state === 'declined' || state === 'cancelled') {
      await moveStock(tx, orgId, wish.reward, 1);
      const { person, price: points, reward } = wish;
      const entry = { person, points, kind: 'refund' as const, cause: `refund/${id}` };
      await addWalletEntries(tx, orgId, [{ ...entry, reason: reward, by: author.id, at }]);
    }
    const event = { type: 'redemption.settled' as const, subject: id, now: { state } };
    return { value: undefined, events: [{ ...event, was: { state: wish.state } }] };
  });
  return mustAnswer(deps, orgId, id);
}

/** Everybody takes back their own wish; the rest is for who manages rewards. */
const mayTouch = (caller: Caller, wish: RedemptionRow, state: RedemptionState): boolean =>
  state === 'cancelled'
    ? caller.personId === wish.person || may(caller, 'rewards:write')
    : may(caller, 'rewards:write');

/** One's own wishes; those of their people for who manages rewards. */
export async function redemptionAnswers(
  deps: IngestDeps,
  caller: Caller,
  query: RedemptionsQuery,
): Promise<RedemptionAnswer[]> {
  const own = query.mine === 'true' || !may(caller, 'rewards:write');
  const charge = own ? new Set([mustBePerson(caller)]) : await readCharge(deps, caller);
  const rows = await readRedemptions(deps.sql, caller.orgId, {
    limit: LISTED,
    open: query.open === 'true',
    ...(charge === null ? {} : { people: [...charge] }),
  });
  return answersOf(deps, caller.orgId, rows);
}

async function mustAnswer(deps: IngestDeps, orgId: string, id: string): Promise<RedemptionAnswer> {
  const rows = await readRedemptions(deps.sql, orgId, { id, limit: 1 });
  const [answer] = await answersOf(deps, orgId, rows);
  return answer!;
}

async function answersOf(
  deps: IngestDeps,
  orgId: string,
  rows: readonly RedemptionRow[],
): Promise<RedemptionAnswer[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap(({ person, settledBy }) => [person, settledBy ?? []].flat());
  const names = await readEntryNames(deps.sql, orgId, ids);
  const rewards = new Map((await readRewards(deps.sql, orgId)).map((one) => [one.id, one]));
  return rows.flatMap((row) => {
    const reward = rewards.get(row.reward);
    if (!reward) return [];
    const { id, price, state, reason } = row;
    const person = names.get(row.person);
    return {
      id,
      reward: { id: reward.id, name: reward.name, names: reward.names, icon: reward.icon },
      person: { id: row.person, name: person?.name ?? '', names: person?.names ?? {} },
      price,
      state,
      requestedAt: row.requestedAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      settledBy: row.settledBy === null ? null : (names.get(row.settledBy)?.name ?? null),
      reason,
    };
  });
}
