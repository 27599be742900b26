import type { Credit } from '@ovation/domain';
import type { BoardMeta, BoardPage, BoardTotals, PackedRow, PageAsk } from '@ovation/protocol';
import type { Directory } from './directory.ts';

/** Something ranked that screens and pages watch: a board or a contest. */
export interface Ranking {
  /** Another one whenever rows of before and after may not be mixed. */
  readonly epoch: string;
  /** Whether it is ranked as a whole when something changes, which takes long with many people. */
  readonly whole: boolean;
  /** Rows in all of it. */
  readonly count: number;
  /** Notes what a credit changes; `false` when it is none of its business. */
  touch(credit: Credit): boolean;
  /** Takes up what else has changed: time, people, rules. Whether anything had. */
  keepUp(): boolean;
  /** Targets or other settings are other than before. */
  settingsChanged(): void;
  /** Whether it has to be begun anew, since it is defined otherwise (or no longer). */
  redefined(): boolean;
  meta(): BoardMeta;
  /** What all of it comes to, and what one more event brings; `null` where there is no such sum. */
  sum(): Pick<BoardPage, 'total' | 'step'>;
  totals(shown: number): BoardTotals;
  rows(most: number, directory: Directory): PackedRow[];
  page(ask: PageAsk, directory: Directory): PackedRow[];
  rankOf(id: string): number | undefined;
}
