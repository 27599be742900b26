/** How a series is drawn: the one that is meant, what it is compared with, or a part of it. */
export type Look =
  'main' | 'draft' | 'before' | 'target' | 'p1' | 'p2' | 'p3' | 'p4' | 'p5' | 'p6' | 'rest';

/** A row of figures of one chart; exact decimals, `null` where there is nothing. */
export interface ChartSeries {
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  readonly values: readonly (string | null)[];
}

const PARTS: readonly Look[] = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];

/** The look of the n-th part; those behind the sixth are the rest together. */
export const partLook = (index: number): Look => PARTS[index] ?? 'rest';
