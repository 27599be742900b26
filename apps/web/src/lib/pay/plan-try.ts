import {
  SUPPOSED_DEALS_MAX,
  supposedExponent,
  supposedFacts,
  supposedInput,
  SUPPOSED_PERSON,
  type PlanDefinition,
} from '@ovation/domain';
import type { PlanPreviewAnswer, PostPlanPreview, PreviewedPayee } from '@ovation/protocol';
import { minorOf } from './plan-curve.ts';
import { sumOf } from './sum.ts';

/** What is tried: so much of a measure by one person with such targets; decimals. */
export interface Tried {
  readonly rules: PlanDefinition;
  /** The first date of the version, ISO. */
  readonly from: string;
  /** The measure that is sold along; empty: what those below the person sell. */
  readonly along: string;
  readonly sold: string;
  /** By the names of quotas. */
  readonly targets: Readonly<Record<string, string>>;
  readonly targetIncentive?: string | undefined;
}

/** What the preview is sent. */
export interface AskedPreview extends Omit<PostPlanPreview, 'plan'> {
  readonly plan: PlanDefinition;
}

/** How many deals can be tried where deals are counted; `null`: any amount can be. */
export function mostTried({ measures }: PlanDefinition, along: string): number | null {
  const counted = measures.find(({ id }) => id === along)?.sum === 'count';
  return counted ? SUPPOSED_DEALS_MAX : null;
}

/** The deals that bring one person to what is tried, in the window that the version begins in. */
export function previewOf({ rules, from, along, sold, ...rest }: Tried): AskedPreview {
  const asked = {
    ...{ definition: rules, measure: along === '' ? null : along, on: from },
    ...rest,
  };
  const { people, quotas, periods, assignments } = supposedInput(asked);
  const facts = supposedFacts(asked, minorOf(sold, supposedExponent(rules, asked.measure)));
  const credited = new Set(facts.flatMap(({ credits = [] }) => credits.map((one) => one.person)));
  const incentive = assignments[0]?.targetIncentive;
  const on = people.filter(({ id }) => id === SUPPOSED_PERSON || credited.has(id));
  return {
    plan: rules,
    people: on.map(({ id, reportsTo }) => ({
      id,
      ...(reportsTo && { reportsTo: [...reportsTo] }),
      ...(incentive !== undefined && { targetIncentive: incentive }),
    })),
    quotas: [...quotas],
    facts: facts as AskedPreview['facts'],
    periods: periods.map(({ id, from: first, to }) => ({ id, from: first, to })),
    trace: false,
  };
}

/** What the person who is tried earns, by component; `null` where the answer lacks them. */
export function triedPay({ people }: PlanPreviewAnswer): {
  readonly earned: readonly string[];
  readonly components: readonly { readonly component: string; readonly total: string }[];
  readonly refusals: PreviewedPayee['refusals'];
} | null {
  const own = people.find(({ person }) => person === SUPPOSED_PERSON);
  if (!own) return null;
  const totals = new Map<string, string>();
  for (const { component, total } of own.periods.flatMap(({ components }) => components)) {
    totals.set(component, sumOf([totals.get(component) ?? '0', total]));
  }
  return {
    earned: own.periods.map(({ earned }) => earned),
    components: [...totals].map(([component, total]) => ({ component, total })),
    refusals: own.refusals,
  };
}
