import type { Catalogue } from './catalogue.ts';

/** Words that walls and desks share. */
export const commonEn = {
  product: 'Ovation',
  live: 'Live',
  connecting: 'Connecting',
  stale: 'Delayed',
  offline: 'Offline',
  offlineSince: 'Offline since {time}',
  asOf: 'as of {time}',
  glass: 'glass {time}',
  lastKnown: 'Showing the last known numbers',
  reconnecting: 'Reconnecting',
} as const satisfies Catalogue;
