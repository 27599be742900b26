import type { BoardAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import type { BoardBody } from './board-draft.ts';

/** The boards of the organisation: its own and those that every metric has. */
export class BoardsList {
  #all = $state.raw<readonly BoardAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get all(): readonly BoardAnswer[] {
    return this.#all ?? [];
  }

  get own(): readonly BoardAnswer[] {
    return this.all.filter(({ starter }) => !starter);
  }

  get loaded(): boolean {
    return this.#all !== null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  of(idOrSlug: string): BoardAnswer | undefined {
    return this.all.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug);
  }

  async load(): Promise<void> {
    const answer = await ask<{ boards: BoardAnswer[] }>('GET', '/v1/boards');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#all = answer.value.boards;
  }

  /** Makes a board, or changes the one of this id. */
  async save(body: BoardBody, id: string | null): Promise<Answer<BoardAnswer>> {
    const answer =
      id === null
        ? await ask<BoardAnswer>('POST', '/v1/boards', body)
        : // What is left out of a change stays: no limit has to be said.
          await ask<BoardAnswer>('PATCH', `/v1/boards/${encodeURIComponent(id)}`, {
            ...body,
            teams: body.teams ?? [],
            topN: body.topN ?? null,
          });
    if (answer.ok) await this.load();
    return answer;
  }

  async remove(id: string): Promise<Answer<unknown>> {
    const answer = await ask<unknown>('DELETE', `/v1/boards/${encodeURIComponent(id)}`);
    if (answer.ok) await this.load();
    return answer;
  }
}
