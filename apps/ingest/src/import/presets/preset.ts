import type { Role } from '../report.ts';

/** What a stage of a source's pipeline means to us. */
export const STAGE_MEANINGS = ['opened', 'won', 'lost'] as const;
export type StageMeaning = (typeof STAGE_MEANINGS)[number];

/** The columns that a pipeline must have, by our names. */
export const DEAL_COLUMNS_REQUIRED = ['deal', 'person', 'stage'] as const;
/** The columns it may have; any further name becomes an attribute of that name. */
export const DEAL_COLUMNS_OPTIONAL = [
  'product',
  'account',
  'openedOn',
  'closedOn',
  'amount',
] as const;

/** Our name of a column → its heading in the file. */
export type Columns = Readonly<Record<string, string>>;

/** A known set of files. A file is recognised by having all the headings of one role. */
export interface Preset {
  readonly name: string;
  readonly columns: Readonly<Partial<Record<Role, Columns>>>;
  /** The source's stage → its meaning; the first `opened` one is where a closed deal began. */
  readonly stages: Readonly<Record<string, StageMeaning>>;
  /** Stages in which nobody has begun to work on the deal yet. */
  readonly prospecting: readonly string[];
  /** The sectors that are spelled right; near misses are reported. */
  readonly sectors: readonly string[];
}
