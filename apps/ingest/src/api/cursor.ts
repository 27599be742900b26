import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { ProblemError } from '../problem.ts';

/** Raised when what cursors say changes, so that old ones are told apart. */
const VERSION = 1;

/**
 * Where a list goes on, opaque to who carries it: base64url of `[version, list, place]`. The name
 * of the list keeps a cursor of one call from being read by another.
 */
export const writeCursor = (list: string, place: unknown): string =>
  Buffer.from(JSON.stringify([VERSION, list, place])).toString('base64url');

/** The place that a cursor of this list names; `undefined` without one. Ends the request if bad. */
export function readCursor<T extends TSchema>(
  list: string,
  text: string | undefined,
  shape: T,
): Static<T> | undefined {
  if (text === undefined) return undefined;
  const [version, of, place] = parsed(text);
  if (version === VERSION && of === list && Check(shape, place)) return place as Static<T>;
  const detail = 'This is no cursor of this list. Take it as the answer before gave it.';
  throw new ProblemError('malformed', detail, [{ code: 'bad_cursor', detail, pointer: '/cursor' }]);
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
