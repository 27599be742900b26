import { describe, expect, it } from 'vitest';
import { greetingKey } from './greeting.ts';

describe('greetingKey', () => {
  it.each([
    ['2026-11-24T02:00:00Z', 'UTC', 'evening'],
    ['2026-11-24T04:00:00Z', 'UTC', 'morning'],
    ['2026-11-24T12:00:00Z', 'UTC', 'afternoon'],
    ['2026-11-24T17:00:00Z', 'UTC', 'evening'],
    ['2026-11-24T21:00:00Z', 'Asia/Tehran', 'evening'],
    ['2026-11-24T05:00:00Z', 'Asia/Tehran', 'morning'],
  ])('%s in %s: good %s', (instant, zone, key) => {
    expect(greetingKey(Date.parse(instant), zone)).toBe(key);
  });
});
