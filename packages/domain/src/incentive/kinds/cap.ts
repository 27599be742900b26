import type { CheckLook, PlanKind, ShapeStage } from '../component.ts';
import type { CapComponent, ComponentOf, FloorComponent } from '../definition.ts';
import { compare, exact, isDecimal, least } from '../exact.ts';

/** Where a bound works: on each deal, on each component's window, or on all together. */
export const boundStage = ({ scope }: CapComponent | FloorComponent): ShapeStage => scope;

export function checkBound({ amount }: CapComponent | FloorComponent, { fault }: CheckLook): void {
  if (isDecimal(amount) && exact(amount).n < 0n) {
    fault('below_zero', 'Write a sum that is not below zero.', '/amount');
  }
}

/** No more than a sum. */
export const cap: PlanKind<ComponentOf<'cap'>> = {
  role: 'shape',
  stage: boundStage,
  reads: () => [],
  check: checkBound,
  run({ scope, amount }, look) {
    const bound = look.money(amount);
    return {
      shape({ total, deals }) {
        if (scope !== 'deal') {
          const hit = compare(total, bound) > 0;
          return { total: least(total, bound), trace: { kind: 'cap', hit } };
        }
        const over = [...deals].filter(([, { pays }]) => compare(pays, bound) > 0);
        const changed = new Map(over.map(([deal]) => [deal, bound]));
        return { deals: changed, trace: { kind: 'cap', hit: over.length > 0 } };
      },
    };
  },
};
