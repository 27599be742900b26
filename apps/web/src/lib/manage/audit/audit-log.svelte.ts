import type { AuditAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';
import { daysAfter, startOfDate } from '$lib/desk/typed-date.ts';

export interface AuditFilter {
  readonly type: string;
  /** Id of who did it. */
  readonly by: string;
  /** Id of what it is about. */
  readonly subject: string;
  /** ISO dates, both included; empty for no bound. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: AuditFilter = { type: '', by: '', subject: '', from: '', to: '' };

interface Page {
  readonly changes: readonly AuditAnswer[];
  readonly next: string | null;
}

/** Changes of settings that fit a filter, newest first. */
export class AuditLog {
  readonly #timeZone: string;
  #filter = $state.raw<AuditFilter>(NO_FILTER);
  #changes = $state.raw<readonly AuditAnswer[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** Everybody seen so far, to choose from. */
  #authors = $state.raw<ReadonlyMap<string, AuditAnswer['by']>>(new Map());
  #loading = $state(false);

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  get filter(): AuditFilter {
    return this.#filter;
  }

  get filtered(): boolean {
    return Object.values(this.#filter).some((value) => value !== '');
  }

  get changes(): readonly AuditAnswer[] | null {
    return this.#changes;
  }

  get authors(): readonly AuditAnswer['by'][] {
    return [...this.#authors.values()];
  }

  get more(): boolean {
    return this.#next !== null;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Where the same changes can be had as a file. */
  get csv(): string {
    const query = this.#query();
    query.set('format', 'csv');
    return `/v1/audit?${query}`;
  }

  async show(filter: AuditFilter): Promise<void> {
    this.#filter = filter;
    await this.#read(null);
  }

  async loadMore(): Promise<void> {
    if (this.#next !== null && !this.#loading) await this.#read(this.#next);
  }

  #query(): URLSearchParams {
    const { type, by, subject, from, to } = this.#filter;
    const start = (date: string) => new Date(startOfDate(date, this.#timeZone)).toISOString();
    const wanted = {
      type,
      by,
      subject,
      from: from === '' ? '' : start(from),
      to: to === '' ? '' : start(daysAfter(to, 1)),
    };
    return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
  }

  async #read(after: string | null): Promise<void> {
    const asked = this.#filter;
    const query = this.#query();
    if (after !== null) query.set('after', after);
    this.#loading = true;
    const answer = await ask<Page>('GET', `/v1/audit?${query}`);
    // A newer filter was chosen meanwhile: this answer is to a question nobody asks any more.
    if (asked !== this.#filter) return;
    this.#loading = false;
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    const { changes, next } = answer.value;
    this.#changes = after === null ? changes : [...(this.#changes ?? []), ...changes];
    this.#next = next;
    this.#authors = new Map([...this.#authors, ...changes.map(({ by }) => [by.id, by] as const)]);
  }
}
