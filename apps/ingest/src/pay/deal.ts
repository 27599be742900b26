import { dealStatus, factsNow, type FactGroup, type IncentiveFact } from '@ovation/domain';
import type { PayDealAnswer, PostPayDeal } from '@ovation/protocol';
import { readGroups, readMatches } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { payeeWith, type LivePay, type LivePayBook } from './live.ts';
import { readPayNames } from './names.ts';
import { fault, minorFrom, moneyText, mustBeDate } from './wire.ts';

/** What a deal, open or only thought of, would pay somebody: pay with it less pay without it. */
export async function payOfDeal(
  deps: IngestDeps,
  live: LivePay,
  { orgId, person }: { readonly orgId: string; readonly person: string },
  sent: PostPayDeal,
): Promise<PayDealAnswer> {
  const book = await live.book(orgId);
  const on = mustBeDate(sent.on ?? book.calendar.dateOf(deps.clock.now()), '/on');
  const period = periodOf(book, on);
  const fact = await supposed(deps, book, { orgId, person, on }, sent);
  const before = book.engine.payee(person);
  if (!before) throw fault('no_plan', 'This person is on no plan.', '/person');
  const after = payeeWith(book.engine, person, [fact])!;
  const parts = new Map<string, bigint>();
  for (const [result, sign] of [[after, 1n] as const, [before, -1n] as const]) {
    for (const figure of result.periods.flatMap((one) => one.figures)) {
      const { component, minor } = figure;
      parts.set(component, (parts.get(component) ?? 0n) + sign * minor);
    }
  }
  const pays = [...parts.values()].reduce((sum, minor) => sum + minor, 0n);
  const names = await readPayNames(deps, orgId);
  return {
    ...{ person: names.of(person), currency: book.currency, period },
    ...{ deal: sent.deal ?? null, amount: fact.amount ?? '0' },
    pays: moneyText(pays, book.currency),
    components: [...parts]
      .filter(([, minor]) => minor !== 0n)
      .map(([component, minor]) => ({ component, pays: moneyText(minor, book.currency) })),
    estimate: true,
  };
}

/** The period that a date lies in and that is counted by now. */
function periodOf({ calendar, periods, current }: LivePayBook, on: string): string {
  const at = calendar.startOf(on);
  const found = periods.find((one) => one.from.getTime() <= at && at < one.to.getTime());
  if (found && current !== null && found.key <= current) return found.key;
  throw fault('no_period', 'No pay period holds this date yet.', '/on');
}

interface Asked {
  readonly orgId: string;
  readonly person: string;
  readonly on: string;
}

async function supposed(
  deps: IngestDeps,
  { currency }: LivePayBook,
  { orgId, person, on }: Asked,
  sent: PostPayDeal,
): Promise<IncentiveFact> {
  const amount = sent.amount && moneyText(minorFrom(sent.amount, currency, '/amount'), currency);
  const share = sent.share ?? '1';
  if (!/^(0?\.\d{1,9}|1|\d{1,6}\/[1-9]\d{0,5})$/.test(share)) {
    throw fault('bad_share', 'A share is a decimal or a fraction such as "0.7".', '/share');
  }
  const of = { source: 'supposed', kind: 'booked' as const, effectiveOn: on, currency };
  if (sent.deal === undefined) {
    if (amount === undefined) throw fault('missing', 'Give an "amount" or a "deal".', '/amount');
    const attributes = sent.attributes ?? {};
    const credits = [{ person, share }];
    return { ...of, sourceId: 'deal', deal: 'supposed/deal', amount, attributes, credits };
  }
  const group = (await readGroups(deps.sql, orgId, [sent.deal])).get(sent.deal);
  const known = group && (await openDeal(deps, orgId, group));
  if (!group || !known?.credits.some((credit) => credit.person === person)) {
    throw new ProblemError('not_found', 'There is no such deal of this person.');
  }
  if (dealStatus(group).status === 'won') {
    throw fault('already', 'It is won: what it pays is in the figures.', '/deal');
  }
  const minor =
    amount ?? (known.minor === undefined ? undefined : moneyText(known.minor, currency));
  if (minor === undefined) throw fault('missing', 'The deal has no amount: give one.', '/amount');
  const attributes = { ...known.attributes, ...sent.attributes };
  const place = { sourceId: sent.deal, deal: sent.deal };
  return { ...of, ...place, amount: minor, attributes, credits: known.credits };
}

/** What is known of a deal by now: its amount, attributes and people. */
async function openDeal(deps: IngestDeps, orgId: string, group: FactGroup) {
  const matches = await readMatches(deps.sql, orgId);
  const facts = factsNow(group).filter((fact) => fact.type !== 'activity.logged');
  const credits = facts.findLast((fact) => fact.credits.length > 0)?.credits ?? [];
  return {
    minor: facts.findLast((fact) => fact.minor !== undefined)?.minor,
    attributes: Object.assign({}, ...facts.map((fact) => fact.attributes ?? {})) as Record<
      string,
      string
    >,
    credits: credits.map(({ person, share }) => ({
      person: matches.get(person) ?? person,
      share,
    })),
  };
}
