import type { StatementDetailAnswer, StatementPaperAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** One statement, as it was issued, and what was said of it since. */
export class MyStatement {
  readonly #id: string;
  #statement = $state.raw<StatementPaperAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(id: string) {
    this.#id = id;
  }

  get statement(): StatementPaperAnswer | null {
    return this.#statement;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  get #path(): string {
    return `/v1/statements/${encodeURIComponent(this.#id)}`;
  }

  async load(): Promise<void> {
    const answer = await ask<StatementPaperAnswer>('GET', this.#path);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#statement = answer.value;
  }

  /** Questions a line, or without one that something is missing. */
  async question(line: string | null, text: string): Promise<Answer<StatementDetailAnswer>> {
    const body = { text, ...(line === null ? {} : { line }) };
    const answer = await ask<StatementDetailAnswer>('POST', `${this.#path}/disputes`, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
