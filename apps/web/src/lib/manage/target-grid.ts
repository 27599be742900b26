import { exactSum } from './floor-table.ts';

export type TargetScope = 'person' | 'team' | 'organisation';

/** One target as the server tells it. */
export interface Target {
  readonly scope: TargetScope;
  /** The person or team; `null` for the organisation. */
  readonly entity: string | null;
  readonly value: string;
}

export type TargetKey = `${TargetScope}:${string}`;

export const targetKey = (scope: TargetScope, entity: string | null): TargetKey =>
  `${scope}:${entity ?? ''}`;

/** How the parts compare with the whole. */
export type SumCheck =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'alone'; readonly sum: string }
  | { readonly kind: 'matches'; readonly sum: string }
  | { readonly kind: 'differs'; readonly sum: string; readonly share: number };

/** Compares a target with the sum of the targets below it; exact, so a cent is a difference. */
export function checkSum(whole: string | undefined, parts: readonly string[]): SumCheck {
  if (parts.length === 0) return { kind: 'nothing' };
  const sum = exactSum(parts);
  if (whole === undefined) return { kind: 'alone', sum };
  if (exactSum([whole]) === sum) return { kind: 'matches', sum };
  return { kind: 'differs', sum, share: Number(sum) / Number(whole) };
}

/** The targets of these people or teams that are set. */
export const valuesOf = (
  targets: ReadonlyMap<TargetKey, string>,
  scope: TargetScope,
  ids: readonly string[],
): string[] => ids.flatMap((id) => targets.get(targetKey(scope, id)) ?? []);
