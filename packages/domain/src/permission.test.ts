import { describe, expect, test } from 'vitest';
import { ACTIONS, may, type Action } from './permission.ts';
import { ROLES } from './types.ts';

/** Owner, manager, rep, screen. */
const TABLE: Readonly<Record<Action, string>> = {
  'events:write': 'yes yes no  no ',
  'boards:read': 'yes yes yes yes',
  'changes:read': 'yes no  no  no ',
  'people:read': 'yes yes no  no ',
  'people:write': 'yes yes no  no ',
  'targets:write': 'yes yes no  no ',
  'metrics:write': 'yes yes no  no ',
  'contests:write': 'yes yes no  no ',
  'achievements:write': 'yes yes no  no ',
  'rewards:write': 'yes yes no  no ',
  'rewards:use': 'yes yes yes no ',
  'feed:write': 'yes yes yes no ',
  'feed:moderate': 'yes yes no  no ',
  'entries:write': 'yes yes yes no ',
  'entries:approve': 'yes yes no  no ',
  'corrections:write': 'yes yes no  no ',
  'announcements:write': 'yes yes no  no ',
  'notes:write': 'yes yes no  no ',
  'plans:write': 'yes yes no  no ',
  'pay:read': 'yes yes yes no ',
  'pay:approve': 'yes yes no  no ',
  'pay:reopen': 'yes no  no  no ',
  'imports:write': 'yes yes no  no ',
  'screens:write': 'yes yes no  no ',
  'settings:write': 'yes no  no  no ',
  'keys:write': 'yes no  no  no ',
  'audit:read': 'yes yes no  no ',
};
const PEOPLE = ['owner', 'manager', 'rep', 'screen'] as const;

describe('who may', () => {
  test.each(ACTIONS)('%s stands in the table', (action) => {
    const answers = PEOPLE.map((role) => (may({ role }, action) ? 'yes' : 'no'));
    expect(answers).toEqual(TABLE[action].trim().split(/ +/));
  });

  test('a machine may what its key says and nothing else', () => {
    for (const scope of ACTIONS) {
      const allowed = ACTIONS.filter((action) => may({ role: 'machine', scopes: [scope] }, action));
      expect(allowed).toEqual([scope]);
    }
    expect(ACTIONS.some((action) => may({ role: 'machine' }, action))).toBe(false);
  });

  test('scopes make nobody else more than they are', () => {
    for (const role of ROLES.filter((one) => one !== 'machine')) {
      const without = ACTIONS.filter((action) => may({ role }, action));
      expect(ACTIONS.filter((action) => may({ role, scopes: ACTIONS }, action))).toEqual(without);
    }
  });
});
