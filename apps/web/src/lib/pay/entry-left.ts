import type { PayEntryAnswer } from '@ovation/protocol';
import { sumOf } from './sum.ts';

type Entry = Pick<PayEntryAnswer, 'id' | 'type' | 'amount' | 'reverses'>;

/** What somebody enters; everything else follows from facts, plans and periods. */
export const isHandMade = ({ type }: Pick<Entry, 'type'>): boolean =>
  type === 'adjustment' || type === 'spiff';

/** What of an entry is not taken back yet: a decimal, signed. */
export const leftOfEntry = (entry: Entry, all: readonly Entry[]): string =>
  sumOf([
    entry.amount,
    ...all.filter(({ reverses }) => reverses === entry.id).map(({ amount }) => amount),
  ]);

/** The amount that takes it back: the same the other way. */
export const opposite = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : `-${amount}`;

/** Whether an amount is other than nothing. */
export const isSomething = (amount: string): boolean => /[1-9]/.test(amount);
