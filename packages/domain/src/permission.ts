import type { Role } from './types.ts';

/** Everything somebody may be allowed to do. */
export const ACTIONS = [
  'events:write',
  'boards:read',
  'changes:read',
  'people:read',
  'people:write',
  'targets:write',
  'metrics:write',
  'contests:write',
  'achievements:write',
  'rewards:write',
  'rewards:use',
  'feed:write',
  'feed:moderate',
  'entries:write',
  'entries:approve',
  'corrections:write',
  'announcements:write',
  'notes:write',
  'plans:write',
  'pay:read',
  'pay:approve',
  'pay:reopen',
  'imports:write',
  'screens:write',
  'settings:write',
  'keys:write',
  'audit:read',
] as const;
export type Action = (typeof ACTIONS)[number];

const MANAGER: readonly Action[] = [
  'events:write',
  'boards:read',
  'people:read',
  'people:write',
  'targets:write',
  'metrics:write',
  'contests:write',
  'achievements:write',
  'rewards:write',
  'rewards:use',
  'feed:write',
  'feed:moderate',
  'entries:write',
  'entries:approve',
  'corrections:write',
  'announcements:write',
  'notes:write',
  'plans:write',
  'pay:read',
  'pay:approve',
  'imports:write',
  'screens:write',
  'audit:read',
];

/** What each role may do; a machine may do what its key's scopes say. */
const ALLOWED: Readonly<Record<Exclude<Role, 'machine'>, readonly Action[]>> = {
  owner: ACTIONS,
  manager: MANAGER,
  rep: ['boards:read', 'entries:write', 'rewards:use', 'feed:write', 'pay:read'],
  screen: ['boards:read'],
};

/** The one answer to "may they?", for pages, API and sockets. */
export function may(
  who: { readonly role: Role; readonly scopes?: readonly string[] },
  action: Action,
): boolean {
  if (who.role === 'machine') return who.scopes?.includes(action) ?? false;
  return ALLOWED[who.role].includes(action);
}
