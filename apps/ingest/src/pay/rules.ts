import type { PatchPayRules, PayRulesAnswer } from '@ovation/protocol';
import { readOrganisation, readPayRules, savePayRules } from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { mustHaveFactor } from '../second-factor/factor.ts';
import { writeSettings } from '../settings-writer.ts';
import { minorFrom, moneyText } from './wire.ts';

export async function rulesAnswer(deps: IngestDeps, orgId: string): Promise<PayRulesAnswer> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const { period, secondFrom, factorFrom } = await readPayRules(deps.sql, orgId);
  const { currency } = organisation!.settings;
  const money = (limit: string | null) => limit && moneyText(BigInt(limit), currency);
  return { period, currency, secondFrom: money(secondFrom), factorFrom: money(factorFrom) };
}

/** Changes rules of pay. Where codes are asked for, so is one to raise a limit or end it. */
export async function changeRules(
  deps: IngestDeps,
  caller: Caller,
  sent: PatchPayRules,
): Promise<void> {
  const { orgId, author } = caller;
  const { currency } = await rulesAnswer(deps, orgId);
  const limit = (name: 'secondFrom' | 'factorFrom', was: string | null): string | null => {
    const text = sent[name];
    return text === undefined ? was : text && String(minorFrom(text, currency, `/${name}`));
  };
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await readPayRules(tx, orgId);
    const now = {
      period: sent.period ?? was.period,
      secondFrom: limit('secondFrom', was.secondFrom),
      factorFrom: limit('factorFrom', was.factorFrom),
    };
    const looser =
      isLooser(was.secondFrom, now.secondFrom) || isLooser(was.factorFrom, now.factorFrom);
    if (was.factorFrom !== null && looser) await mustHaveFactor(deps, tx, caller);
    await savePayRules(tx, orgId, now);
    return { value: undefined, events: [{ type: 'pay.rules', subject: orgId, now, was }] };
  });
}

/** Whether a limit lets more through than before. */
const isLooser = (was: string | null, now: string | null): boolean =>
  was !== null && (now === null || BigInt(now) > BigInt(was));

/** Whether a sum (minor units) is at a limit or above it. */
export const reaches = (limit: string | null, minor: bigint): boolean =>
  limit !== null && minor >= BigInt(limit);
