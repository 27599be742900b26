import type { Announcement } from '@ovation/protocol';
import { describe, expect, it } from 'vitest';
import { announcementAt } from './announcement-turn.ts';

const T = 1_000_000_000;
const one = (id: string, over: Partial<Announcement> = {}): Announcement => ({
  id,
  text: id,
  texts: {},
  level: 'info',
  startsAt: T,
  until: T + 10 * 60_000,
  ...over,
});
const shown = (known: Announcement[], afterMs: number) => announcementAt(known, T + afterMs)?.id;

describe('an announcement on a wall', () => {
  it.each([
    ['before its time', -1, undefined],
    ['when it begins', 0, 'a'],
    ['while it is read', 14_999, 'a'],
    ['between two showings', 15_000, undefined],
    ['a minute later', 60_000, 'a'],
    ['at its end', 10 * 60_000, undefined],
  ])('%s', (_when, afterMs, id) => expect(shown([one('a')], afterMs)).toBe(id));

  it('takes turns with another, and whatever has just begun comes at once', () => {
    const known = [one('a'), one('b', { startsAt: T + 20_000 })];
    expect(shown(known, 20_000)).toBe('b');
    expect(shown(known, 60_000)).toBe('b');
    expect(shown(known, 120_000)).toBe('a');
  });

  it('is the same on every wall, whatever it heard first', () => {
    const known = [one('a'), one('b'), one('c', { level: 'important' })];
    for (let at = 0; at < 200_000; at += 7_000) {
      expect(shown([...known].reverse(), at)).toBe(shown(known, at));
    }
  });
});
