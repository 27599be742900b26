import type { Minor } from './types.ts';

export const APPROVAL_NEEDS = ['none', 'deals', 'all'] as const;

/** Which entries by hand wait for a manager's word before they count. */
export interface ApprovalPolicy {
  readonly needs: (typeof APPROVAL_NEEDS)[number];
  /**
   * Deals of less than this many minor units of the organisation's currency count at once; `null`:
   * every deal waits. Activities have no amount.
   */
  readonly above: string | null;
}

/** Whether an entry waits; `minor` is what a deal is worth, `null` for an activity. */
export function needsApproval(policy: ApprovalPolicy | undefined, minor: Minor | null): boolean {
  if (policy === undefined || policy.needs === 'none') return false;
  if (minor === null) return policy.needs === 'all';
  return policy.above === null || minor >= BigInt(policy.above);
}
