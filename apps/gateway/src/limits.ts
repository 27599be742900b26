/** Every bound of the gateway, in one table. */
export const LIMITS = {
  /** Boards that one socket may watch. */
  boardsPerSocket: 24,
  /** Rows a screen or rep may list: the wall's policy is the top ten. */
  topRows: { screen: 10, rep: 10, manager: 100, owner: 100, machine: 100 },
  /** Milliseconds between two frames of a board: 2 a second to a wall, 10 to phone and desk. */
  frameEveryMs: { screen: 500, live: 100 },
  /** Bytes unsent on a socket from which it counts as slow and is sent nothing more. */
  behindBytes: 256 * 1024,
  /** Inbound: bytes of a message, messages a second. */
  messageBytes: 16 * 1024,
  messagesPerSecond: 50,
  /** How long a watch waits for a board that is not here yet. */
  readyWithinMs: 3_000,
  /** Projector silence after which screens are no longer told that all is well. */
  projectorSilentMs: 5_000,
  /** Between two asks for the same boards. */
  askEveryMs: 250,
  /** How often the projector is told which boards are watched; it lets others go after 90 s. */
  keepEveryMs: 20_000,
} as const;
