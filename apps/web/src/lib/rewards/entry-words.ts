import type { WalletLine } from '@ovation/protocol';
import { displayName } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

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

/** Entries of one kind about the same thing at the same moment, as one line. */
export interface EntryGroup {
  /** The newest of them. */
  readonly entry: WalletLine;
  readonly count: number;
  readonly points: number;
  readonly short: number;
}

/** A badge that looked back over a year gave many entries at once: they are told together. */
export function groupedEntries(entries: readonly WalletLine[]): EntryGroup[] {
  const groups: EntryGroup[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && sameOccasion(last.entry, entry)) {
      groups[groups.length - 1] = {
        entry: last.entry,
        count: last.count + 1,
        points: last.points + entry.points,
        short: last.short + entry.short,
      };
    } else groups.push({ entry, count: 1, points: entry.points, short: entry.short });
  }
  return groups;
}

const sameOccasion = (a: WalletLine, b: WalletLine): boolean =>
  a.kind === b.kind && a.kind === 'badge' && a.at === b.at && a.about?.id === b.about?.id;
