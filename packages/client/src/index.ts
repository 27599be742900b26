export {
  createClient,
  type Client,
  type ClientOptions,
  type SendResult,
  type Watch,
  type WatchOptions,
} from './client.ts';
export type { Receipt } from './sender.ts';
export { ClientClosed, EventRefused, QueueFull, SendFailed, WatchFailed } from './errors.ts';
export type { BoardView, BoardViewName, IncomingEvent, Problem } from '@ovation/protocol';
