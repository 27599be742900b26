import type { Catalogue } from './catalogue.ts';

/** The manager's navigation. */
export const navEn = {
  navPlay: 'For everybody',
  navMoney: 'Pay',
  navPay: 'Pay periods',
  navPlans: 'Plans',
  navFeed: 'Feed',
  navAchievements: 'Badges',
  navRewards: 'Rewards',
  navComesIn: 'What comes in',
  navBoards: 'Boards',
  navHistory: 'History',
  navApprovals: 'Approvals',
  navAnnouncements: 'Announcements',
  navMetrics: 'Metrics',
  navUnmatched: 'Unmatched',
  navQuarantine: 'Quarantine',
  navSources: 'Sources and keys',
  navPeople: 'People and teams',
  navOrganisation: 'Organisation',
  navAudit: 'Audit',
  navAccount: 'Your sign-in',
  navMenu: 'Menu',
  navWaiting: { one: '{n} waits', other: '{n} wait' },
} as const satisfies Catalogue;
