import type { Instant } from '@ovation/domain';
import { cardPhase, type ContestCard } from '@ovation/protocol';
import { SvelteMap } from 'svelte/reactivity';
import type { LiveBoard } from '../../live/live-board.svelte.ts';
import type { LiveContests } from '../../live/contests.svelte.ts';
import { ContestDetail } from './contest-detail.svelte.ts';

/** Contests that a wall takes turns with; more would leave the boards no time. */
const SHOWN_MAX = 6;
const DAY_MS = 86_400_000;
/** How long before its start a contest is announced on walls, and how long its result stays. */
const BEFORE_MS = DAY_MS;
const AFTER_MS = DAY_MS;
/** A pinned contest keeps the wall for its last minutes. */
const PINNED_MS = 10 * 60_000;

export interface WallContestDeps {
  readonly board: (slug: string) => LiveBoard;
  /** Which screen this is; `null` for a browser of somebody signed in. */
  readonly screen: string | null;
  readonly now: () => Instant;
}

/** The contests of one wall, each with its live rows. */
export class WallContests {
  #live: LiveContests;
  #deps: WallContestDeps;
  #boards = new SvelteMap<string, LiveBoard>();
  #details = new SvelteMap<string, ContestDetail>();
  #stops = new Map<string, () => void>();
  #minute = $derived.by(() => Math.floor(this.#deps.now() / 60_000) * 60_000);
  #shown = $derived.by(() =>
    this.#live.cards.filter((card) => this.#fits(card, this.#minute)).slice(0, SHOWN_MAX),
  );

  constructor(live: LiveContests, deps: WallContestDeps) {
    this.#live = live;
    this.#deps = deps;
  }

  get shown(): readonly ContestCard[] {
    return this.#shown;
  }

  /** The contest that keeps the wall, if one does. */
  get pinned(): ContestCard | undefined {
    const now = this.#deps.now();
    return this.#shown.find(
      (card) => card.pin && cardPhase(card, now) === 'live' && card.to - now <= PINNED_MS,
    );
  }

  card(id: string): ContestCard | undefined {
    return this.#live.cards.find((one) => one.id === id);
  }

  board(id: string): LiveBoard | undefined {
    return this.#boards.get(id);
  }

  /** Ladder and draw, for kinds that have one. */
  detail(id: string): ContestDetail | undefined {
    return this.#details.get(id);
  }

  start(): () => void {
    const stop = this.#live.start();
    const stopFollowing = $effect.root(() => {
      $effect(() => this.#follow(this.#shown));
    });
    return () => {
      stopFollowing();
      this.#follow([]);
      stop();
    };
  }

  #fits(card: ContestCard, now: Instant): boolean {
    if (card.screens !== null && !card.screens.includes(this.#deps.screen ?? '')) return false;
    return now >= card.from - BEFORE_MS && now < card.graceEndsAt + AFTER_MS;
  }

  /** Watches the rows of what is shown, and of nothing else. */
  #follow(cards: readonly ContestCard[]): void {
    const wanted = new Map(cards.map((card) => [card.id, card]));
    for (const [id, stop] of this.#stops) {
      if (wanted.has(id)) continue;
      stop();
      this.#stops.delete(id);
      this.#boards.delete(id);
      this.#details.delete(id);
    }
    for (const [id, card] of wanted) {
      if (this.#stops.has(id)) continue;
      const board = this.#deps.board(card.slug);
      const detail = new ContestDetail(id, () => board.view?.version ?? 0);
      const stops = [board.start(), ...(needsDetail(card) ? [detail.start()] : [])];
      this.#boards.set(id, board);
      this.#details.set(id, detail);
      this.#stops.set(id, () => stops.forEach((stop) => stop()));
    }
  }
}

const needsDetail = ({ kind }: ContestCard): boolean => kind === 'bracket' || kind === 'raffle';
