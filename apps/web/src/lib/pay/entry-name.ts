import type { PayEntryAnswer } from '@ovation/protocol';
import type { DeskTranslator } from '../i18n/desk.ts';
import { isHandMade } from './entry-left.ts';
import { entryKey } from './kinds.ts';

/** What an entry of the ledger is called where all of them stand. */
export function entryName(
  entry: Pick<PayEntryAnswer, 'type' | 'origin' | 'posting' | 'component' | 'reverses'>,
  tr: DeskTranslator,
): string {
  if (isHandMade(entry) && entry.reverses !== null) return tr.t('payTakenBack');
  const inTime = entry.type === 'earning' && entry.origin === entry.posting;
  const name = tr.t(inTime ? 'payColEarned' : entryKey(entry.type));
  return entry.component === null ? name : `${name}: ${entry.component}`;
}

/** A name of another script that leaves the order of what stands around it alone. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
