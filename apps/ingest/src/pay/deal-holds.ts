import type { IncentiveHold } from '@ovation/domain';
import type { PayHoldRow } from '@ovation/store';

/** Deals that are held, as the engine is told of them. */
export const dealHolds = (holds: readonly PayHoldRow[]): IncentiveHold[] =>
  holds.flatMap(({ deal, person, heldFrom: from, heldTo, until }) => {
    if (deal === null || from === null) return [];
    const to = heldTo !== null && (until === null || heldTo < until) ? heldTo : until;
    return to !== null && to <= from ? [] : [{ deal, person, from, ...(to && { to }) }];
  });
