import type { KeyAnswer } from '@ovation/protocol';

/** Where a key is in its life: valid, valid for a while, or over. */
export type KeyState =
  | { readonly kind: 'active' }
  | { readonly kind: 'until'; readonly at: string }
  | { readonly kind: 'ended'; readonly at: string }
  | { readonly kind: 'revoked' };

export function keyState(key: Pick<KeyAnswer, 'expiresAt' | 'revokedAt'>, now: number): KeyState {
  if (key.revokedAt !== null) return { kind: 'revoked' };
  if (key.expiresAt === null) return { kind: 'active' };
  const over = Date.parse(key.expiresAt) <= now;
  return { kind: over ? 'ended' : 'until', at: key.expiresAt };
}

/** Scopes a key can have, in the order in which they matter to most. */
export const SCOPES = [
  { scope: 'events:write', key: 'scopeEventsWrite' },
  { scope: 'boards:read', key: 'scopeBoardsRead' },
  { scope: 'changes:read', key: 'scopeChangesRead' },
  { scope: 'people:read', key: 'scopePeopleRead' },
  { scope: 'people:write', key: 'scopePeopleWrite' },
  { scope: 'targets:write', key: 'scopeTargetsWrite' },
  { scope: 'metrics:write', key: 'scopeMetricsWrite' },
  { scope: 'contests:write', key: 'scopeContestsWrite' },
  { scope: 'achievements:write', key: 'scopeAchievementsWrite' },
  { scope: 'rewards:write', key: 'scopeRewardsWrite' },
  { scope: 'rewards:use', key: 'scopeRewardsUse' },
  { scope: 'feed:write', key: 'scopeFeedWrite' },
  { scope: 'feed:moderate', key: 'scopeFeedModerate' },
  { scope: 'entries:write', key: 'scopeEntriesWrite' },
  { scope: 'entries:approve', key: 'scopeEntriesApprove' },
  { scope: 'corrections:write', key: 'scopeCorrectionsWrite' },
  { scope: 'announcements:write', key: 'scopeAnnouncementsWrite' },
  { scope: 'notes:write', key: 'scopeNotesWrite' },
  { scope: 'plans:write', key: 'scopePlansWrite' },
  { scope: 'pay:read', key: 'scopePayRead' },
  { scope: 'pay:approve', key: 'scopePayApprove' },
  { scope: 'pay:reopen', key: 'scopePayReopen' },
  { scope: 'imports:write', key: 'scopeImportsWrite' },
  { scope: 'screens:write', key: 'scopeScreensWrite' },
  { scope: 'settings:write', key: 'scopeSettingsWrite' },
  { scope: 'keys:write', key: 'scopeKeysWrite' },
  { scope: 'audit:read', key: 'scopeAuditRead' },
] as const;

/** A first event that anybody can send from a terminal; sent twice it counts once. */
export function curlSample(origin: string, secret: string, currency: string): string {
  const event = {
    type: 'deal.won',
    deal: 'opp-551',
    person: 'sara@example.com',
    amount: { amount: '4514.00', currency },
  };
  return [
    `curl ${origin}/v1/events \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify({ id: 'test-1', ...event })}'`,
  ].join('\n');
}
