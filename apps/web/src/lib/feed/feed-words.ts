import type { FeedItem, Named } from '@ovation/protocol';
import { cleanText, displayName } from '$lib/format/index.ts';
import type { Part } from '$lib/i18n/catalogue.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';
import { levelWord } from '../play/badge-picture.ts';

const ACCOUNT_MAX = 60;

const CONTEST = {
  published: 'feedPublished',
  started: 'feedStarted',
  ended: 'feedEnded',
  final: 'feedFinal',
  cancelled: 'feedCancelled',
} as const;

/** What a line says, in pieces so that names stand by themselves. */
export function lineParts(item: FeedItem, tr: DeskTranslator): readonly Part[] {
  const called = (one: Named) => displayName(one, tr.language);
  switch (item.kind) {
    case 'win': {
      const name = called(item.person);
      if (item.account === null) return tr.parts('feedClosedDeal', { name });
      return tr.parts('feedClosed', { name, account: cleanText(item.account, ACCOUNT_MAX) });
    }
    case 'badge': {
      const [name, badge] = [called(item.person), called(item.badge)];
      const level = levelWord(item.level, tr);
      if (level === null) return tr.parts('feedBadge', { name, badge });
      return tr.parts('feedBadgeLevel', { name, badge, level });
    }
    case 'kudos':
      return tr.parts('feedKudos', { by: called(item.by), name: called(item.person) });
    case 'contest': {
      const contest = called(item.contest);
      if (item.news === 'final' && item.person) {
        return tr.parts('feedWon', { name: called(item.person), contest });
      }
      return tr.parts(CONTEST[item.news], { contest });
    }
    case 'announcement':
      return tr.parts('feedAnnounced', { by: called(item.by) });
    case 'rank_up':
      return [];
  }
}

/** Whose picture stands beside a line; a contest has none. */
export const faceOf = (item: FeedItem): Named | null =>
  item.kind === 'announcement' ? item.by : item.person;

/** The points that a line tells of. */
export const pointsOf = (item: FeedItem): number =>
  item.kind === 'badge' || item.kind === 'kudos' ? item.points : 0;

/** What somebody wrote in it. */
export const textOf = (item: FeedItem): string | null =>
  item.kind === 'kudos' || item.kind === 'announcement' ? item.text : null;
