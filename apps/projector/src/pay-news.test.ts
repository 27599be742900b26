import { Floor, NO_FACTS, type Fact, type FactGroup, type LogEvent } from '@ovation/domain';
import { expect, test } from 'vitest';
import { dealsPaid, payConcerned, type PayBatch } from './pay-news.ts';

const event = (type: string, more: object = {}) => ({ type, ...more }) as unknown as LogEvent;
const fact = (type: string, ...people: string[]) =>
  ({
    ...{ type, key: `crm/${type}` },
    credits: people.map((person) => ({ person, share: '1/2' })),
  }) as unknown as Fact;
const group = (...facts: Fact[]): FactGroup => ({ ...NO_FACTS, facts });
const won = group(fact('deal.won', 'ana', 'bo'));
const concerned = (batch: Partial<PayBatch>, floor = new Floor()) =>
  payConcerned(
    { events: [], before: [], after: [], paidFor: [], settingsChanged: false, ...batch },
    floor,
  );

test.each([
  ['a win', [group(fact('deal.opened', 'ana'), fact('deal.won', 'ana'))], ['ana']],
  ['a win that is split', [won], ['ana', 'bo']],
  ['an open deal', [group(fact('deal.opened', 'ana'))], []],
  ['a call', [], []],
])('%s concerns the pay of those who have a part in it', (_, after, people) =>
  expect(concerned({ events: [event('deal.won')], after })).toEqual(people),
);

test('a deal that changed hands concerns those who had it, too', () =>
  expect(concerned({ before: [won], after: [group(fact('deal.won', 'cleo'))] })).toEqual([
    ...['ana', 'bo', 'cleo'],
  ]));

test('people are told by who they are taken to be', () => {
  const floor = new Floor();
  floor.matches.set('crm-ana', 'per_ana');
  expect(concerned({ after: [group(fact('deal.won', 'crm-ana'))] }, floor)).toEqual(['per_ana']);
});

test('money for a deal concerns whoever it names and whoever has the deal', () => {
  const key = 'crm/payment.received';
  const events = [event('payment.received', { key, payment: '$p', deal: 'crm/d1' })];
  const after = [group(fact('payment.received', 'cleo'))];
  expect(dealsPaid(events)).toEqual(['crm/d1']);
  expect(concerned({ events, after, paidFor: [won] })).toEqual(['cleo', 'ana', 'bo']);
});

test('money that names no deal, and money that is withdrawn, may concern everybody', () => {
  const after = [group(fact('payment.received', 'ana'))];
  const key = 'crm/payment.received';
  expect(concerned({ events: [event('payment.received', { key, payment: '$p' })], after })).toBe(
    null,
  );
  expect(concerned({ events: [event('activity.withdrawn')], after })).toBeNull();
});

test('an entry by hand concerns whom it is for', () =>
  expect(concerned({ events: [event('pay.adjusted', { subject: 'ana' })] })).toEqual(['ana']));

test.each(['plan.versioned', 'pay.period', 'statement.changed', 'rate.set'])(
  'a change such as %s concerns everybody',
  (type) => expect(concerned({ events: [event(type)], after: [won] })).toBeNull(),
);
test('a changed setting concerns everybody', () =>
  expect(concerned({ settingsChanged: true })).toBeNull());
