import { describe, expect, it } from 'vitest';
import { createTranslator, type Catalogue, type Message } from './catalogue.ts';
import { commonEn } from './common.en.ts';
import { commonFa } from './common.fa.ts';
import { numbersEn, numbersFa } from './desk.numbers.ts';
import { acceptedLanguage, directionOf } from './language.ts';
import { wallEn } from './wall.en.ts';
import { wallFa } from './wall.fa.ts';
import { wallTranslator } from './wall.ts';

const en = wallTranslator('en');
const fa = wallTranslator('fa');

describe('a translator', () => {
  it('chooses the form by count and puts in what is already formatted', () => {
    expect(en.t('workingDaysLeft', { count: 1, n: '1' })).toBe('1 working day left');
    expect(en.t('workingDaysLeft', { count: 5, n: '5' })).toBe('5 working days left');
    expect(en.t('daysAhead', { count: 0.9, n: '0.9' })).toBe('0.9 days ahead');
  });

  it('isolates a datum that could turn the sentence around', () => {
    expect(en.t('closed', { account: 'Pars' })).toBe('closed Pars');
    expect(en.t('closed', { account: 'پارس' })).toBe('closed \u2068پارس\u2069');
    expect(fa.t('closed', { account: 'Pars' })).toBe('قرارداد \u2068Pars\u2069 را بست');
  });

  it('gives the pieces for elements of their own', () => {
    expect(fa.parts('closed', { account: '<b>' })).toEqual([
      { text: 'قرارداد ', datum: false },
      { text: '<b>', datum: true },
      { text: ' را بست', datum: false },
    ]);
  });

  it('leaves a placeholder inside a datum alone', () => {
    const { t } = createTranslator('en', {
      en: { hello: 'Hi {name}' } as const,
      fa: { hello: '{name}' },
    });
    expect(t('hello', { name: '{name}' })).toBe('Hi {name}');
  });
});

describe('every translation', () => {
  const formsOf = (message: Message): string[] =>
    typeof message === 'string' ? [message] : [message.one, message.other];
  const namesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

  it.each<[string, Catalogue, Catalogue]>([
    ['common', commonEn, commonFa],
    ['wall', wallEn, wallFa],
    ['numbers', numbersEn, numbersFa],
  ])('of %s uses the placeholders of the source', (_, source, translation) => {
    for (const [key, message] of Object.entries(source)) {
      const expected = namesIn(formsOf(message).at(-1) ?? '');
      for (const form of formsOf(translation[key] ?? '')) {
        expect([key, namesIn(form)]).toEqual([key, expected]);
      }
    }
  });
});

describe('the language of a browser', () => {
  it.each([
    ['fa-IR,fa;q=0.9,en;q=0.8', 'fa'],
    ['de,en;q=0.7,fa;q=0.8', 'fa'],
    ['de-DE', undefined],
    [null, undefined],
  ])('%s is %s', (header, language) => expect(acceptedLanguage(header)).toBe(language));

  it('decides the direction', () => {
    expect([directionOf('fa'), directionOf('en')]).toEqual(['rtl', 'ltr']);
  });
});
