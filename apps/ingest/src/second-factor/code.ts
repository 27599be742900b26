/** Ten digits of Persian and of Arabic, as phones with such a keyboard write them. */
const DIGITS = ['۰۱۲۳۴۵۶۷۸۹', '٠١٢٣٤٥٦٧٨٩'];

/** A code as somebody typed it, in one form: Latin digits, small letters, without spaces. */
export const tidyCode = (typed: string): string =>
  [...typed.normalize('NFKC').toLowerCase()]
    .map((sign) => {
      const digit = DIGITS.map((all) => all.indexOf(sign)).find((at) => at >= 0);
      return digit === undefined ? sign : String(digit);
    })
    .filter((sign) => !/[\s\u200c]/.test(sign))
    .join('');
