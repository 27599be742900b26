import type { Translation } from './catalogue.ts';
import type { saidImportsEn } from './faults.imports.en.ts';

export const saidImportsFa = {
  said_row_deal: 'ردیف از قراردادی نام نمی‌برد.',
  said_row_person: 'ردیف از کسی نام نمی‌برد.',
  said_row_stage: 'این مرحله در نگاشت نیست.',
  said_row_twice: 'این قرارداد در ردیفی پیش‌تر آمده است؛ همان نخستین شمرده می‌شود.',
  said_row_dates: 'تاریخ‌ها را میلادی و به شکل {sample} یا {instant} بنویسید.',
  said_row_close: 'قرارداد برده یا از دست رفته تاریخ بسته‌شدن می‌خواهد.',
  said_row_amount: 'مبلغ عددی ساده به {currency} است، مانند {example}، و منفی نمی‌شود.',
  said_row_began: 'آغاز کار روی قرارداد گفته نشده است: قرارداد باز از زمان رسیدن شمرده می‌شود.',
  said_row_order: 'پیش از باز شدن بسته شده است.',
  said_row_zero: 'برده ولی بی‌مبلغ: یک قرارداد شمرده می‌شود و درآمدی نمی‌افزاید.',
  said_row_stranger: 'در فایل تیم‌ها نیست: نگه داشته شد و در «نام‌های ناشناس» منتظر است.',
  said_row_without: 'قرارداد از {what} نام نمی‌برد: بدون آن نگه داشته شد.',
  said_row_unlisted: '{what} در فهرست {what}ها نیست: همان‌گونه که نوشته شده ماند.',
  said_row_spelling: 'با املای دیگری در فهرست {what}ها بود: «{written}» شد «{listed}».',
  said_map_columns: 'سرستون‌های فایل خود را با نام‌های ما بدهید.',
  said_map_missing: 'بگویید کدام سرستون این است: {names}.',
  said_map_stages: 'برای هر مرحله بگویید: باز (opened)، برده (won) یا از دست رفته (lost).',
  said_map_stage: '«{stage}» باید opened، won یا lost باشد، نه «{meaning}».',
  said_import_broken: 'ورود داده نیمه‌کاره ماند. دوباره بفرستید: چیزی دو بار ثبت نمی‌شود.',
  said_imports_busy: 'چند ورود داده در جریان است. کمی بعد دوباره امتحان کنید.',
  said_import_csv: 'فایل‌های CSV را به صورت multipart/form-data یا text/csv بفرستید.',
  said_import_header: 'سرستون‌ها شناخته نشد: {header}. یکی از این‌ها انتظار می‌رفت: {expected}.',
  said_import_rows: 'فقط {max} ردیف نخست فایل {role} خوانده می‌شود: آن را چند پاره کنید.',
  said_import_sector: 'صنف «{sector}» گویا همان «{meant}» است: همان‌گونه که نوشته شده ماند.',
  said_import_none: 'دست‌کم یک فایل CSV بفرستید.',
  said_import_large:
    'حداکثر {n} فایل، روی هم {size} مبی‌بایت: بقیه را در ورود دیگری بفرستید. ' +
    'ردیف‌هایی که پیش‌تر رسیده شناخته می‌شود و زیانی ندارد.',
} as const satisfies Translation<typeof saidImportsEn>;
