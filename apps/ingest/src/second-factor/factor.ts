import { verify } from '@node-rs/argon2';
import { hashToken, newRecoveryCode, openText, sealText } from '@ovation/host';
import type {
  PostSecondFactor,
  SecondFactorAnswer,
  SecondFactorCodes,
  SecondFactorSecret,
} from '@ovation/protocol';
import {
  addSecondFactor,
  confirmSecondFactor,
  inOrg,
  lockSecondFactor,
  noteFactorFailure,
  noteFactorStep,
  noteSessionFactor,
  readOrganisation,
  readSecondFactor,
  readSessionFactor,
  readUsers,
  removeSecondFactor,
  useRecoveryCode,
  type SecondFactorRow,
  type Tx,
  type UserRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Written } from '../settings-writer.ts';
import { tidyCode } from './code.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** For how long a code that was given speaks for the session that gave it. */
export const FRESH_MS = 5 * 60_000;
/** So many wrong codes, and then there is a pause: 6 digits are a million. */
const TRIES_MAX = 5;
const WINDOW_MS = 15 * 60_000;
const RECOVERY_CODES = 10;

/** A caller who is a person with an account. */
export type SignedIn = Caller & { readonly userId: string };

/** Ends a request with one fault. */
export const refused = (code: string, detail: string, pointer = ''): ProblemError =>
  new ProblemError('refused', detail, [{ code, detail, pointer }]);

const purposeOf = ({ orgId, userId }: SignedIn): string => `second factor/${orgId}/${userId}`;

/** What becomes of the second factor of a user, for the log. */
export const changed = (caller: SignedIn, secondFactor: string): Written => ({
  type: 'user.changed',
  subject: caller.userId,
  now: { secondFactor },
});

export async function factorAnswer(
  deps: IngestDeps,
  caller: SignedIn,
): Promise<SecondFactorAnswer> {
  const { factor, recoveryLeft } = await readSecondFactor(deps.sql, caller);
  const { passwordHash } = await userOf(deps, caller);
  const given = await inOrg(deps.sql, caller.orgId, (tx) =>
    readSessionFactor(tx, caller.orgId, caller.subject),
  );
  const until = given && given.getTime() + FRESH_MS;
  const on = factor?.confirmedAt ?? null;
  return {
    state: on ? 'on' : factor ? 'begun' : 'off',
    since: on?.toISOString() ?? null,
    recoveryLeft,
    freshUntil: until && until > deps.clock.now() ? new Date(until).toISOString() : null,
    password: passwordHash !== null,
  };
}

/** The account; in the demonstration, which is entered without one, it has no password. */
async function userOf(deps: IngestDeps, { orgId, userId }: SignedIn): Promise<UserRow> {
  const users = await readUsers(deps.sql, orgId);
  const user = users.find((one) => one.userId === userId)!;
  return deps.demoOrg?.() === orgId ? { ...user, passwordHash: null } : user;
}

/** Makes a secret and shows it, once. It counts when a code of it was given. */
export async function beginFactor(
  deps: IngestDeps,
  caller: SignedIn,
  { password }: PostSecondFactor,
): Promise<SecondFactorSecret> {
  const { passwordHash, email } = await userOf(deps, caller);
  if (passwordHash !== null && !(await verify(passwordHash, password ?? ''))) {
    throw refused('wrong_password', 'The password is not right.', '/password');
  }
  const { orgId, author } = caller;
  const secret = newTotpSecret();
  const sealed = sealText(deps.secret, purposeOf(caller), secret);
  await writeSettings(deps, orgId, author, async (tx) => {
    const known = await lockSecondFactor(tx, caller);
    if (known?.confirmedAt) {
      throw refused('already', 'A second factor is set up: remove it first.');
    }
    await addSecondFactor(tx, caller, sealed);
    return { value: undefined, events: [] };
  });
  const organisation = await readOrganisation(deps.sql, orgId);
  return { secret, uri: totpUri(secret, `Ovation ${organisation!.name}`, email) };
}

/** The first code: from now on the factor counts. Answers recovery codes, once. */
export async function confirmFactor(
  deps: IngestDeps,
  caller: SignedIn,
  code: string,
): Promise<SecondFactorCodes> {
  const recovery = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const hashes = recovery.map(hashToken);
  await withCode(deps, caller, code, { unconfirmed: true }, async (tx, at) => {
    await confirmSecondFactor(tx, caller, { at, hashes });
    return [changed(caller, 'on')];
  });
  return { recovery };
}

/** A code for what this session does in the next minutes. */
export async function giveCode(deps: IngestDeps, caller: SignedIn, code: string): Promise<void> {
  await withCode(deps, caller, code, {}, async (tx, at) => {
    await noteSessionFactor(tx, caller.orgId, { tokenHash: caller.subject, at });
    return [];
  });
}

/** Takes the factor away; that too needs a code. */
export async function removeFactor(
  deps: IngestDeps,
  caller: SignedIn,
  code: string,
): Promise<void> {
  await withCode(deps, caller, code, {}, async (tx) => {
    await removeSecondFactor(tx, caller);
    return [changed(caller, 'off')];
  });
}

/**
 * Ends the request unless the session of the caller gave a code within the last minutes. Machines
 * have none: what needs one is done by people.
 */
export async function mustHaveFactor(deps: IngestDeps, tx: Tx, caller: Caller): Promise<void> {
  if (!isPerson(caller)) {
    throw refused('second_factor_person', 'From this sum on a person has to do it, with a code.');
  }
  const factor = await lockSecondFactor(tx, caller);
  if (!factor?.confirmedAt) {
    throw refused('second_factor_off', 'From this sum on it needs a second factor: set one up.');
  }
  await mustBeFresh(deps, tx, caller);
}

/** Ends the request unless the session of the caller gave a code within the last minutes. */
export async function mustBeFresh(deps: IngestDeps, tx: Tx, caller: Caller): Promise<void> {
  const given = await readSessionFactor(tx, caller.orgId, caller.subject);
  if (given === null || given.getTime() + FRESH_MS <= deps.clock.now()) {
    throw refused('second_factor', 'It needs a code of your second factor.');
  }
}

export const isPerson = (caller: Caller): caller is SignedIn => caller.userId !== null;

type Read = { readonly right: true } | { readonly right: false; readonly problem: ProblemError };

/**
 * Takes a code, once, and does what it is for. A wrong one is counted even though the request ends:
 * the count is written in the same transaction, and refused only behind it.
 */
async function withCode(
  deps: IngestDeps,
  caller: SignedIn,
  typed: string,
  { unconfirmed = false }: { readonly unconfirmed?: boolean },
  work: (tx: Tx, at: Date) => Promise<readonly Written[]>,
): Promise<void> {
  const { orgId, author } = caller;
  const read = await writeSettings<Read>(deps, orgId, author, async (tx) => {
    const factor = await lockSecondFactor(tx, caller);
    if (!factor || unconfirmed === (factor.confirmedAt !== null)) {
      const detail = unconfirmed
        ? 'Ask for a new secret first: none waits for its first code.'
        : 'There is no second factor: set one up.';
      throw refused('second_factor_off', detail);
    }
    mustBeCalm(deps, factor);
    const used = await useCode(deps, tx, caller, factor, tidyCode(typed));
    if (used === null) return failed(deps, tx, caller, factor);
    const events = await work(tx, new Date(deps.clock.now()));
    return { value: { right: true }, events: [...used, ...events] };
  });
  if (!read.right) throw read.problem;
}

/** What using the code up makes known; `null` where it is wrong. */
async function useCode(
  deps: IngestDeps,
  tx: Tx,
  caller: SignedIn,
  factor: SecondFactorRow,
  code: string,
): Promise<readonly Written[] | null> {
  const nowMs = deps.clock.now();
  if (code.includes('-')) {
    if (factor.confirmedAt === null) return null;
    const known = await useRecoveryCode(tx, caller, { hash: hashToken(code), at: new Date(nowMs) });
    if (!known) return null;
    await noteFactorStep(tx, caller, factor.lastStep);
    return [changed(caller, 'recovery code used')];
  }
  const secret = openText(deps.secret, purposeOf(caller), factor.sealed);
  if (secret === undefined) {
    const detail = 'The server has another key by now: remove it with a recovery code.';
    throw refused('second_factor_sealed', detail);
  }
  const step = stepOfCode(secret, code, { nowMs, lastStep: factor.lastStep });
  if (step === null) return null;
  await noteFactorStep(tx, caller, step);
  return [];
}

function mustBeCalm(deps: IngestDeps, { failed: count, failedSince }: SecondFactorRow): void {
  if (count < TRIES_MAX || failedSince === null) return;
  const leftMs = failedSince.getTime() + WINDOW_MS - deps.clock.now();
  if (leftMs <= 0) return;
  const detail = 'Too many wrong codes. Wait a quarter of an hour and try again.';
  throw new ProblemError('too_fast', detail, [], Math.max(1, Math.ceil(leftMs / 1_000)));
}

async function failed(
  deps: IngestDeps,
  tx: Tx,
  caller: SignedIn,
  { failed: count, failedSince }: SecondFactorRow,
): Promise<{ value: Read; events: readonly Written[] }> {
  const now = deps.clock.now();
  const old = failedSince === null || failedSince.getTime() + WINDOW_MS <= now;
  const times = old ? 1 : count + 1;
  await noteFactorFailure(tx, caller, { failed: times, since: old ? new Date(now) : failedSince });
  const problem = refused('wrong_code', 'The code is not right, or was used.', '/code');
  const events = times === TRIES_MAX ? [changed(caller, 'too many wrong codes')] : [];
  return { value: { right: false, problem }, events };
}
