import type { PlanFinding } from './component.ts';
import type { PlanDefinition } from './definition.ts';
import { planKindOf } from './kinds/index.ts';
import { measuresIn } from './condition.ts';
import { compare, exact } from './exact.ts';

/** What is allowed in a plan and is seldom meant; kinds add their own. */
export function planThoughts(plan: PlanDefinition): PlanFinding[] {
  return [...unusedMeasures(plan), ...withoutQuota(plan), ...unreachable(plan)];
}

function unusedMeasures({ measures, components }: PlanDefinition): PlanFinding[] {
  const used = new Set(components.flatMap((one) => planKindOf(one).reads(one)));
  for (const component of components) {
    if ('when' in component && component.when) measuresIn(component.when).forEach(used.add, used);
  }
  const parts = measures.flatMap(({ divide, add }) => [...(divide ?? []), ...(add ?? [])]);
  return measures.flatMap(({ id }, index) =>
    used.has(id) || parts.includes(id)
      ? []
      : [
          {
            code: 'unused_measure',
            detail: `Nothing reads "${id}": use it or take it out.`,
            pointer: `/measures/${index}`,
            values: { measure: id },
          },
        ],
  );
}

/** Attainment is by quota: who has none is refused, so somebody has to enter them. */
function withoutQuota({ measures, components }: PlanDefinition): PlanFinding[] {
  return components.flatMap((component, index) =>
    (planKindOf(component).quotas?.(component) ?? []).flatMap((id) => {
      const measure = measures.find((one) => one.id === id);
      if (!measure || measure.quota !== undefined) return [];
      const detail = `"${component.id}" goes by attainment of "${id}", which names no quota.`;
      const pointer = `/components/${index}`;
      return [{ code: 'no_quota_named', detail, pointer, values: { measure: id } }];
    }),
  );
}

/** Bands that a cap leaves nothing of: pay is cut before they begin. */
function unreachable({ components }: PlanDefinition): PlanFinding[] {
  const found: PlanFinding[] = [];
  components.forEach((tiers, index) => {
    if (tiers.kind !== 'tiers' || tiers.position !== 'amount' || tiers.mode !== 'marginal') return;
    const caps = components.filter((one) => one.kind === 'cap' && one.scope === 'period');
    for (const cap of caps) {
      if (cap.kind !== 'cap' || !(cap.applies_to?.includes(tiers.id) ?? true)) continue;
      let paid = exact('0');
      tiers.bands.slice(1).forEach((band, at) => {
        const before = tiers.bands[at]!;
        const width =
          exact(band.from).n * exact(before.from).d - exact(before.from).n * exact(band.from).d;
        const size = { n: width, d: exact(band.from).d * exact(before.from).d };
        const rate = exact(before.rate);
        const more = { n: size.n * rate.n, d: size.d * rate.d };
        paid = { n: paid.n * more.d + more.n * paid.d, d: paid.d * more.d };
        if (compare(paid, exact(cap.amount)) < 0) return;
        const detail = `"${cap.id}" is reached before "${band.from}": this band pays nothing.`;
        const pointer = `/components/${index}/bands/${at + 1}`;
        found.push({ code: 'unreachable_band', detail, pointer, values: { cap: cap.id } });
      });
    }
  });
  return found;
}
