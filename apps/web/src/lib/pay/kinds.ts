import type { PayEntryAnswer } from '@ovation/protocol';

const KINDS = [
  'flat',
  'per_event',
  'per_unit',
  'tiers',
  'curve',
  'matrix',
  'weighted_objectives',
  'milestone',
  'override',
  'pool',
  'gate',
  'modifier',
  'cap',
  'floor',
  'spiff',
] as const;
type Kind = (typeof KINDS)[number];

const isKind = (kind: string): kind is Kind => KINDS.some((known) => known === kind);

/** The word for a kind of component. */
export const kindKey = (kind: string) => `payKind_${isKind(kind) ? kind : 'other'}` as const;

const ENTRIES: Readonly<Record<PayEntryAnswer['type'], true>> = {
  earning: true,
  adjustment: true,
  spiff: true,
  prize: true,
  clawback: true,
  reserve: true,
  reserve_release: true,
  draw_advance: true,
  draw_recovery: true,
  draw_forgiven: true,
  carry_in: true,
  carry_out: true,
  payout: true,
  fx_difference: true,
};
const isEntry = (type: string): type is PayEntryAnswer['type'] => type in ENTRIES;

/** The word for a type of entry of the ledger. */
export const entryKey = (type: string) =>
  `payEntry_${isEntry(type) ? type : 'adjustment'}` as const;
