import { expect, it } from 'vitest';
import { statusAt } from './freshness.ts';

const NOW = 1_000_000;
const at = (heardMsAgo: number | null, connected: boolean, goneMs = 0) =>
  statusAt(NOW, {
    connected,
    heardAt: heardMsAgo === null ? null : NOW - heardMsAgo,
    disconnectedAt: NOW - goneMs,
  });

it.each([
  ['a beat five seconds ago is live', at(5_000, true), 'live'],
  ['fifteen silent seconds are stale', at(15_000, true), 'stale'],
  ['a silent minute is offline though the socket is open', at(60_000, true), 'offline'],
  ['a blink of the connection changes nothing', at(1_000, false, 2_900), 'live'],
  ['three seconds without connection are offline', at(3_500, false, 3_000), 'offline'],
  ['a page that has just begun is connecting', at(null, false, 500), 'connecting'],
  ['a page that found no server is offline', at(null, false, 3_000), 'offline'],
])('%s', (_, status, expected) => expect(status).toBe(expected));
