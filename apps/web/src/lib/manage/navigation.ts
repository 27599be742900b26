import type { Action } from '@ovation/domain';
import type { IconName } from '$lib/desk/icons.ts';
import type { contestsEn } from '$lib/i18n/desk.contests.en.ts';
import type { deskEn } from '$lib/i18n/desk.en.ts';
import type { manageEn } from '$lib/i18n/desk.manage.en.ts';
import type { navEn } from '$lib/i18n/desk.nav.en.ts';

/** Words without placeholders, so any of them can stand in the navigation. */
type Plain<C> = { [K in keyof C]: C[K] extends `${string}{${string}` ? never : K }[keyof C];
type Key =
  Plain<typeof contestsEn> | Plain<typeof navEn> | Plain<typeof manageEn> | Plain<typeof deskEn>;

export interface NavEntry {
  readonly href: string;
  readonly icon: IconName;
  readonly key: Key;
  /** What waits there, by name in the counts of the door. */
  readonly count?: 'unmatched' | 'quarantined' | 'approvals' | 'disputes';
  /** Shown to those who may. */
  readonly needs?: Action;
}

export interface NavGroup {
  readonly caption: Key | null;
  readonly entries: readonly NavEntry[];
}

export const NAVIGATION: readonly NavGroup[] = [
  {
    caption: null,
    entries: [
      { href: '/manage', icon: 'floor', key: 'floor' },
      { href: '/manage/targets', icon: 'target', key: 'targets' },
      { href: '/manage/contests', icon: 'cup', key: 'contests' },
      { href: '/manage/boards', icon: 'board', key: 'navBoards' },
      { href: '/manage/history', icon: 'chart', key: 'navHistory' },
      {
        href: '/manage/approvals',
        icon: 'check',
        key: 'navApprovals',
        count: 'approvals',
        needs: 'entries:approve',
      },
      {
        href: '/manage/announcements',
        icon: 'horn',
        key: 'navAnnouncements',
        needs: 'announcements:write',
      },
    ],
  },
  {
    caption: 'navPlay',
    entries: [
      { href: '/manage/feed', icon: 'talk', key: 'navFeed', needs: 'feed:write' },
      {
        href: '/manage/achievements',
        icon: 'star',
        key: 'navAchievements',
        needs: 'achievements:write',
      },
      { href: '/manage/rewards', icon: 'gift', key: 'navRewards', needs: 'rewards:write' },
    ],
  },
  {
    caption: 'navMoney',
    entries: [
      {
        href: '/manage/pay',
        icon: 'coins',
        key: 'navPay',
        count: 'disputes',
        needs: 'pay:approve',
      },
      { href: '/manage/plans', icon: 'steps', key: 'navPlans', needs: 'plans:write' },
    ],
  },
  {
    caption: 'navComesIn',
    entries: [
      { href: '/manage/import', icon: 'import', key: 'importData' },
      { href: '/manage/unmatched', icon: 'question', key: 'navUnmatched', count: 'unmatched' },
      { href: '/manage/quarantine', icon: 'shield', key: 'navQuarantine', count: 'quarantined' },
      { href: '/manage/sources', icon: 'plug', key: 'navSources', needs: 'keys:write' },
    ],
  },
  {
    caption: 'setUp',
    entries: [
      { href: '/manage/metrics', icon: 'sum', key: 'navMetrics' },
      { href: '/manage/people', icon: 'people', key: 'navPeople' },
      { href: '/manage/screens', icon: 'screen', key: 'screens' },
      {
        href: '/manage/organisation',
        icon: 'building',
        key: 'navOrganisation',
        needs: 'settings:write',
      },
      { href: '/manage/audit', icon: 'book', key: 'navAudit', needs: 'audit:read' },
      { href: '/manage/account', icon: 'lock', key: 'navAccount' },
    ],
  },
];

/** The entry that a page belongs to: the longest address that it begins with. */
export function entryOf(pathname: string): NavEntry | undefined {
  return NAVIGATION.flatMap(({ entries }) => entries)
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
