import { describe, expect, test } from 'vitest';
import { newRecoveryCode, openText, sealText } from './secrets.ts';

describe('a sealed text', () => {
  const sealed = sealText('key', 'what/whose', 'JBSWY3DP');

  test('opens with the key and purpose that sealed it', () =>
    expect(openText('key', 'what/whose', sealed)).toBe('JBSWY3DP'));

  test.each([
    ['another key', 'other', 'what/whose', sealed],
    ['another purpose', 'key', 'what/another', sealed],
    ['a changed byte', 'key', 'what/whose', `${sealed.slice(0, -2)}AA`],
    ['a part of it', 'key', 'what/whose', sealed.slice(0, 20)],
    ['nothing', 'key', 'what/whose', ''],
  ])('stays shut with %s', (_, key, purpose, text) =>
    expect(openText(key, purpose, text)).toBeUndefined(),
  );

  test('never looks the same twice, and never like what it holds', () => {
    expect(sealText('key', 'what/whose', 'JBSWY3DP')).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('JBSWY3DP');
  });
});

test('a recovery code has 80 bits in four groups', () =>
  expect(newRecoveryCode()).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/));
