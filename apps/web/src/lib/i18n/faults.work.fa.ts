import type { Translation } from './catalogue.ts';
import type { saidWorkEn } from './faults.work.en.ts';

export const saidWorkFa = {
  said_in_charge: 'این فرد در تیمی است که شما مدیر آن نیستید.',
  said_event_in_charge: 'این رویداد از تیمی است که شما مدیر آن نیستید.',
  said_celebrated: 'در ده دقیقهٔ اخیر برای این فرد جشن دستی گرفته شده است.',
  said_no_note: 'چنین یادداشتی نیست.',
  said_note_author: 'یادداشت را نویسندهٔ آن یا مالک پاک می‌کند.',
  said_whose_entry: 'بگویید برای چه کسی است: شما در رتبه‌بندی نیستید.',
  said_own_entry: 'فقط کار خودتان را می‌توانید ثبت کنید.',
  said_entry_id: 'این شناسه با محتوای دیگری ثبت شده است. با شناسهٔ تازه ثبت کنید.',
  said_no_entry: 'چنین ثبتی نیست.',
  said_say_why: 'دلیل را بنویسید: درخواست‌کننده آن را می‌خواند.',
  said_entry_decided: 'پیش‌تر تصمیم گرفته شده است: وضعیت ثبت {outcome} است.',
  said_somebody_else: 'دربارهٔ ثبت شما فرد دیگری تصمیم می‌گیرد.',
  said_asked_already:
    'دربارهٔ این رویداد پیش‌تر درخواست داده‌اید. صبر کنید یا نخست آن را پس بگیرید.',
  said_request_decided: 'پیش‌تر تصمیم گرفته شده است: وضعیت درخواست {outcome} است.',
  said_request_owner: 'درخواست را همان کسی که داده است پس می‌گیرد.',
  said_no_request: 'چنین درخواستی نیست.',
  said_no_event: 'چنین رویدادی نیست، یا رویدادی نیست که شمرده شود.',
  said_own_events: 'فقط دربارهٔ رویدادهای خودتان می‌توانید درخواست بدهید.',
  said_same_amount: 'مبلغ از پیش همین است.',
  said_cannot_correct: 'رویداد از نوع {type} این‌گونه اصلاح نمی‌شود.',
  said_standing_most: 'هم‌زمان دست‌بالا {n} اعلان می‌ماند.',
  said_no_announcement: 'چنین اعلانی نیست.',
  said_announcement_over: 'پیش‌تر پایان یافته است.',
  said_begin_past: 'در گذشته آغاز نمی‌شود. برای همین حالا، زمان را خالی بگذارید.',
  said_ends_after: 'پایان آن پس از آغاز است.',
  said_month_most: 'اعلان دست‌بالا ۳۱ روز می‌ماند.',
  said_nobody_there: 'کسی یا چیزی با این شناسه نیست.',
  said_needs_corrections: 'برای این کار حق «corrections:write» لازم است.',
} as const satisfies Translation<typeof saidWorkEn>;
