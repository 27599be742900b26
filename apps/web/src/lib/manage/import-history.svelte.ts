import { ask, type Problem } from '$lib/desk/api.ts';
import type { ImportReport } from './import-stream.ts';

export interface PastImport {
  readonly id: string;
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly dryRun: boolean;
  readonly report: ImportReport | null;
}

/** The imports that were made, newest first. */
export class ImportHistoryList {
  #imports = $state.raw<readonly PastImport[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get imports(): readonly PastImport[] | null {
    return this.#imports;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ imports: PastImport[] }>('GET', '/v1/imports');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#imports = answer.value.imports;
  }
}
