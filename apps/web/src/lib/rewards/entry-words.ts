import type { WalletLine } from '@ovation/protocol';
import { displayName } from '$lib/format/index.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';

const ABOUT = {
  prize: ['entryPrize', 'entryPrizePlain'],
  badge: ['entryBadge', 'entryBadgePlain'],
  redeem: ['entryRedeem', 'entryRedeemPlain'],
  refund: ['entryRefund', 'entryRefundPlain'],
  stake: ['entryStake', 'entryStakePlain'],
  won: ['entryWon', 'entryWonPlain'],
  returned: ['entryReturned', 'entryReturnedPlain'],
  taken_back: ['entryTakenBack', 'entryTakenBackPlain'],
} as const;
const BY = {
  kudos: ['entryKudos', 'entryKudosPlain'],
  grant: ['entryGrant', 'entryGrantPlain'],
} as const;

/** Where an entry of a wallet comes from, in a few words. */
export function entryWords({ kind, about, by }: WalletLine, tr: DeskTranslator): string {
  if (kind === 'kudos' || kind === 'grant') {
    const [named, plain] = BY[kind];
    return by ? tr.t(named, { by: displayName(by, tr.language) }) : tr.t(plain);
  }
  const [named, plain] = ABOUT[kind];
  return about ? tr.t(named, { about: displayName(about, tr.language) }) : tr.t(plain);
}
