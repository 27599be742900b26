import {
  formatScaled,
  standingFacts,
  type FactGroup,
  type PersonId,
  type Scaled,
} from '@ovation/domain';
import type { FloorWordAnswer } from '@ovation/protocol';

type Deal = NonNullable<FloorWordAnswer['deal']>;

/** What is known of an open deal: whose it is, and what it would bring. */
interface OpenDeal {
  readonly people: readonly PersonId[];
  readonly minor: bigint;
  readonly account: string | null;
}

/** The smallest of somebody's open deals that brings at least so much; `null` when none does. */
export function smallestThatDoes(
  deals: readonly { readonly group: FactGroup }[],
  person: PersonId,
  missing: Scaled,
  scale: number,
): Deal | null {
  const theirs = deals
    .flatMap(({ group }) => openDeal(group) ?? [])
    .filter((deal) => deal.people.length === 1 && deal.people[0] === person)
    .filter((deal) => deal.minor >= missing)
    .sort((a, b) => (a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0));
  const [best] = theirs;
  if (!best) return null;
  return { account: best.account, amount: formatScaled(best.minor, scale, scale) };
}

function openDeal(group: FactGroup): OpenDeal | undefined {
  const facts = standingFacts(group).filter((fact) => fact.type !== 'activity.logged');
  const worth = facts.findLast((fact) => fact.minor !== undefined);
  const last = facts.at(-1);
  if (!last || worth?.minor === undefined) return undefined;
  return {
    people: last.credits.map((credit) => credit.person),
    minor: worth.minor,
    account: last.attributes['account'] ?? null,
  };
}
