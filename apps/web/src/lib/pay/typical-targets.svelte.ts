import type { PlanDefinition } from '@ovation/domain';
import type { TargetsAnswer } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';
import { middleTarget } from './plan-curve.ts';

/** What stands for a target until there is one. */
const SUPPOSED = { money: '10000', count: '10' } as const;

/** Targets as people have them, so that a curve begins with figures that somebody knows. */
export class TypicalTargets {
  #known = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #asked = new Set<string>();

  /** The middle target of a quota, or one that is made up; a decimal. */
  of(rules: PlanDefinition, quota: string): string {
    const known = this.#known.get(keyOf(rules, quota));
    if (known !== undefined) return known.replace(/\.0+$/, '');
    const measure = rules.measures.find(({ id, quota: own = id }) => own === quota);
    return SUPPOSED[measure === undefined || measure.sum === 'amount' ? 'money' : 'count'];
  }

  /** Looks the targets of quotas up, each once. */
  async learn(rules: PlanDefinition, quotas: readonly string[]): Promise<void> {
    const wanted = quotas.filter((quota) => quota !== '' && !this.#asked.has(keyOf(rules, quota)));
    await Promise.all(
      wanted.map(async (quota) => {
        const key = keyOf(rules, quota);
        this.#asked.add(key);
        const [metric = '', period = 'month'] = key.split('/');
        const query = new URLSearchParams({ metric, period });
        const answer = await ask<TargetsAnswer>('GET', `/v1/targets?${query.toString()}`);
        const middle = answer.ok ? middleTarget(answer.value) : null;
        if (middle !== null) this.#known = new Map([...this.#known, [key, middle]]);
      }),
    );
  }
}

/** A quota with the kind of window that its targets are for: `revenue/quarter`. */
function keyOf({ measures }: PlanDefinition, quota: string): string {
  if (quota.includes('/')) return quota;
  const window = measures.find(({ id, quota: own = id }) => own === quota)?.window ?? 'period';
  return `${quota}/${window === 'period' ? 'month' : window}`;
}
