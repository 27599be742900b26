import { describe, expect, test } from 'vitest';
import { newTotpSecret, stepAt, stepOfCode, totpAt, totpUri } from './totp.ts';

/** `12345678901234567890`, the secret of RFC 6238, appendix B, in base 32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes by time', () => {
  // The last six of the eight digits that RFC 6238 gives for SHA-1.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i it is %s', (second, code) => {
    expect(totpAt(SECRET, second * 1_000)).toBe(code);
    const at = { nowMs: second * 1_000, lastStep: 0 };
    expect(stepOfCode(SECRET, code, at)).toBe(Math.floor(second / 30));
  });

  const now = 1_234_567_890_000;
  const step = stepAt(now);
  const at = (steps: number) => totpAt(SECRET, now + steps * 30_000);

  test.each([
    [-2, null],
    [-1, step - 1],
    [0, step],
    [1, step + 1],
    [2, null],
  ])('a clock that is %i stretches away is read as %s', (away, found) =>
    expect(stepOfCode(SECRET, at(away), { nowMs: now, lastStep: 0 })).toBe(found),
  );

  test('a code that was used opens no second time, nor does one before it', () => {
    expect(stepOfCode(SECRET, at(0), { nowMs: now, lastStep: step })).toBeNull();
    expect(stepOfCode(SECRET, at(-1), { nowMs: now, lastStep: step })).toBeNull();
    expect(stepOfCode(SECRET, at(1), { nowMs: now, lastStep: step })).toBe(step + 1);
  });

  test.each(['', '12345', '1234567', 'abcdef', '۰۰۵۹۲۴'])('"%s" is no code', (code) =>
    expect(stepOfCode(SECRET, code, { nowMs: now, lastStep: 0 })).toBeNull(),
  );
});

test('a new secret has 160 bits, and an address that names whose it is', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  const uri = new URL(totpUri(secret, 'Ovation', 'olga@example.com'));
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(decodeURIComponent(uri.pathname)).toContain('olga@example.com');
});
