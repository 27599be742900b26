import type { Bus } from '@ovation/bus';
import { newId } from '@ovation/host';
import {
  askChannel,
  liveChannel,
  type BoardPage,
  type LiveNews,
  type PageAsk,
} from '@ovation/protocol';

/** How long the projector has to answer; after that the store is asked. */
const ANSWER_WITHIN_MS = 400;
/** After a silence it is not asked again for so long. */
const ASK_AGAIN_MS = 5_000;

/**
 * Boards as they are now, from whoever keeps them in memory: the rows of a board of 100,000 cost
 * no more than those of ten. When nobody answers in time, the caller reads the store.
 */
export class LiveBoards {
  readonly #bus: Bus;
  readonly #waiting = new Map<string, (page: BoardPage | null) => void>();
  readonly #heard = new Map<string, Promise<() => Promise<void>>>();
  #silentUntil = 0;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** The page that reflects at least `seq`; `undefined` when it cannot be had in time. */
  async page(
    orgId: string,
    seq: number,
    ask: Omit<PageAsk, 'id'>,
  ): Promise<BoardPage | null | undefined> {
    if (performance.now() < this.#silentUntil) return undefined;
    await this.#listen(orgId);
    const page = await this.#ask(orgId, { ...ask, id: newId('ask') });
    if (page === undefined) this.#silentUntil = performance.now() + ASK_AGAIN_MS;
    return page && page.seq < seq ? undefined : page;
  }

  async stop(): Promise<void> {
    for (const leave of this.#heard.values()) await (await leave)();
  }

  #listen(orgId: string): Promise<unknown> {
    const known = this.#heard.get(orgId);
    if (known) return known;
    const leave = this.#bus.subscribe(liveChannel(orgId), (message) => {
      const news = message as LiveNews;
      if (news.kind === 'page') this.#waiting.get(news.id)?.(news.page);
    });
    this.#heard.set(orgId, leave);
    return leave;
  }

  #ask(orgId: string, page: PageAsk): Promise<BoardPage | null | undefined> {
    return new Promise((resolve) => {
      const settle = (answer: BoardPage | null | undefined) => {
        clearTimeout(timer);
        this.#waiting.delete(page.id);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(undefined), ANSWER_WITHIN_MS);
      this.#waiting.set(page.id, settle);
      void this.#bus.publish(askChannel(orgId), { boards: [], page });
    });
  }
}
