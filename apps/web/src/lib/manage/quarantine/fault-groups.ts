import type { QuarantineAnswer } from '@ovation/protocol';

/** Deliveries with the same fault in the same place; one correction may be enough for all. */
export interface FaultGroup {
  readonly key: string;
  readonly fault: QuarantineAnswer['fault'];
  readonly deliveries: readonly QuarantineAnswer[];
}

/** Groups in the order of their first delivery; the place in a batch makes no difference. */
export function groupFaults(deliveries: readonly QuarantineAnswer[]): FaultGroup[] {
  const groups = new Map<string, QuarantineAnswer[]>();
  for (const delivery of deliveries) {
    const { code, pointer = '' } = delivery.fault;
    const key = `${code} ${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}`;
    const known = groups.get(key);
    if (known) known.push(delivery);
    else groups.set(key, [delivery]);
  }
  return [...groups].map(([key, list]) => ({ key, fault: list[0]!.fault, deliveries: list }));
}
