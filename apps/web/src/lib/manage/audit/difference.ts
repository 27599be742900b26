import { formatScaled } from '@ovation/domain';

/** What of a setting changed: one entry for each value that is not what it was. */
export interface Difference {
  /** Names on the way to the value: `settings.closing.late`; empty where all of it is one value. */
  readonly path: string;
  /** `undefined`: there was none. */
  readonly was: Leaf | undefined;
  /** `undefined`: it is gone. */
  readonly now: Leaf | undefined;
}

export type Scalar = string | number | boolean | null;
export type Leaf = Scalar | readonly Scalar[];

/** Deeper than any setting is. */
const DEPTH_MAX = 12;

/** The values that differ, in the order in which they are now, then those that are gone. */
export function difference(was: unknown, now: unknown): Difference[] {
  const before = leavesOf(was);
  const after = leavesOf(now);
  const paths = new Set([...after.keys(), ...before.keys()]);
  return [...paths].flatMap((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    if (same(one, other)) return [];
    return [{ path, ...onlyChanged(one, other) }];
  });
}

function leavesOf(value: unknown): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(value, '', 0, leaves);
  return leaves;
}

function collect(value: unknown, path: string, depth: number, into: Map<string, Leaf>): void {
  if (value === undefined || (value === null && path === '')) return;
  if (isScalar(value)) into.set(path, value);
  else if (Array.isArray(value) && value.every(isScalar)) into.set(path, value);
  else if (depth === DEPTH_MAX) into.set(path, JSON.stringify(value));
  else {
    for (const [name, inner] of Object.entries(value as object)) {
      collect(inner, path === '' ? name : `${path}.${name}`, depth + 1, into);
    }
  }
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const same = (one: Leaf | undefined, other: Leaf | undefined): boolean =>
  one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));

/** Of lists of words only what came and what went; in lists of numbers the place has a meaning. */
function onlyChanged(was: Leaf | undefined, now: Leaf | undefined): Omit<Difference, 'path'> {
  if (!isWords(was) || !isWords(now)) return { was, now };
  const gone = was.filter((word) => !now.includes(word));
  const come = now.filter((word) => !was.includes(word));
  if (gone.length + come.length === 0) return { was, now };
  return {
    was: gone.length > 0 ? gone : undefined,
    now: come.length > 0 ? come : undefined,
  };
}

const isWords = (leaf: Leaf | undefined): leaf is readonly string[] =>
  Array.isArray(leaf) && leaf.every((one) => typeof one === 'string');

/** A whole number of so many decimals as a decimal: `12050` of two is `120.5`. */
export function unscaled(value: string, scale: number): string {
  const text = formatScaled(BigInt(value), scale, scale);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
