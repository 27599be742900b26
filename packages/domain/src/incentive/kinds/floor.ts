import type { Ratio } from '../../contest/ratio.ts';
import type { DealPay, PlanKind } from '../component.ts';
import type { ComponentOf } from '../definition.ts';
import { compare, minus, most, plus } from '../exact.ts';
import { boundStage, checkBound } from './cap.ts';

/** No less than a sum. For a deal: as long as something of the deal is left. */
export const floor: PlanKind<ComponentOf<'floor'>> = {
  role: 'shape',
  stage: boundStage,
  reads: () => [],
  check: checkBound,
  run({ scope, amount }, look) {
    const bound = look.money(amount);
    const lifted = ({ pays, original, stands }: DealPay, keepsMinimum: boolean): Ratio => {
      if (stands) return most(pays, bound);
      if (!keepsMinimum || compare(original, bound) >= 0) return pays;
      return plus(pays, minus(bound, original));
    };
    return {
      shape({ total, deals, keepsMinimum }) {
        if (scope !== 'deal') {
          const hit = compare(total, bound) < 0;
          return { total: most(total, bound), trace: { kind: 'floor', hit } };
        }
        const changed = new Map<string, Ratio>();
        for (const [deal, pay] of deals) {
          const to = lifted(pay, keepsMinimum);
          if (compare(to, pay.pays) !== 0) changed.set(deal, to);
        }
        return { deals: changed, trace: { kind: 'floor', hit: changed.size > 0 } };
      },
    };
  },
};
