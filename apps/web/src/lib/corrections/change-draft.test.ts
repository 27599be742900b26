import { describe, expect, it } from 'vitest';
import { changeOf, shareOf, type ChangeDraft } from './change-draft.ts';

const now = {
  amount: { amount: '300.00', currency: 'USD' },
  credits: [{ person: { id: 'ana', name: 'Ana' }, share: '1' }],
};
const draft = (over: Partial<ChangeDraft>): ChangeDraft => ({
  kind: 'amend',
  amount: '',
  person: '',
  share: '50',
  ...over,
});

describe('a correction in a form', () => {
  it.each([
    ['an amount in Persian digits', { amount: '۴٬۵۰۰٫۵' }, '4500.5'],
    ['an amount with separators', { amount: '1,200' }, '1200'],
    ['nothing typed', { amount: ' ' }, null],
    ['a negative amount', { amount: '-5' }, null],
    ['no number', { amount: 'many' }, null],
  ])('%s', (_name, over, amount) => {
    const change = changeOf(draft(over), now, 'EUR');
    expect(change).toEqual(
      amount === null ? null : { kind: 'amend', amount: { amount, currency: 'USD' } },
    );
  });

  it('shares what somebody has with another, to the whole', () => {
    const change = changeOf(draft({ kind: 'split', person: 'bo', share: '۳۰٪' }), now, 'USD');
    expect(change).toEqual({
      kind: 'split',
      credits: [
        { person: 'ana', share: '70/100' },
        { person: 'bo', share: '30/100' },
      ],
    });
  });

  it('shares nothing with oneself, and gives nothing to nobody', () => {
    expect(changeOf(draft({ kind: 'split', person: 'ana' }), now, 'USD')).toBeNull();
    expect(changeOf(draft({ kind: 'reassign' }), now, 'USD')).toBeNull();
  });
});

it.each([
  ['1', 1],
  ['99', 99],
  ['0', null],
  ['100', null],
  ['3.5', null],
])('a share of %s percent is %s', (text, share) => expect(shareOf(text)).toBe(share));
