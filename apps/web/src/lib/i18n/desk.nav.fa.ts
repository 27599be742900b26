import type { Translation } from './catalogue.ts';
import type { navEn } from './desk.nav.en.ts';

export const navFa = {
  navPlay: 'برای همه',
  navMoney: 'پرداخت',
  navPay: 'دوره‌های پرداخت',
  navPlans: 'طرح‌های پرداخت',
  navFeed: 'خبرها',
  navAchievements: 'نشان‌ها',
  navRewards: 'پاداش‌ها',
  navComesIn: 'آنچه می‌رسد',
  navBoards: 'جدول‌ها',
  navHistory: 'روند گذشته',
  navApprovals: 'تأییدها',
  navAnnouncements: 'اعلان‌ها',
  navMetrics: 'شاخص‌ها',
  navUnmatched: 'نام‌های ناشناس',
  navQuarantine: 'قرنطینه',
  navSources: 'منابع و کلیدها',
  navPeople: 'افراد و تیم‌ها',
  navOrganisation: 'سازمان',
  navAudit: 'دفتر تغییرات',
  navAccount: 'ورود شما',
  navMenu: 'فهرست',
  navWaiting: { one: '{n} مورد در انتظار', other: '{n} مورد در انتظار' },
} as const satisfies Translation<typeof navEn>;
