import { describe, expect, it } from 'vitest';
import type { BoardAnswer } from '@ovation/protocol';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { boardBody, boardDraft, NEW_BOARD } from './board-draft.ts';
import { boardName } from './board-name.ts';

const OWN: BoardAnswer = {
  id: 'brd_1',
  slug: 'north',
  name: 'North',
  names: { en: 'North', fa: 'شمال' },
  starter: false,
  metric: 'calls',
  period: 'last-30',
  of: 'people',
  where: [
    { field: 'attributes.region', is: ['North'] },
    { field: 'attributes.size', atLeast: '5' },
  ],
  teams: ['team_1'],
  rankedBy: 'target',
  ties: 'first',
  topN: 10,
};

describe('a board that is written', () => {
  it('begins with what there is', () => {
    const { id: _id, slug: _slug, starter: _starter, ...body } = OWN;
    expect(boardBody(boardDraft(OWN, 'en', 'fa'), 'en', 'fa')).toEqual({ body, faults: {} });
  });

  it('of own dates keeps both', () => {
    const dated = { ...OWN, period: '2026-11-01..2026-11-20' } as const;
    expect(boardBody(boardDraft(dated, 'en', 'fa'), 'en', 'fa').body.period).toBe(dated.period);
  });

  it.each([
    [{ name: ' ' }, { name: 'needName' }],
    [{ name: 'x', period: 'last', lastDays: '۴۰۰' }, { lastDays: 'needDays' }],
    [{ name: 'x', period: 'dates', first: '2026-02-02', last: '' }, { dates: 'needDates' }],
    [
      { name: 'x', period: 'dates', first: '2026-02-02', last: '2026-02-01' },
      { dates: 'needDates' },
    ],
    [{ name: 'x', topN: 'ten' }, { topN: 'needTop' }],
  ] as const)('says what it needs: %j', (draft, faults) => {
    expect(boardBody({ ...NEW_BOARD, ...draft }, 'en', 'fa').faults).toEqual(faults);
  });
});

describe('the name of a board', () => {
  const settings = { calendar: 'gregorian', timeZone: 'UTC' } as const;
  const named = (board: Parameters<typeof boardName>[0], language: 'en' | 'fa') =>
    boardName(
      board,
      { id: board.metric },
      deskTranslator(language),
      formatLocale(language, settings),
    ).replace(/[\u2066-\u2069]/g, '');

  it('is its own, or says what it ranks by', () => {
    expect(named(OWN, 'fa')).toBe('شمال');
    const plain = { metric: 'win-rate', period: 'quarter', of: 'teams', name: '' } as const;
    expect(named(plain, 'en')).toBe('Teams: Win rate, Quarter');
    expect(named({ ...plain, of: 'people', period: '2026-11-01..2026-11-20' }, 'en')).toBe(
      'Win rate, 1 to 20 November 2026',
    );
  });
});
