import { expect, test } from 'vitest';
import { needsApproval, type ApprovalPolicy } from './approval.ts';

const deals: ApprovalPolicy = { needs: 'deals', above: null };
const large: ApprovalPolicy = { needs: 'deals', above: '1000' };

test.each([
  ['without a policy nothing waits', undefined, 5_000n, false],
  ['where nothing needs a word, neither does a deal', { needs: 'none', above: null }, 1n, false],
  ['where deals do, a deal waits', deals, 0n, true],
  ['where deals do, an activity counts at once', deals, null, false],
  ['a deal one cent below the limit counts at once', large, 999n, false],
  ['a deal at the limit waits', large, 1_000n, true],
  ['where all do, an activity waits', { needs: 'all', above: '1000' }, null, true],
  ['where all do, a small deal still counts at once', { needs: 'all', above: '1000' }, 1n, false],
] as const)('%s', (_name, policy, minor, waits) => {
  expect(needsApproval(policy, minor)).toBe(waits);
});
