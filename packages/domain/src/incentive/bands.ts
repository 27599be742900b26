import type { Ratio } from '../contest/ratio.ts';
import type { EventPay, EventStep, PaySlice } from './component.ts';
import type { PlanBand } from './definition.ts';
import { compare, exact, isDecimal, least, minus, NONE, over, plus, times } from './exact.ts';

/** Half-open bands with edges on the measure: an edge belongs to the band that begins there. */
export interface Ladder {
  readonly edges: readonly Ratio[];
  readonly rates: readonly Ratio[];
}

/** The band of a position; below the first edge, the first. */
export function bandAt(edges: readonly Ratio[], position: Ratio): number {
  let band = 0;
  while (band + 1 < edges.length && compare(edges[band + 1]!, position) <= 0) band += 1;
  return band;
}

/** The slices of a stretch `[from, to)`, lowest first, each in its band. */
export function slicesOf(ladder: Ladder, from: Ratio, to: Ratio): PaySlice[] {
  const slices: PaySlice[] = [];
  let at = from;
  for (let band = bandAt(ladder.edges, from); compare(at, to) < 0; band += 1) {
    const edge = ladder.edges[band + 1];
    const end = edge === undefined ? to : least(edge, to);
    const amount = minus(end, at);
    const rate = ladder.rates[band]!;
    slices.push({ from: at, to: end, amount, rate, pays: times(amount, rate) });
    at = end;
  }
  return slices;
}

/** What a stretch pays when each slice has its own rate; below zero where it goes down. */
export function marginalPay(ladder: Ladder, from: Ratio, to: Ratio): Ratio {
  const down = compare(to, from) < 0;
  let [at, end, sum] = down ? [to, from, NONE] : [from, to, NONE];
  for (let band = bandAt(ladder.edges, at); compare(at, end) < 0; band += 1) {
    const edge = ladder.edges[band + 1];
    const stop = edge === undefined ? end : least(edge, end);
    sum = plus(sum, times(minus(stop, at), ladder.rates[band]!));
    at = stop;
  }
  return down ? { n: -sum.n, d: sum.d } : sum;
}

/** Bands as they are written: edges that rise from zero, numbers that can be read. */
export function bandFaults(
  bands: readonly PlanBand[],
  fault: (code: string, detail: string, pointer: string) => void,
  at = '/bands',
): boolean {
  return risingFaults(
    bands.map((band) => band.from),
    fault,
    (index) => `${at}/${index}/from`,
    at,
  );
}

/** Edges have to rise from zero. `true` when they are in order. */
export function risingFaults(
  edges: readonly string[],
  fault: (code: string, detail: string, pointer: string) => void,
  pointer: (index: number) => string,
  whole: string,
): boolean {
  if (edges.length === 0) {
    fault('no_bands', 'Write at least one band; the first begins at zero.', whole);
    return false;
  }
  let good = true;
  edges.forEach((edge, index) => {
    if (!isDecimal(edge)) return (good = false);
    const here = exact(edge);
    if (index === 0) {
      if (here.n === 0n) return true;
      fault('first_band', 'The first band begins at "0".', pointer(0));
      return (good = false);
    }
    const before = edges[index - 1]!;
    if (!isDecimal(before) || compare(exact(before), here) < 0) return true;
    const detail = `Bands rise: "${edge}" has to be more than "${before}".`;
    fault('bands_fall', detail, pointer(index));
    return (good = false);
  });
  return good;
}

/** Pay on another share than the one that moves the position: the same rates, in proportion. */
export function inProportion(pay: EventPay, { amount, moves }: EventStep): EventPay {
  if (amount === moves || compare(amount, moves) === 0) return pay;
  const by = over(amount, moves);
  const slices = pay.slices?.map((slice) => ({
    ...slice,
    amount: times(slice.amount, by),
    pays: times(slice.pays, by),
  }));
  return {
    pays: times(pay.pays, by),
    ...(pay.own && { own: times(pay.own, by) }),
    ...(slices && { slices }),
  };
}
