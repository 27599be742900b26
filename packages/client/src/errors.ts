import type { Problem, RefusalCode } from '@ovation/protocol';

/** The house understood and said no: sending the same again will not help. */
export class EventRefused extends Error {
  /** The event's id. */
  readonly id: string;
  readonly problem: Problem;

  constructor(id: string, problem: Problem) {
    super(problem.detail);
    this.name = 'EventRefused';
    this.id = id;
    this.problem = problem;
  }
}

/** Every try failed. It may be stored all the same; sent again with this id it counts once. */
export class SendFailed extends Error {
  readonly id: string;

  constructor(id: string, tries: number, cause: unknown) {
    super(`not sent after ${tries} tries`, { cause });
    this.name = 'SendFailed';
    this.id = id;
  }
}

/** More is waiting than may wait. Wait for what was sent before, or for `flush()`. */
export class QueueFull extends Error {
  constructor(queueMax: number) {
    super(`${queueMax} events are waiting already`);
    this.name = 'QueueFull';
  }
}

/** The client was closed before this was done. */
export class ClientClosed extends Error {
  constructor() {
    super('the client was closed');
    this.name = 'ClientClosed';
  }
}

/**
 * A board cannot be watched: what the house said, `ended` for a right that ended, `no_sockets`
 * where `socket.io-client` is not installed.
 */
export class WatchFailed extends Error {
  readonly code: RefusalCode | 'ended' | 'unauthenticated' | 'forbidden' | 'no_sockets';

  constructor(code: WatchFailed['code']) {
    super(`this board cannot be watched: ${code}`);
    this.name = 'WatchFailed';
    this.code = code;
  }
}
