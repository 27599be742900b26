/**
 * A doorbell that usually also carries the news. Delivery is at most once and per channel in order
 * of publishing; whoever needs every message numbers them and asks the log for what is missing.
 */
export interface Bus {
  /** Resolves when handed over; a message may still be lost. Never rejects. */
  publish(channel: string, message: object): Promise<void>;
  /** Calls `hear` for each message until the returned function is called. */
  subscribe(channel: string, hear: (message: unknown) => void): Promise<() => Promise<void>>;
  /** Whether other processes can be reached. */
  readonly connected: boolean;
  /** Calls `back` whenever the connection returned: messages in between are lost. */
  onReturn(back: () => void): void;
  close(): Promise<void>;
}
