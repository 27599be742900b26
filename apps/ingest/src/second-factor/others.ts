import { may } from '@ovation/domain';
import type { FactorHolderAnswer } from '@ovation/protocol';
import { inOrg, readFactorsOn, readUsers, removeSecondFactor } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { changed, mustBeFresh, refused, type SignedIn } from './factor.ts';

/** Everybody with an account who approves pay, and whether they have a second factor. */
export async function factorHolders(
  deps: IngestDeps,
  { orgId, userId: own }: SignedIn,
): Promise<FactorHolderAnswer[]> {
  const [users, on] = await Promise.all([
    readUsers(deps.sql, orgId),
    inOrg(deps.sql, orgId, (tx) => readFactorsOn(tx, orgId)),
  ]);
  return users
    .filter((user) => may(user, 'pay:approve'))
    .map(({ userId, name, email, role }) => ({
      user: { id: userId, name },
      email,
      role,
      since: on.get(userId)?.toISOString() ?? null,
      may: { reset: userId !== own && on.has(userId) },
    }));
}

/**
 * Takes away what somebody else has lost, authenticator and recovery codes, so that they can set it
 * up anew. Whoever does it and has a second factor gave a code of it within the last minutes.
 */
export async function resetFactor(deps: IngestDeps, caller: SignedIn, user: string): Promise<void> {
  const { orgId, author } = caller;
  if (user === caller.userId) {
    throw refused('own_second_factor', 'Nobody resets their own: remove it with a code.');
  }
  const users = await readUsers(deps.sql, orgId);
  if (!users.some(({ userId }) => userId === user)) {
    throw new ProblemError('not_found', 'There is no such account.');
  }
  await writeSettings(deps, orgId, author, async (tx) => {
    const on = await readFactorsOn(tx, orgId);
    if (on.has(caller.userId)) await mustBeFresh(deps, tx, caller);
    if (!on.has(user)) {
      throw refused('no_second_factor', 'This account has no second factor.');
    }
    const whose = { ...caller, userId: user };
    await removeSecondFactor(tx, whose);
    return { value: undefined, events: [changed(whose, 'reset')] };
  });
}
