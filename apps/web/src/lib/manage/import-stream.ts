import type { Problem } from '../desk/api.ts';

/** What `POST /v1/imports` tells while it reads, one JSON document a line. */
export interface ImportFinding {
  readonly severity: 'refused' | 'repaired' | 'suspicious';
  readonly code: string;
  readonly detail: string;
  readonly count: number;
  readonly samples: readonly {
    readonly file: string;
    readonly line: number;
    readonly value: string;
  }[];
}

export interface ImportReport {
  readonly id: string;
  readonly dryRun: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly files: readonly {
    readonly name: string;
    /** `null` for a file that nobody knows how to read. */
    readonly role: string | null;
    readonly rows: number;
  }[];
  readonly events: { readonly new: number; readonly duplicate: number; readonly refused: number };
  readonly deals: {
    readonly won: number;
    readonly lost: number;
    readonly engaging: number;
    readonly prospecting: number;
  };
  readonly total: { readonly amount: string; readonly currency: string };
  readonly people: {
    readonly known: number;
    readonly created: number;
    readonly withoutDeals: readonly string[];
  };
  readonly teams: { readonly created: number };
  readonly findings: readonly ImportFinding[];
}

export type ImportLine =
  | {
      readonly kind: 'progress';
      readonly phase: string;
      readonly rows: number;
      readonly of?: number;
    }
  | { readonly kind: 'report'; readonly report: ImportReport }
  | {
      readonly kind: 'problem';
      readonly problem: Omit<Problem, 'status'> & { readonly status?: number };
    };

/** The documents of a newline-delimited stream, each as soon as its line is whole. */
export async function* ndjson<T>(stream: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) if (line.trim()) yield JSON.parse(line) as T;
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}

export const SEVERITIES = ['refused', 'repaired', 'suspicious'] as const;

/** Findings by severity, the gravest first, the most frequent first within. */
export const findingsBySeverity = (findings: readonly ImportFinding[]) =>
  SEVERITIES.map((severity) => ({
    severity,
    findings: findings
      .filter((finding) => finding.severity === severity)
      .sort((one, other) => other.count - one.count),
  })).filter((group) => group.findings.length > 0);
