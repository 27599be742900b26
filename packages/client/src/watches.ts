import {
  mergeDelta,
  viewOf,
  type Beat,
  type BoardDelta,
  type BoardSnapshot,
  type BoardView,
  type BoardViewName,
  type ClientToServer,
  type ServerToClient,
  type WatchAnswer,
} from '@ovation/protocol';
import { io, type Socket } from 'socket.io-client';
import { waitBefore } from './backoff.ts';
import type { Watch } from './client.ts';
import { WatchFailed } from './errors.ts';

type Live = Socket<ServerToClient, ClientToServer>;
type Frame = BoardDelta | BoardSnapshot;

const ANSWER_WITHIN_MS = 5_000;
const ASK_AGAIN_MS = 2_000;

export interface WatchRequest {
  readonly board: string;
  readonly view: BoardViewName;
  readonly onView: (view: BoardView) => void;
  readonly onFailed: (error: WatchFailed) => void;
}

export interface BoardWatches {
  watch(request: WatchRequest): Watch;
  close(): void;
}

interface House {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  readonly random: () => number;
}

/** One socket for all boards; it connects when the first is watched, and comes back for ever. */
export function openWatches(house: House): BoardWatches {
  const watching = new Set<BoardWatch>();
  const all = (tell: (one: BoardWatch) => void) => [...watching].forEach(tell);
  let retry: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let refusal: 'unauthenticated' | 'forbidden' | undefined;
  const socket: Live = io(new URL('/live', house.url).href, {
    path: '/socket.io/',
    transports: ['websocket'],
    autoConnect: false,
    // A connection of its own: another client of this process may have another key.
    forceNew: true,
    auth: (give) => {
      void ticketFor(house).then((answer) => {
        refusal = 'code' in answer ? answer.code : undefined;
        give('ticket' in answer ? { ticket: answer.ticket } : {});
      });
    },
  });
  const failAll = (code: WatchFailed['code']) => {
    socket.disconnect();
    all((one) => one.fail(code));
  };
  const connectLater = () => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), waitBefore(tries, 0, house.random));
    tries += 1;
  };
  socket.on('connect', () => {
    tries = 0;
    all((one) => one.ask());
  });
  socket.on('connect_error', () => {
    if (refusal) failAll(refusal);
    // A refused ticket is not tried again by itself; a lost network is.
    else if (!socket.active) connectLater();
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect' && watching.size > 0) connectLater();
  });
  socket.on('ended', () => failAll('ended'));
  socket.on('board:delta', (frame) => all((one) => one.hear(frame)));
  socket.on('beat', (beat) => all((one) => one.compare(beat)));
  return {
    watch(request) {
      const one = new BoardWatch(socket, house, request, () => watching.delete(one));
      watching.add(one);
      if (socket.connected) one.ask();
      else socket.connect();
      return one;
    },
    close() {
      clearTimeout(retry);
      all((one) => one.close());
      socket.disconnect();
    },
  };
}

type TicketAnswer =
  | { readonly ticket: string }
  | { readonly code: 'unauthenticated' | 'forbidden' }
  | { readonly late: true };

/** A new one for every connection: a ticket opens doors for a minute only. */
async function ticketFor({ url, key, fetch }: House): Promise<TicketAnswer> {
  try {
    const answer = await fetch(new URL('/v1/tickets', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (answer.status === 401) return { code: 'unauthenticated' };
    if (answer.status === 403) return { code: 'forbidden' };
    const { ticket } = (await answer.json()) as { ticket?: string };
    return ticket === undefined ? { late: true } : { ticket };
  } catch {
    return { late: true };
  }
}

/** One board in step with the house: a snapshot, deltas, and what was missed by its version. */
class BoardWatch implements Watch {
  readonly #socket: Live;
  readonly #house: House;
  readonly #request: WatchRequest;
  readonly #left: () => void;
  #view: BoardView | undefined;
  #asking = false;
  /** What it has does not lead on: the next answer is to be whole. */
  #lost = false;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: Live, house: House, request: WatchRequest, left: () => void) {
    this.#socket = socket;
    this.#house = house;
    this.#request = request;
    this.#left = left;
  }

  get view(): BoardView | undefined {
    return this.#view;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#left();
    const { board, view } = this.#request;
    if (this.#socket.connected) this.#socket.emit('board:unwatch', { board, view });
  }

  fail(code: WatchFailed['code']): void {
    if (this.#closed) return;
    this.close();
    this.#request.onFailed(new WatchFailed(code));
  }

  /** Asks for what it lacks: everything, or what changed since the version it has. */
  ask(): void {
    if (this.#asking || this.#closed) return;
    this.#asking = true;
    const { board, view } = this.#request;
    const have = this.#lost ? undefined : this.#view;
    const since = have ? { epoch: have.epoch, since: have.version } : {};
    this.#socket
      .timeout(ANSWER_WITHIN_MS)
      .emitWithAck('board:watch', { board, view, ...since })
      .then(
        (answer) => this.#answered(answer),
        () => this.#askLater(),
      )
      .catch(() => undefined);
  }

  hear(frame: Frame & { readonly view: string }): void {
    const { board, view } = this.#request;
    if (frame.b === board && frame.view === view) this.#take(frame, true);
  }

  /** A beat says which version there is; who is behind asks. */
  compare(beat: Beat): void {
    const newest = beat.versions[this.#request.board];
    if (!newest || !this.#view) return;
    if (newest[0] !== this.#view.epoch || newest[1] > this.#view.version) this.ask();
  }

  #answered(answer: WatchAnswer): void {
    this.#asking = false;
    if (answer.kind !== 'refused') return this.#take(answer, false);
    if (answer.code !== 'not_ready' && answer.code !== 'too_many') return this.fail(answer.code);
    this.#askLater();
    // A board that nobody has counted yet looks like one that there is not.
    void this.#exists().then((exists) => {
      if (!exists) this.fail('unknown_board');
    });
  }

  async #exists(): Promise<boolean> {
    const { url, key, fetch } = this.#house;
    const address = `/v1/boards/${encodeURIComponent(this.#request.board)}?limit=1`;
    try {
      const headers = { authorization: `Bearer ${key}` };
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await fetch(new URL(address, url), { headers, signal });
      await answer.body?.cancel();
      return answer.status !== 404;
    } catch {
      return true;
    }
  }

  #askLater(): void {
    this.#asking = false;
    clearTimeout(this.#retry);
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      // Without a connection the next one asks.
      if (this.#socket.connected) this.ask();
    }, ASK_AGAIN_MS);
  }

  #take(frame: Frame, pushed: boolean): void {
    if (this.#closed) return;
    if (frame.kind === 'snapshot') return this.#show(viewOf(frame));
    if (!this.#view) return;
    const merged = mergeDelta(this.#view, frame);
    if (merged === 'ignore') return;
    if (merged !== 'gap') return this.#show(merged);
    // A pushed frame leads from a later version; an answer that does not fit means: all of it.
    if (!pushed) this.#lost = true;
    this.ask();
  }

  #show(view: BoardView): void {
    this.#view = view;
    this.#lost = false;
    this.#request.onView(view);
  }
}
