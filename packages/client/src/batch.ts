/** What the house takes at once; a test compares these with its own bounds. */
export const BATCH_EVENTS = 1_000;
export const BATCH_BYTES = 1_048_576;

const FRAME = '{"events":[]}';

/** An event that waits, as text, with whoever waits for it. */
export interface Waiting {
  readonly id: string;
  readonly text: string;
  readonly bytes: number;
  tries: number;
}

/** How many of the first fit into one batch; at least one. */
export function fitting(queue: readonly Waiting[]): number {
  let bytes = FRAME.length;
  let count = 0;
  for (const one of queue) {
    bytes += one.bytes + 1;
    if (count > 0 && (count >= BATCH_EVENTS || bytes > BATCH_BYTES)) break;
    count += 1;
  }
  return count;
}

export const batchText = (events: readonly Waiting[]): string =>
  `{"events":[${events.map((one) => one.text).join(',')}]}`;
