import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type PlanDefinition } from '@ovation/domain';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { changeTexts } from './plan-diff.ts';
import { planNames } from './plan-names.ts';
import { added, blankOf, rulesFor, withValue } from './plan-values.ts';

const RULES = rulesFor('accelerator', 'USD', 'revenue');
const tr = deskTranslator('en');
const place = formatLocale('en', { ...DEFAULT_SETTINGS, timeZone: 'UTC' });
const telling = (plan: PlanDefinition) => ({ plan, tr, place, names: planNames(tr, (id) => id) });

const texts = (now: PlanDefinition, path: string, before: unknown, after: unknown) =>
  changeTexts({ was: telling(RULES), now: telling(now) }, [{ path, was: before, now: after }]);

describe('what a version changes', () => {
  it('is told row by row, in percent where numbers are shares', () => {
    const now = withValue(RULES, '/components/0/bands/1/rate', '0.1');
    const bands = (plan: PlanDefinition) => (plan.components[0] as { bands: unknown }).bands;
    expect(texts(now, '/components/commission/bands', bands(RULES), bands(now))).toEqual([
      {
        part: 'Commission by tiers',
        sentences: [
          'Row 2: From 100\u00a0%, Rate 10\u00a0%. It was: From 100\u00a0%, Rate 8\u00a0%.',
        ],
      },
    ]);
  });

  it('names a component that is new with what it says', () => {
    const cap = blankOf('cap', RULES, '2026-12-01');
    const [part] = texts(added(RULES, 'components', cap), '/components/cap', null, cap);
    expect(part).toEqual({
      part: 'Limit',
      sentences: ['New: Limits everything to 10,000\u00a0USD in each period.'],
    });
  });

  it('says choices and policies in words', () => {
    const now = withValue(RULES, '/components/0/mode', 'whole');
    expect(texts(now, '/components/commission/mode', 'marginal', 'whole')[0]?.sentences).toEqual([
      'How tiers pay: everything at the rate reached, was each part at its own rate.',
    ]);
    const held = withValue(RULES, '/pay/holdback', '0.1');
    expect(texts(held, '/pay', null, held.pay)).toEqual([
      {
        part: 'When and how it pays',
        sentences: ['Paid: when the deal is won, was none.', 'Held back: 10\u00a0%, was none.'],
      },
    ]);
  });
});
