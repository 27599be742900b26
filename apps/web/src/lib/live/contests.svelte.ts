import type { ContestCard } from '@ovation/protocol';
import type { LiveConnection } from './connection.svelte.ts';

const CONTESTS_TIMEOUT_MS = 5_000;
/** A server that has just begun may not know its contests yet. */
const RETRY_MS = 5_000;

/** The contests there are: to come soon, going on, or just over. */
export class LiveContests {
  #cards = $state.raw<readonly ContestCard[]>([]);
  #heard = $state(false);
  #connection: LiveConnection;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: LiveConnection) {
    this.#connection = connection;
  }

  get cards(): readonly ContestCard[] {
    return this.#cards;
  }
  /** Whether the server has said which there are. */
  get heard(): boolean {
    return this.#heard;
  }

  start(): () => void {
    const { socket } = this.#connection;
    const onCards = ({ cards }: { readonly cards: readonly ContestCard[] }) => this.#take(cards);
    socket.on('contests', onCards);
    const offReady = this.#connection.onReady(() => void this.#watch());
    return () => {
      offReady();
      clearTimeout(this.#retry);
      socket.off('contests', onCards);
    };
  }

  #take(cards: readonly ContestCard[]): void {
    this.#cards = cards;
    this.#heard = true;
  }

  async #watch(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      const timed = this.#connection.socket.timeout(CONTESTS_TIMEOUT_MS);
      this.#take((await timed.emitWithAck('contests:watch')).cards);
    } catch {
      this.#retry = setTimeout(() => {
        if (this.#connection.socket.connected) void this.#watch();
      }, RETRY_MS);
    }
  }
}
