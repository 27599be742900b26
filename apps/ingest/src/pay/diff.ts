import type { PlanChange } from '@ovation/protocol';

/**
 * What differs between two versions' rules, in the order in which they are read. Measures and
 * components are told apart by their ids, so that one that moved or came is named as itself.
 */
export function planDiff(was: unknown, now: unknown): PlanChange[] {
  return changesOf('', was, now);
}

function changesOf(path: string, was: unknown, now: unknown): PlanChange[] {
  if (same(was, now)) return [];
  const named = [namedParts(was), namedParts(now)] as const;
  if (named[0] && named[1]) {
    return keysOf(named[0], named[1]).flatMap((id) =>
      changesOf(`${path}/${id}`, named[0]!.get(id), named[1]!.get(id)),
    );
  }
  if (isRecord(was) && isRecord(now)) {
    const [before, after] = [new Map(Object.entries(was)), new Map(Object.entries(now))];
    return keysOf(before, after).flatMap((key) =>
      changesOf(`${path}/${key}`, before.get(key), after.get(key)),
    );
  }
  return [{ path, was: was ?? null, now: now ?? null }];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parts of a list by their ids; `undefined` for a list of anything else. */
function namedParts(value: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined;
  const parts = new Map<string, unknown>();
  for (const part of value as unknown[]) {
    if (!isRecord(part) || typeof part['id'] !== 'string') return undefined;
    parts.set(part['id'], part);
  }
  return parts;
}

const keysOf = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] => [
  ...new Set([...a.keys(), ...b.keys()]),
];
