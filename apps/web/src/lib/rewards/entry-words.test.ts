import type { WalletLine } from '@ovation/protocol';
import { expect, it } from 'vitest';
import { deskTranslator } from '../i18n/desk.ts';
import { entryWords, groupedEntries } from './entry-words.ts';

const line = (id: number, more: Partial<WalletLine> = {}): WalletLine => ({
  id,
  kind: 'badge',
  points: 20,
  short: 0,
  at: '2026-11-24T10:00:00Z',
  about: { id: 'bdg_1', name: 'Closer' },
  by: null,
  text: null,
  ...more,
});

it('what one badge gave at one moment is one line with its sum', () => {
  const other = { id: 'bdg_2', name: 'Opener' };
  const all = [line(5), line(4, { points: 40 }), line(3, { about: other }), line(2), line(1)];
  const groups = groupedEntries(all).map(({ entry, count, points }) => [entry.id, count, points]);
  expect(groups).toEqual([
    [5, 2, 60],
    [3, 1, 20],
    [2, 2, 40],
  ]);
});

it('kudos and exchanges stay apart, whenever they were', () => {
  const kudos = { kind: 'kudos' as const, about: null };
  expect(groupedEntries([line(2, kudos), line(1, kudos)])).toHaveLength(2);
});

it('says where points come from in both languages', () => {
  const grant = line(1, { kind: 'grant', about: null, by: { id: 'usr_1', name: 'Max' } });
  expect(entryWords(grant, deskTranslator('en'))).toBe('From Max');
  expect(entryWords(line(1), deskTranslator('fa'))).toContain('نشان');
  expect(entryWords(line(1, { about: null }), deskTranslator('en'))).toBe('Badge');
});
