const SAMPLES_MAX = 20;

/** The middle of the last measured times from receipt to glass. */
export class GlassMeter {
  #p50 = $state<number | null>(null);
  #samples: number[] = [];

  get p50(): number | null {
    return this.#p50;
  }

  add(glassMs: number): void {
    this.#samples = [...this.#samples.slice(1 - SAMPLES_MAX), glassMs];
    const sorted = [...this.#samples].sort((a, b) => a - b);
    this.#p50 = sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  }
}
