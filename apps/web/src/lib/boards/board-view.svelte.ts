import type { BoardRowsAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

/** Rows that are shown at once. */
export const PAGE_ROWS = 50;
/** How often a board that shows the present looks again. */
const LOOK_EVERY_MS = 5_000;

/** One board as it stands or stood, a page of it at a time. */
export class BoardRows {
  at = $state('');
  known = $state('');
  search = $state('');
  around = $state('');
  offset = $state(0);
  #slug: string;
  #answer = $state.raw<BoardRowsAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #asked = 0;

  constructor(slug: string) {
    this.#slug = slug;
  }

  get answer(): BoardRowsAnswer | null {
    return this.#answer;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get past(): boolean {
    return this.at !== '' || this.known !== '';
  }

  /** The same question at the API. */
  readonly path: string = $derived.by(() => {
    const query = new URLSearchParams();
    if (this.at) query.set('at', this.at);
    if (this.known) query.set('known', this.known);
    if (this.search.trim()) query.set('search', this.search.trim());
    else if (this.around) query.set('around', this.around);
    else if (this.offset > 0) query.set('offset', String(this.offset));
    query.set('limit', String(PAGE_ROWS));
    return `/v1/boards/${encodeURIComponent(this.#slug)}?${query.toString()}`;
  });

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const answer = await ask<BoardRowsAnswer>('GET', this.path);
    if (asked !== this.#asked) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#answer = answer.value;
  }

  /** The present moves; a past moment does not. Returns the undoing. */
  follow(): (() => void) | undefined {
    if (this.past) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void this.load();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** Who stands near somebody; nobody's id shows the whole board again. */
  showAround(entity: string): void {
    this.around = entity;
    this.search = '';
    this.offset = 0;
  }

  travel(at: string, known: string): void {
    this.at = at;
    this.known = known;
    this.offset = 0;
  }
}
