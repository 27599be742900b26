import type { Ticket } from '@ovation/host';
import type { AnnounceNews } from '@ovation/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { Announcements } from './announcements.ts';

let now = 0;
let sent: string[] = [];
let announcements: Announcements;

const ticket = (over: Partial<Ticket>): Ticket => ({
  org: 'o',
  role: 'rep',
  subject: 's',
  person: null,
  expiresAt: 1,
  ...over,
});
const WALL = ticket({ role: 'screen', screen: 'scr_floor' });
const LOBBY = ticket({ role: 'screen', screen: 'scr_lobby' });
const ADA = ticket({ person: 'per_ada' });
const OWNER = ticket({ role: 'owner' });
const EVERYBODY = { WALL, LOBBY, ADA, OWNER };

const told = (
  id: string,
  over: { screens?: string[] | null; people?: string[] | null; until?: number } = {},
): AnnounceNews => ({
  kind: 'announce',
  announcement: { id, text: id, texts: {}, level: 'info', startsAt: 0, until: over.until ?? 1_000 },
  screens: over.screens ?? null,
  people: over.people ?? null,
});

beforeEach(() => {
  now = 0;
  sent = [];
  announcements = new Announcements(
    { now: () => now },
    {
      announce: ({ id }, to) => {
        for (const [name, one] of Object.entries(EVERYBODY))
          if (to(one)) sent.push(`${id} ${name}`);
      },
      cancel: (id) => void sent.push(`not ${id}`),
    },
  );
});
const missed = (who: Ticket) => announcements.for(who).map((one) => one.id);

describe('an announcement', () => {
  test('reaches everybody once, however often it is told', () => {
    announcements.hear(told('a'));
    announcements.hear(told('a'));
    expect(sent).toEqual(['a WALL', 'a LOBBY', 'a ADA', 'a OWNER']);
  });

  test.each([
    ['one screen', { screens: ['scr_floor'], people: [] }, ['a WALL']],
    ['one person', { screens: [], people: ['per_ada'] }, ['a ADA']],
    ['all screens and nobody', { screens: null, people: [] }, ['a WALL', 'a LOBBY']],
  ])('for %s reaches nobody else', (_name, audience, reached) => {
    announcements.hear(told('a', audience));
    expect(sent).toEqual(reached);
    expect(missed(LOBBY)).toEqual(reached.includes('a LOBBY') ? ['a'] : []);
  });

  test('is given to whoever connects while it stands, and to nobody afterwards', () => {
    announcements.hear(told('a', { until: 1_000 }));
    now = 999;
    expect(missed(WALL)).toEqual(['a']);
    now = 1_000;
    expect(missed(WALL)).toEqual([]);
    announcements.hear(told('a', { until: 1_000 }));
    expect(sent).toHaveLength(4);
  });

  test('that was cancelled does not come back with a clerk who has not heard of it', () => {
    announcements.hear(told('a', { until: 100_000 }));
    announcements.hear({ kind: 'cancel', id: 'a' });
    announcements.hear(told('a', { until: 100_000 }));
    expect(sent.slice(4)).toEqual(['not a']);
    expect(missed(WALL)).toEqual([]);
  });
});
