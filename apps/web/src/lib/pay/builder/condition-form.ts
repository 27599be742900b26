import type { PlanCondition, PlanOperand } from '@ovation/domain';

export const COMPARED = ['ge', 'gt', 'le', 'lt', 'eq'] as const;
export const GROUPED = ['and', 'or', 'not'] as const;
export type Form = (typeof COMPARED)[number] | (typeof GROUPED)[number];

/** A condition taken apart: what is compared, or what it is made of. */
export type Taken =
  | {
      readonly name: (typeof COMPARED)[number];
      readonly operand: PlanOperand;
      readonly right: string;
    }
  | { readonly name: (typeof GROUPED)[number]; readonly parts: readonly PlanCondition[] };

export function formOf(condition: PlanCondition): Taken | undefined {
  const name = [...COMPARED, ...GROUPED].find((one) => one in condition);
  if (name === undefined) return undefined;
  const inside: unknown = (condition as Record<string, unknown>)[name];
  if (name === 'not') return { name, parts: [inside as PlanCondition] };
  if (name === 'and' || name === 'or') return { name, parts: inside as PlanCondition[] };
  const [operand, right] = inside as [PlanOperand, string];
  return { name, operand, right };
}

/** An operand as a list of choices has it: `%sold` is the attainment of `sold`. */
export const operandIn = (text: string): PlanOperand =>
  text.startsWith('%') ? { attainment: text.slice(1) } : text;
