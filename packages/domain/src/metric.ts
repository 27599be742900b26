import { currencyExponent } from './currency.ts';

/** Counts are kept in millionths, so that a third of a deal is counted exactly enough to add up. */
export const COUNT_SCALE = 6;

/** The KPI definitions every organisation starts with. */
export const METRICS = ['revenue', 'deals', 'activities'] as const;
export type MetricId = (typeof METRICS)[number];

/** What a metric's numbers are: how many digits they carry and how they are read. */
export type Unit =
  | { readonly kind: 'money'; readonly currency: string; readonly scale: number }
  | { readonly kind: 'count'; readonly scale: number };

/** The unit of a metric in an organisation that counts money in `currency`. */
export function unitOf(metric: MetricId, currency: string): Unit {
  if (metric !== 'revenue') return { kind: 'count', scale: COUNT_SCALE };
  const scale = currencyExponent(currency);
  if (scale === undefined) throw new RangeError(`unknown currency: ${currency}`);
  return { kind: 'money', currency, scale };
}
