/** The one place that asks the machine for the time. Everything else is handed a `Clock`. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
