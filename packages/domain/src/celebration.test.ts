import { describe, expect, test } from 'vitest';
import {
  BANNER_TTL_MS,
  BOARD_BETWEEN_MS,
  CELEBRATED_WITHIN_MS,
  LEAD_MS,
  loudnessOf,
  TAKEOVER_MS,
  TAKEOVER_TTL_MS,
} from './celebration.ts';
import type { LogEvent } from './event.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const SETTINGS = { takeoverFrom: '1000' };
const won = {
  type: 'deal.won',
  deal: 's/d1',
  seq: 1,
  key: 's/e1',
  occurredAt: NOW,
  recordedAt: NOW,
  credits: [{ person: 'ada', share: '1' }],
  amount: { minor: '1000', currency: 'USD' },
} as const satisfies LogEvent;

describe('a win', () => {
  test('that is large enough takes over every wall, a lead after it was recorded', () => {
    expect(loudnessOf(won, SETTINGS, 0)).toEqual({
      tier: 'takeover',
      startAt: NOW + LEAD_MS,
      expiresAt: NOW + LEAD_MS + TAKEOVER_TTL_MS,
    });
  });

  test('that is one cent too small, or has no amount, gets a banner', () => {
    const banner = {
      tier: 'banner',
      startAt: NOW + LEAD_MS,
      expiresAt: NOW + LEAD_MS + BANNER_TTL_MS,
    };
    const small = { ...won, amount: { minor: '999', currency: 'USD' } };
    const { amount: _, ...bare } = won;
    expect(loudnessOf(small, SETTINGS, 0)).toEqual(banner);
    expect(loudnessOf(bare, SETTINGS, 0)).toEqual(banner);
  });

  test('that follows another waits for its takeover and the board after it', () => {
    const first = loudnessOf(won, SETTINGS, 0)!;
    const stageFreeAt = first.startAt + TAKEOVER_MS + BOARD_BETWEEN_MS;
    const second = loudnessOf({ ...won, recordedAt: NOW + 1_000 }, SETTINGS, stageFreeAt)!;
    expect(second.tier).toBe('takeover');
    expect(second.startAt - first.startAt).toBe(TAKEOVER_MS + BOARD_BETWEEN_MS);
  });

  test('that would wait too long for the stage gets a banner at once', () => {
    const soon = NOW + LEAD_MS;
    expect(loudnessOf(won, SETTINGS, soon + TAKEOVER_TTL_MS - 1)?.tier).toBe('takeover');
    expect(loudnessOf(won, SETTINGS, soon + TAKEOVER_TTL_MS)).toMatchObject({
      tier: 'banner',
      startAt: soon,
    });
  });

  test('that is small does not wait for the stage', () => {
    const small = { ...won, amount: { minor: '1', currency: 'USD' } };
    expect(loudnessOf(small, SETTINGS, NOW + 60_000)?.startAt).toBe(NOW + LEAD_MS);
  });

  test('that is older than a day is no news', () => {
    const aged = (ms: number) => ({ ...won, occurredAt: NOW - ms });
    expect(loudnessOf(aged(CELEBRATED_WITHIN_MS), SETTINGS, 0)).toBeDefined();
    expect(loudnessOf(aged(CELEBRATED_WITHIN_MS + 1), SETTINGS, 0)).toBeUndefined();
  });

  test('that came in bulk, or that nobody is credited for, stays quiet', () => {
    expect(loudnessOf({ ...won, quiet: true }, SETTINGS, 0)).toBeUndefined();
    expect(loudnessOf({ ...won, credits: [] }, SETTINGS, 0)).toBeUndefined();
  });
});

test('a lost deal is not celebrated', () => {
  expect(loudnessOf({ ...won, type: 'deal.lost' }, SETTINGS, 0)).toBeUndefined();
});

describe('somebody whom a manager has celebrated', () => {
  const { credits: _, amount: __, deal: ___, ...frame } = won;
  const asked = {
    ...frame,
    type: 'celebration.asked',
    person: 'ada',
    occasion: 'streak',
  } as const satisfies LogEvent;

  test('takes over every wall, whatever wins are large enough to', () => {
    expect(loudnessOf(asked, { takeoverFrom: '1000000' }, 0)?.tier).toBe('takeover');
  });

  test('waits for the stage like a win, and gets a banner when that takes too long', () => {
    expect(loudnessOf(asked, SETTINGS, NOW + 60_000)?.startAt).toBe(NOW + 60_000);
    expect(loudnessOf(asked, SETTINGS, NOW + LEAD_MS + TAKEOVER_TTL_MS)?.tier).toBe('banner');
  });
});
