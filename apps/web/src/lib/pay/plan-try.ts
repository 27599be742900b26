import type { PlanDefinition, PlanMeasure } from '@ovation/domain';
import type { PostPlanPreview } from '@ovation/protocol';

const PERSON = 'somebody';

/** What is tried: so much sold by one person with such a target; decimals. */
export interface Tried {
  readonly rules: PlanDefinition;
  /** The first date of the version, ISO. */
  readonly from: string;
  readonly sold: string;
  readonly target: string;
}

/** What the preview is sent. */
export interface AskedPreview extends Omit<PostPlanPreview, 'plan'> {
  readonly plan: PlanDefinition;
}

/** The names of the targets that the rules ask for. */
export const quotasOf = (rules: PlanDefinition): readonly string[] => [
  ...new Set(rules.measures.flatMap(({ quota }) => (quota === undefined ? [] : [quota]))),
];

/** One deal of one person in the month that the version begins in. */
export function previewOf({ rules, from, sold, target }: Tried): AskedPreview {
  const to = monthAfter(from);
  return {
    plan: rules,
    people: [{ id: PERSON }],
    quotas: quotasOf(rules).map((quota) => ({ quota, from, to, amount: target })),
    facts: [
      {
        ...{ source: 'preview', sourceId: '1', kind: 'booked' as const, deal: '1' },
        ...{ effectiveOn: from, amount: sold, currency: rules.currency },
        attributes: attributesFor(rules.measures),
        credits: [{ person: PERSON, share: '1' }],
      },
    ],
    periods: [{ id: 'tried', from, to }],
    trace: false,
  };
}

/** The first value that each condition asks for, so that the deal counts where it can. */
function attributesFor(measures: readonly PlanMeasure[]): Record<string, string> {
  const wanted = measures.flatMap(({ where }) => Object.entries(where ?? {}));
  return Object.fromEntries(
    wanted.flatMap(([field, [first]]) =>
      field === 'kind' || first === undefined ? [] : [[field, first]],
    ),
  );
}

function monthAfter(iso: string): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
