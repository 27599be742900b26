import type { Instant } from '@ovation/domain';

/** A round trip as it was measured: local send and receive times, and the server's clock. */
export interface Probe {
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
  readonly serverNow: Instant;
}

/** Of several round trips the shortest says most: its middle is the server's moment. */
export function offsetOf(probes: readonly Probe[]): number | undefined {
  let best: Probe | undefined;
  for (const probe of probes) {
    if (!best || probe.receivedAt - probe.sentAt < best.receivedAt - best.sentAt) best = probe;
  }
  return best && best.serverNow - (best.sentAt + best.receivedAt) / 2;
}
