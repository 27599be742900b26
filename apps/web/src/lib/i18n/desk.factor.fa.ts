import type { Translation } from './catalogue.ts';
import type { factorEn } from './desk.factor.en.ts';

export const factorFa = {
  accountText: 'چگونه نشان می‌دهید که خودتان هستید.',
  accountFailed: 'ورود شما بارگذاری نشد.',
  factorTitle: 'تأیید دومرحله‌ای',
  factorOn: 'روشن',
  factorOff: 'خاموش',
  factorWhat:
    'برنامه‌ای در گوشی شما کدی نشان می‌دهد که هر ۳۰ ثانیه عوض می‌شود. ' +
    'از یک مبلغ به بالا، تأیید و پرداخت این کد را می‌خواهد.',
  factorSince: 'روشن از {at}.',
  factorLeft: { one: '{n} کد بازیابی مانده است.', other: '{n} کد بازیابی مانده است.' },
  factorSetUp: 'راه‌اندازی تأیید دومرحله‌ای',
  factorPassword: 'گذرواژهٔ خود را یک بار دیگر بنویسید.',
  factorGoOn: 'ادامه',
  factorScan: 'این را با برنامهٔ کدساز گوشی بخوانید.',
  factorQr: 'کد QR برای برنامهٔ کدساز',
  factorType: 'یا این کلید را در برنامه بنویسید:',
  factorConfirm: 'روشن کردن',
  factorCode: 'کد',
  factorCodeHelp: 'شش رقم برنامهٔ کدساز، یا یک کد بازیابی.',
  factorCodeHelpFirst: 'شش رقمی که برنامه اکنون نشان می‌دهد.',
  factorCodeShort: 'کد شش رقم دارد.',
  factorRecoveryTitle: 'کدهای بازیابی را نگه دارید',
  factorRecoveryText:
    'تنها همین یک بار نشان داده می‌شوند. ' +
    'اگر گوشی گم شود، هر کد یک بار به‌جای برنامه به کار می‌آید.',
  factorRecoveryKept: 'نگه داشتم',
  factorRemove: 'برداشتن تأیید دومرحله‌ای',
  factorRemoveText: 'پس از آن نمی‌توانید بالاتر از حد، چیزی را تأیید یا پرداخت کنید. کد لازم است.',
  factorRemoved: 'تأیید دومرحله‌ای خاموش شد.',
  factorAsk: 'کد لازم است',
  factorAskText: 'مبلغ بالاتر از حد است. هر کد پنج دقیقه اعتبار دارد.',
  factorGive: 'ادامه',
  factorOthers: 'کسانی که پرداخت را تأیید می‌کنند',
  factorOthersText:
    'هر کس گوشی و کدهای بازیابی را با هم از دست داده باشد، با بازنشانی شما از نو آغاز می‌کند. ' +
    'نخست حضوری یا با تلفن مطمئن شوید که خود اوست.',
  factorOthersFailed: 'حساب‌ها بارگذاری نشدند.',
  factorYou: 'شما',
  factorReset: 'بازنشانی',
  factorResetOf: 'بازنشانی تأیید دومرحله‌ای {name}',
  factorResetText:
    'کدهای این حساب دیگر پذیرفته نمی‌شوند، در نشست‌های باز هم. ' +
    'پس از آن می‌تواند آن را از نو راه بیندازد. در دفتر تغییرات می‌ماند که کار شما بوده است.',
  factorResetDone: 'تأیید دومرحله‌ای {name} خاموش شد.',
  factorAskReset: 'کدی از خودتان بنویسید. هر کد پنج دقیقه اعتبار دارد.',
  factorMissing: 'تأیید دومرحله‌ای لازم است',
  factorMissingText: 'مبلغ بالاتر از حد است و شما هنوز آن را راه نینداخته‌اید.',
} as const satisfies Translation<typeof factorEn>;
