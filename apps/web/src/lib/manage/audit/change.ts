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

type Told = Pick<AuditAnswer, 'type' | 'was' | 'now'>;

const TARGET_CONTEXT = ['metric', 'period', 'window'] as const;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export function readChange({ type, was, now }: Told): ShownChange {
  if (type === 'person.changed') return readMove(was, now);
  const removed = now === null && was !== null;
  if (type !== 'target.set') return { context: [], differences: told(was, now), removed };
  const about = { ...fieldsOf(was), ...fieldsOf(now) };
  const context = TARGET_CONTEXT.flatMap((path) => {
    const value = about[path];
    return typeof value === 'string' ? [{ path, value }] : [];
  });
  const value = (of: unknown) => ({ value: fieldsOf(of)['value'] });
  return { context, differences: told(value(was), value(now)), removed };
}

/** A person's change may be of their history alone: then it does not say if they are active. */
function readMove(was: unknown, now: unknown): ShownChange {
  const { gone, ...after } = fieldsOf(now);
  const before = was === null ? null : { active: after['active'], ...fieldsOf(was) };
  return { context: [], differences: told(before, after), removed: gone === true };
}

/** Differences that say something: where nothing was, nothing is no news. */
const told = (was: unknown, now: unknown): Difference[] =>
  difference(was, now).filter((one) => !(one.was === undefined && isNothing(one.now)));

const isNothing = (leaf: Leaf | undefined): boolean =>
  leaf === null || leaf === '' || (Array.isArray(leaf) && leaf.length === 0);
