import { describe, expect, it } from 'vitest';
import { STARTER_METRICS, type MetricDefinition } from '@ovation/domain';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { definitionText } from './definition.ts';
import { metricName, periodName } from './names.ts';

const settings = { calendar: 'gregorian', timeZone: 'UTC' } as const;
const en = { tr: deskTranslator('en'), locale: formatLocale('en', settings) };
const fa = { tr: deskTranslator('fa'), locale: formatLocale('fa', settings) };
const plain = (text: string) => text.replace(/[\u2066-\u2069\u200f]/g, '');

describe('a definition in a sentence', () => {
  it.each<[MetricDefinition, string, string]>([
    [{ kind: 'count', events: ['deal.won'] }, 'The number of won deals.', 'تعداد قراردادهای برده.'],
    [
      { kind: 'sum', of: 'amount', events: ['deal.won'], caps: { event: '5000' } },
      'The amount of won deals, added up. One event adds at most 5,000.',
      'جمع مبلغ قراردادهای برده. هر رویداد حداکثر ۵٬۰۰۰ می‌افزاید.',
    ],
    [
      {
        kind: 'count',
        events: ['activity.logged'],
        where: [{ field: 'activity', is: ['meeting', 'visit'] }],
      },
      'The number of logged activities. Only where activity is Meeting or Visit.',
      'تعداد فعالیت‌های ثبت‌شده. فقط جایی که فعالیت برابر جلسه یا بازدید باشد.',
    ],
    [
      {
        kind: 'average',
        of: 'attributes.discount_rate',
        events: ['deal.won', 'deal.lost'],
        where: [{ field: 'attributes.region', isNot: ['West'], atLeast: '3' }],
      },
      'The “discount rate” of won deals and lost deals, on average. ' +
        'Only where “region” is not West and “region” is at least 3.',
      'میانگین «discount rate» قراردادهای برده و قراردادهای از دست رفته. ' +
        'فقط جایی که «region» برابر West نباشد و «region» دست‌کم ۳ باشد.',
    ],
    [
      { kind: 'ratio', top: 'revenue', bottom: 'calls' },
      'Revenue for each of Calls.',
      'فروش به ازای هر واحد از تماس‌ها.',
    ],
    [
      { kind: 'conversion', from: 'opened', to: 'Offer' },
      'Of the deals that entered opened, how many percent later reached “Offer”.',
      'از قراردادهایی که به باز شدن رسیدند، چند درصد بعداً به «Offer» رسید.',
    ],
    [
      {
        kind: 'scorecard',
        parts: [
          { metric: 'calls', weight: '1', cap: '500' },
          { metric: 'demos', weight: '8' },
        ],
      },
      'Points: 1 for each of Calls up to 500 and 8 for each of Demos.',
      'امتیاز: ۱ برای هر واحد از تماس‌ها تا سقف ۵۰۰ و ۸ برای هر واحد از نمایش‌های محصول.',
    ],
  ])('%j', (definition, english, persian) => {
    expect(plain(definitionText(definition, en))).toBe(english);
    expect(plain(definitionText(definition, fa))).toBe(persian);
  });

  it('exists for the whole starter set, and so do names', () => {
    for (const metric of STARTER_METRICS) {
      for (const speaker of [en, fa]) {
        const text = definitionText(metric.versions[0]!.definition, speaker);
        expect(text).not.toMatch(/says|undefined|\{/);
        expect(metricName(metric, speaker.tr)).not.toBe(metric.id);
      }
    }
  });
});

describe('names', () => {
  it('of own metrics and periods', () => {
    expect(metricName({ id: 'met_1', name: 'Leads', names: { fa: 'سرنخ' } }, fa.tr)).toBe('سرنخ');
    expect(metricName({ id: 'met_1', name: '' }, en.tr)).toBe('met_1');
    expect(periodName('last-30', en.tr, en.locale)).toBe('Last 30 days');
    expect(periodName('2026-11-01..2026-11-20', en.tr, en.locale)).toBe('Own dates');
    expect(periodName('half', fa.tr, fa.locale)).toBe('نیم‌سال');
  });
});
