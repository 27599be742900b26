import { describe, expect, it } from 'vitest';
import { deskTranslator } from '../i18n/desk.ts';
import { faultText, problemText } from './fault-text.ts';

const en = deskTranslator('en');
const fa = deskTranslator('fa');
/** Without the invisible marks around data. */
const plain = (text: string) => text.replace(/[\u200f\u2066-\u2069]/g, '');
const persian = (code: string, detail: string) => plain(faultText({ code, detail }, fa));

describe('faultText', () => {
  it('leaves English readers the sentence of the server', () => {
    const detail = 'There is no field "amont".';
    expect(faultText({ code: 'unknown_field', detail }, en)).toBe(detail);
  });

  it('says it in Persian with the same particulars', () => {
    expect(persian('unknown_field', 'There is no field "amont".')).toBe(
      'فیلدی به نام «amont» نیست.',
    );
    expect(persian('too_many', 'At most 500 events at once; these are 1201.')).toBe(
      'هر بار حداکثر ۵۰۰ رویداد؛ این‌ها ۱٬۲۰۱ رویداد است.',
    );
  });

  it('writes dates and words of the server as Persian readers do', () => {
    const detail =
      'There is no rate from EUR to IRR for 2026-11-24. ' +
      'Set one from that date or earlier: PUT /v1/rates.';
    expect(persian('no_rate', detail)).toBe(
      'برای ۳ آذر ۱۴۰۵ نرخی از EUR به IRR نیست. نرخی از همان تاریخ یا پیش از آن ثبت کنید.',
    );
    expect(persian('missing_product', 'The deal names no product: kept without.')).toBe(
      'قرارداد از محصول نام نمی‌برد: بدون آن نگه داشته شد.',
    );
  });

  it('tells a sentence inside a sentence too', () => {
    const advice = 'To credit other people, send deal.reassigned or deal.split.';
    expect(persian('field_not_here', `"credits" says nothing on deal.amended. ${advice}`)).toBe(
      '«credits» در رویداد deal.amended معنایی ندارد. ' +
        'برای ثبت به نام دیگران deal.reassigned یا deal.split بفرستید.',
    );
    expect(persian('minLength', '/name must not have fewer than 1 characters.')).toBe(
      '«name»: دست‌کم ۱ نویسه لازم دارد.',
    );
  });

  it('puts an English sentence it does not know behind the name of its code', () => {
    expect(persian('no_rate', 'Quite new words.')).toBe('نرخ ارز آن ثبت نشده (Quite new words.)');
    expect(persian('unknown_file:deals.csv', 'New.')).toBe('فایل شناخته نشد (New.)');
    expect(persian('from_the_future', 'Quite new words.')).toBe('Quite new words.');
  });

  it('reads from the right even where a Latin name stands first', () => {
    const detail = '"amount" is missing.';
    expect(faultText({ code: 'missing', detail }, fa)).toMatch(/^\u200f«/);
    expect(faultText({ code: 'share_sum', detail: 'A batch is a list.' }, fa)).toMatch(/^دسته/);
  });

  it('shows what was sent as plain text', () => {
    const sent = `A\u202eB${'x'.repeat(1000)}`;
    expect(Array.from(faultText({ code: 'type', detail: sent }, en))).toHaveLength(400);
    expect(persian('unknown_field', 'There is no field "a\u202eb".')).toContain('«a b»');
  });
});

describe('problemText', () => {
  it('prefers the fault, then the detail, then the kind of refusal', () => {
    const title = 'Not found';
    const type = '/problems/not_found';
    const detail = 'There is no such board.';
    const errors = [{ code: 'share_sum', detail: 'The shares must add up to exactly 1.' }];
    expect(problemText({ title, type, detail, errors }, en)).toBe(errors[0]?.detail);
    expect(problemText({ title, type, detail, errors }, fa)).toBe('جمع سهم‌ها باید دقیقاً ۱ باشد.');
    expect(problemText({ title, type, detail }, fa)).toBe('چنین جدولی نیست.');
    expect(plain(problemText({ title, type, detail: 'New.' }, fa))).toBe('پیدا نشد (New.)');
    expect(problemText({ title, type }, fa)).toBe('پیدا نشد');
    expect(problemText({ title }, fa)).toBe(title);
  });
});
