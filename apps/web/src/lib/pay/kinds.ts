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
