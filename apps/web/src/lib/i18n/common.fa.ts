import type { Translation } from './catalogue.ts';
import type { commonEn } from './common.en.ts';

export const commonFa = {
  product: 'اُویشن',
  live: 'زنده',
  connecting: 'در حال اتصال',
  stale: 'با تأخیر',
  offline: 'قطع',
  offlineSince: 'ارتباط از ساعت {time} قطع است',
  asOf: 'آخرین داده {time}',
  glass: 'تا نمایش {time}',
  lastKnown: 'آخرین ارقام دریافت‌شده',
  reconnecting: 'در حال اتصال دوباره',
} as const satisfies Translation<typeof commonEn>;
