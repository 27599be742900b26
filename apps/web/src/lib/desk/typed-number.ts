/**
 * A number as somebody typed it, as the decimal string that the server counts with: Persian and
 * Arabic digits, their separators, Latin grouping and spaces are all accepted. `null` is not a
 * number, or more of one than money can be; an empty text is an empty string.
 */
export function typedNumber(text: string): string | null {
  const plain = text
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u2066-\u2069\u200c-\u200f\s٬’']/g, '')
    .replace(/٫/g, '.')
    .replace(/−/g, '-');
  const grouped = /^-?\d{1,3}([,،]\d{3})+(\.\d+)?$/.test(plain);
  const bare = grouped ? plain.replace(/[,،]/g, '') : plain.replace(/[،]/g, '.');
  if (bare === '') return '';
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(bare)) return null;
  return bare.replace(/^(-?)0+(?=\d)/, '$1');
}

/** Two decimal strings mean the same amount. */
export const sameNumber = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && trimmed(one) === trimmed(other));

const trimmed = (value: string): string =>
  value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value;
