import { describe, expect, it } from 'vitest';
import { STARTER_METRICS, type MetricDefinition } from '@ovation/domain';
import { definitionOf, draftOf, EMPTY_DRAFT, kindsOf } from './definition-draft.ts';

const OTHERS: readonly MetricDefinition[] = [
  {
    kind: 'sum',
    of: 'attributes.units',
    events: ['deal.won'],
    caps: { event: '100', day: '250.5' },
    where: [
      { field: 'attributes.region', is: ['North', 'West'] },
      { field: 'stage', isNot: ['Trial'] },
      { field: 'attributes.discount', atMost: '10' },
    ],
  },
  { kind: 'distinct', of: 'attributes.account', events: ['activity.logged'] },
  { kind: 'ratio', top: 'revenue', bottom: 'calls' },
  { kind: 'conversion', from: 'opened', to: 'Offer', where: [{ field: 'source', is: ['web'] }] },
  { kind: 'first_activity' },
];

describe('a definition that is written', () => {
  it.each([...STARTER_METRICS.map(({ versions }) => versions[0]!.definition), ...OTHERS])(
    'begins with what was published: %j',
    (definition) => {
      expect(definitionOf(draftOf(definition))).toEqual({ ok: true, definition });
    },
  );

  it('understands Persian numbers', () => {
    const drafted = definitionOf({ ...EMPTY_DRAFT, kind: 'count', capDay: '۱٬۲۰۰' });
    expect(drafted).toMatchObject({ ok: true, definition: { caps: { day: '1200' } } });
  });

  it.each([
    [{ selection: { events: [], where: [] } }, { 'selection.events': 'needEvents' }],
    [{ kind: 'ratio', top: 'revenue', bottom: 'revenue' }, { bottom: 'needOther' }],
    [{ kind: 'scorecard' }, { parts: 'needPart' }],
    [
      { kind: 'scorecard', parts: [{ metric: 'calls', weight: 'x', cap: '' }] },
      { 'parts.0.weight': 'needNumber' },
    ],
    [{ kind: 'conversion', from: 'won', to: 'won' }, { to: 'needStage' }],
    [{ kind: 'sum', number: 'attributes.' }, { number: 'needField' }],
    [
      {
        selection: {
          events: ['deal.won'],
          where: [
            { field: '', op: 'is', values: ['x'], bound: '' },
            { field: 'stage', op: 'is', values: [], bound: '' },
            { field: 'stage', op: 'atLeast', values: [], bound: 'many' },
          ],
        },
      },
      {
        'selection.where.0': 'needField',
        'selection.where.1': 'needValue',
        'selection.where.2': 'needNumber',
      },
    ],
  ] as const)('says what it needs: %j', (draft, faults) => {
    expect(definitionOf({ ...EMPTY_DRAFT, ...draft })).toEqual({ ok: false, faults });
  });

  it('has a kind for every unit', () => {
    for (const unit of ['money', 'count', 'percent', 'duration', 'points'] as const) {
      expect(kindsOf(unit).length).toBeGreaterThan(2);
    }
  });
});
