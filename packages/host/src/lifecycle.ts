/** Something that was started and can be stopped. */
export interface Part {
  readonly name: string;
  stop(): Promise<unknown>;
}

const STOP_DEADLINE_MS = 10_000;

/** Stops what was started, in reverse, each within a deadline. */
export class Lifecycle {
  readonly #parts: Part[] = [];
  #stopping: Promise<void> | undefined;

  add(name: string, stop: () => Promise<unknown>): void {
    this.#parts.push({ name, stop });
  }

  /** May be called again; all callers wait for the same stop. */
  stop(problem: (name: string, error: unknown) => void = () => undefined): Promise<void> {
    this.#stopping ??= this.#stopAll(problem);
    return this.#stopping;
  }

  async #stopAll(problem: (name: string, error: unknown) => void): Promise<void> {
    for (const part of this.#parts.reverse()) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('took too long')), STOP_DEADLINE_MS);
      });
      await Promise.race([part.stop(), late]).catch((error: unknown) => problem(part.name, error));
      clearTimeout(timer);
    }
  }
}
