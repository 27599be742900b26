import { Secret, TOTP } from 'otpauth';

/**
 * Codes of an authenticator by time (RFC 6238), as every authenticator app takes them: SHA-1, six
 * digits, 30 seconds.
 */
const PERIOD_SECONDS = 30;
const DIGITS = 6;
const SIX_DIGITS = /^[0-9]{6}$/;
/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20;
/** Clocks of phones are wrong by half a minute; more would give who guesses more time. */
const STEPS_AROUND = 1;

/** A new secret in base 32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, issuer = '', label = '') =>
  new TOTP({
    ...{ issuer, label, secret: Secret.fromBase32(secret) },
    ...{ algorithm: 'SHA1', digits: DIGITS, period: PERIOD_SECONDS },
  });

/** What an authenticator reads: `otpauth://totp/…`. */
export const totpUri = (secret: string, issuer: string, account: string): string =>
  totpOf(secret, issuer, account).toString();

/** The code of an instant (ms). */
export const totpAt = (secret: string, atMs: number): string =>
  totpOf(secret).generate({ timestamp: atMs });

/** The stretch of 30 seconds since 1970 that an instant (ms) is in. */
export const stepAt = (atMs: number): number => Math.floor(atMs / (PERIOD_SECONDS * 1_000));

/**
 * The stretch of time whose code this is: now, or one before or after. `null` where it is wrong, or
 * not later than `lastStep`, whose code was used already.
 */
export function stepOfCode(
  secret: string,
  code: string,
  { nowMs, lastStep }: { readonly nowMs: number; readonly lastStep: number },
): number | null {
  if (!SIX_DIGITS.test(code)) return null;
  const away = totpOf(secret).validate({ token: code, timestamp: nowMs, window: STEPS_AROUND });
  if (away === null) return null;
  const step = stepAt(nowMs) + away;
  return step > lastStep ? step : null;
}
