import { MetricBook } from '$lib/figures/metric-book.svelte.ts';

/** While something is counted again its progress is looked at this often. */
const LOOK_EVERY_MS = 1_500;

/** Every metric, looked at again while one is being counted anew. */
export class MetricsList extends MetricBook {
  readonly rebuilding: boolean = $derived.by(() =>
    this.all.some(({ rebuild }) => rebuild !== null),
  );

  /** Looks again and again while there is progress to see; returns the undoing. */
  follow(): (() => void) | undefined {
    if (!this.rebuilding) return undefined;
    const timer = setInterval(() => void this.load(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}
