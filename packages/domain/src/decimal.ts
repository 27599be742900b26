import { ok, refuse, type Result } from './result.ts';

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;
const PLACES_MAX = 12;

/**
 * A decimal string as a whole number of `10 ** -scale`. Digits beyond the scale are refused unless
 * they are zeros: nothing is rounded on the way in.
 */
export function parseScaled(text: string, scale: number): Result<bigint> {
  const found = DECIMAL.exec(text);
  if (!found) {
    return refuse(
      'not_a_decimal',
      `Write a decimal number such as "1250.50", not "${clip(text)}".`,
    );
  }
  const [, sign, whole, fraction = ''] = found;
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  if (/[1-9]/.test(fraction.slice(scale))) {
    return refuse('too_precise', `At most ${scale} decimals fit here, "${text}" has more.`);
  }
  const magnitude = BigInt(`${whole}${kept}`);
  return ok(sign === '-' ? -magnitude : magnitude);
}

/**
 * The inverse of `parseScaled`. Exactly `places` decimals where given (money), else as many as the
 * value needs (counts).
 */
export function formatScaled(value: bigint, scale: number, places?: number): string {
  if (scale > PLACES_MAX) throw new RangeError(`scale ${scale} is past ${PLACES_MAX}`);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const all = digits.slice(digits.length - scale);
  const fraction = places === undefined ? all.replace(/0+$/, '') : all.slice(0, places);
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
