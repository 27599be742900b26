import { expect, it } from 'vitest';
import { offsetOf } from './server-clock.ts';

it('trusts the shortest round trip', () => {
  const slow = { sentAt: 0, receivedAt: 400, serverNow: 5_390 };
  const quick = { sentAt: 1_000, receivedAt: 1_010, serverNow: 6_005 };
  expect(offsetOf([slow, quick])).toBe(5_000);
});

it('says nothing without a round trip', () => {
  expect(offsetOf([])).toBeUndefined();
});
