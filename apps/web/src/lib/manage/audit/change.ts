import type { AuditAnswer } from '@ovation/protocol';
import { difference, type Difference, type Leaf } from './difference.ts';

/** A change as it is shown. */
export interface ShownChange {
  /** What it is about besides its subject: the metric, period and window of a target. */
  readonly context: readonly { readonly path: string; readonly value: string }[];
  readonly differences: readonly Difference[];
  /** All of it is gone. */
  readonly removed: boolean;
}

const TARGET_CONTEXT = ['metric', 'period', 'window'] as const;

type Fields = Readonly<Record<string, unknown>>;
const recordOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export function readChange({
  type,
  was,
  now,
}: Pick<AuditAnswer, 'type' | 'was' | 'now'>): ShownChange {
  const removed = now === null && was !== null;
  if (type !== 'target.set') return { context: [], differences: told(was, now), removed };
  const about = { ...recordOf(was), ...recordOf(now) };
  const context = TARGET_CONTEXT.flatMap((path) => {
    const value = about[path];
    return typeof value === 'string' ? [{ path, value }] : [];
  });
  const value = (of: unknown) => ({ value: recordOf(of)['value'] });
  return { context, differences: told(value(was), value(now)), removed };
}

/** Differences that say something: where nothing was, nothing is no news. */
const told = (was: unknown, now: unknown): Difference[] =>
  difference(was, now).filter((one) => !(one.was === undefined && isNothing(one.now)));

const isNothing = (leaf: Leaf | undefined): boolean =>
  leaf === null || leaf === '' || (Array.isArray(leaf) && leaf.length === 0);
