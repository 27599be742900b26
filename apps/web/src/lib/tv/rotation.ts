import type { Instant } from '@ovation/domain';

/** What a slide takes of the rotation. */
export interface Turn<Id extends string = string> {
  readonly id: Id;
  readonly dwellMs: number;
}

/**
 * The slide at an instant. It depends on the server's clock alone, so all walls of a floor show the
 * same one; `heldMs` is the time that takeovers have kept, which every slide gets back.
 */
export function slideAt<Id extends string>(
  turns: readonly Turn<Id>[],
  now: Instant,
  heldMs = 0,
): Id | undefined {
  const cycleMs = turns.reduce((sum, turn) => sum + turn.dwellMs, 0);
  if (cycleMs <= 0) return turns[0]?.id;
  let left = (((now - heldMs) % cycleMs) + cycleMs) % cycleMs;
  for (const turn of turns) {
    if (left < turn.dwellMs) return turn.id;
    left -= turn.dwellMs;
  }
  return turns[0]?.id;
}
