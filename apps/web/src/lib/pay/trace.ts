import type { PayTrace } from '@ovation/protocol';

/** A stretch of a measure that was paid at one rate. */
export interface TraceSlice {
  readonly from?: string;
  readonly to?: string;
  readonly amount: string;
  readonly rate: string;
  readonly pays: string;
}
/** What one fact paid. */
export interface TraceLine {
  readonly node: string;
  readonly fact: string | null;
  readonly deal: string | null;
  readonly exact: string;
  readonly pays: string;
  readonly before?: string;
  readonly after?: string;
  readonly slices?: readonly TraceSlice[];
  readonly fx?: { readonly pair: string; readonly on: string; readonly rate: string };
}
/** What a gate, a multiplier or a limit made of it. */
export interface TraceShape {
  readonly node: string;
  readonly kind: string;
  readonly passed?: boolean;
  readonly hit?: boolean;
  readonly times?: string;
  readonly left?: string;
  readonly right?: string;
  readonly in: string;
  readonly out: string;
}
/** How a figure came about, as the server writes it; numbers are exact decimals or fractions. */
export interface Trace {
  readonly node: string;
  readonly kind: string;
  readonly mode?: string;
  readonly version: number;
  readonly currency: string;
  readonly measure: {
    readonly id: string;
    readonly window: string;
    readonly money: boolean;
    readonly before: string;
    readonly after: string;
    readonly quota: string | null;
  } | null;
  readonly lines: readonly TraceLine[];
  readonly more: { readonly lines: number; readonly pays: string } | null;
  readonly then: readonly TraceShape[];
  readonly exact: string;
  readonly rounded: string;
}

/** What kind of component shaped a figure: a limit, a multiplier. */
export const shapeKind = ({ then }: Trace, node: string): string =>
  then.find((one) => one.node === node)?.kind ?? '';

/** The newest facts first; what shaped them all stays behind them. */
export const newestFirst = ({ node, lines }: Trace): readonly TraceLine[] => [
  ...lines.filter((line) => line.node === node).toReversed(),
  ...lines.filter((line) => line.node !== node),
];

/** The events behind a figure, the newest first, each once and with the deal that it is of. */
export function eventsOf(trace: Trace): readonly { readonly event: string; readonly of: string }[] {
  const found = new Map<string, string>();
  for (const { fact, deal } of newestFirst(trace)) {
    // What ended a win has the key of the win with a mark.
    const event = fact?.split('#')[0];
    if (event !== undefined && !found.has(event)) found.set(event, deal ?? event);
  }
  return [...found].map(([event, of]) => ({ event, of }));
}

/** Stretches of a line on its measure, as parts of the whole: where rates change. */
export function stretchesOf({ slices = [] }: TraceLine): readonly number[] {
  const sizes = slices.map(({ amount }) => Math.abs(Number(amount)));
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const told = sizes.length > 1 && whole > 0 && sizes.every(Number.isFinite);
  return told ? sizes.map((size) => size / whole) : [];
}

/** The trace of an answer; `null` where there is none or it has another shape. */
export function traceOf(given: PayTrace | null): Trace | null {
  if (given === null || !Array.isArray(given['lines']) || !Array.isArray(given['then'])) {
    return null;
  }
  return given as unknown as Trace;
}
