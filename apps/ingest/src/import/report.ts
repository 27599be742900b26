export const PHASES = ['teams', 'products', 'accounts', 'pipeline'] as const;
export type Phase = (typeof PHASES)[number];
/** What a file is for; a dictionary only describes the others and is not read. */
export type Role = Phase | 'dictionary';

export const SEVERITIES = ['refused', 'suspicious', 'repaired'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Sample {
  readonly file: string;
  readonly line: number;
  readonly value: string;
}

/** One kind of thing that was noticed, how often, and where first. */
export interface Finding {
  readonly severity: Severity;
  readonly code: string;
  readonly detail: string;
  readonly count: number;
  readonly samples: readonly Sample[];
}

/** Rows of the phase so far; `of` where the number of rows is known. */
export interface ImportProgress {
  readonly kind: 'progress';
  readonly phase: Phase;
  readonly rows: number;
  readonly of?: number;
}

export interface ImportReport {
  readonly dryRun: boolean;
  readonly files: readonly {
    readonly name: string;
    /** `null` for a file that no preset and no mapping knows. */
    readonly role: Role | null;
    readonly rows: number;
  }[];
  readonly events: { readonly new: number; readonly duplicate: number; readonly refused: number };
  readonly deals: {
    readonly won: number;
    readonly lost: number;
    readonly engaging: number;
    readonly prospecting: number;
  };
  /** The exact sum of the accepted won deals, new and known. */
  readonly total: { readonly amount: string; readonly currency: string };
  /** In a dry run `created` is the most that a real run could create. */
  readonly people: {
    readonly known: number;
    readonly created: number;
    readonly withoutDeals: readonly string[];
  };
  readonly teams: { readonly created: number };
  readonly findings: readonly Finding[];
}
