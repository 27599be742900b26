import type { Instant } from '@ovation/domain';

/** This machine's clock, which never steps back while the page lives. */
export const localNow = (): Instant => performance.timeOrigin + performance.now();
