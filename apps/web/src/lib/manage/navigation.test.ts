import { describe, expect, it } from 'vitest';
import { entryOf, NAVIGATION } from './navigation.ts';

describe('the navigation', () => {
  it.each([
    ['/manage', '/manage'],
    ['/manage/metrics', '/manage/metrics'],
    ['/manage/metrics/revenue', '/manage/metrics'],
    ['/manage/unknown', '/manage'],
    ['/me', undefined],
  ])('%s is under %s', (pathname, href) => expect(entryOf(pathname)?.href).toBe(href));

  it('has every address and picture once', () => {
    const entries = NAVIGATION.flatMap((group) => group.entries);
    expect(new Set(entries.map(({ href }) => href)).size).toBe(entries.length);
    expect(new Set(entries.map(({ icon }) => icon)).size).toBe(entries.length);
  });
});
