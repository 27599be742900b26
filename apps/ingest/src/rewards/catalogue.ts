import { currencyExponent, formatScaled, may, parseScaled } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { PatchReward, PostReward, RewardAnswer } from '@ovation/protocol';
import {
  lockReward,
  readOrganisation,
  readRedemptions,
  readRewards,
  saveReward,
  type RewardRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings, type Author, type Written } from '../settings-writer.ts';

/** An organisation's rewards at most, those that are no longer offered included. */
const REWARDS_MAX = 500;
/** Wishes of one person that are looked through for what they have. */
const OWN_MAX = 1_000;

/** The currency in which costs are counted, with its digits. */
export async function moneyOf(
  deps: IngestDeps,
  orgId: string,
): Promise<{ readonly currency: string; readonly scale: number }> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const currency = organisation?.settings.currency ?? 'USD';
  return { currency, scale: currencyExponent(currency) ?? 2 };
}

/** What is offered; to who manages it also what is not, and what it costs. */
export async function rewardAnswers(deps: IngestDeps, caller: Caller): Promise<RewardAnswer[]> {
  const { orgId, personId } = caller;
  const manages = may(caller, 'rewards:write');
  const money = await moneyOf(deps, orgId);
  const rows = await readRewards(deps.sql, orgId);
  const own =
    personId === null
      ? []
      : await readRedemptions(deps.sql, orgId, { people: [personId], limit: OWN_MAX });
  const counted = own.filter(({ state }) => state !== 'declined' && state !== 'cancelled');
  return rows
    .filter((row) => manages || row.active)
    .map((row) => {
      const mine = counted.filter(({ reward }) => reward === row.id).length;
      const answer = rewardAnswer(row, money, mine);
      return manages ? answer : { ...answer, cost: null };
    });
}

function rewardAnswer(
  { costMinor, ...row }: RewardRow,
  { currency, scale }: { readonly currency: string; readonly scale: number },
  mine: number,
): RewardAnswer {
  const cost = { amount: formatScaled(costMinor, scale, scale), currency };
  return { ...row, cost, mine };
}

export async function addReward(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  draft: PostReward,
): Promise<RewardAnswer> {
  if ((await readRewards(deps.sql, orgId)).length >= REWARDS_MAX) {
    throw new ProblemError('refused', `An organisation has at most ${REWARDS_MAX} rewards.`);
  }
  const money = await moneyOf(deps, orgId);
  const { names = {}, description = '', descriptions = {}, cost = '0', ...rest } = draft;
  const row: RewardRow = {
    id: newId('rwd'),
    name: rest.name,
    names,
    description,
    descriptions,
    icon: rest.icon,
    price: rest.price,
    costMinor: costFrom(cost, money.scale),
    stock: rest.stock ?? null,
    perPerson: rest.perPerson ?? null,
    active: rest.active ?? true,
  };
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveReward(tx, orgId, row);
    return { value: undefined, events: [saved(row, undefined)] };
  });
  return rewardAnswer(row, money, 0);
}

/** Changes a reward; who asked for it already pays what they were told. */
export async function changeReward(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  { cost, ...change }: PatchReward,
): Promise<RewardAnswer> {
  const money = await moneyOf(deps, orgId);
  const row = await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockReward(tx, orgId, id);
    if (!was) throw new ProblemError('not_found', 'There is no such reward.');
    const costs = cost === undefined ? {} : { costMinor: costFrom(cost, money.scale) };
    const now: RewardRow = { ...was, ...change, ...costs };
    await saveReward(tx, orgId, now);
    return { value: now, events: [saved(now, was)] };
  });
  return rewardAnswer(row, money, 0);
}

function costFrom(text: string, scale: number): bigint {
  return orRefuse(parseScaled(text, scale), '/cost');
}

function saved(row: RewardRow, was: RewardRow | undefined): Written {
  const event = { type: 'reward.saved' as const, subject: row.id, now: logged(row) };
  return was ? { ...event, was: logged(was) } : event;
}

const logged = ({ names: _, descriptions: _texts, costMinor, ...row }: RewardRow) => ({
  ...row,
  costMinor: String(costMinor),
});
