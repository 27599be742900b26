import { Floor, NO_FACTS, type Fact, type FactGroup, type LogEvent } from '@ovation/domain';
import { expect, test } from 'vitest';
import { payConcerned } from './pay-news.ts';

const event = (type: string, more: object = {}) => ({ type, ...more }) as unknown as LogEvent;
const fact = (type: string, ...people: string[]) =>
  ({ type, credits: people.map((person) => ({ person, share: '1/2' })) }) as unknown as Fact;
const group = (...facts: Fact[]): FactGroup => ({ ...NO_FACTS, facts });
const won = group(fact('deal.won', 'ana', 'bo'));

test.each([
  ['a win', [group(fact('deal.opened', 'ana'), fact('deal.won', 'ana'))], ['ana']],
  ['a win that is split', [won], ['ana', 'bo']],
  ['a deal that changed hands', [won, group(fact('deal.won', 'cleo'))], ['ana', 'bo', 'cleo']],
  ['a payment that names somebody', [group(fact('payment.received', 'ana'))], ['ana']],
  ['an open deal', [group(fact('deal.opened', 'ana'))], []],
  ['a call', [], []],
])('%s concerns the pay of those who have a part in it', (_, groups, people) => {
  expect(payConcerned([event('deal.won')], groups, new Floor(), false)).toEqual(people);
});

test('people are told by who they are taken to be', () => {
  const floor = new Floor();
  floor.matches.set('crm-ana', 'per_ana');
  const groups = [group(fact('deal.won', 'crm-ana'))];
  expect(payConcerned([], groups, floor, false)).toEqual(['per_ana']);
});

test('an entry by hand concerns whom it is for', () => {
  const batch = [event('pay.adjusted', { subject: 'ana' })];
  expect(payConcerned(batch, [], new Floor(), false)).toEqual(['ana']);
});

test.each(['plan.versioned', 'pay.period', 'statement.changed', 'rate.set'])(
  'a change such as %s concerns everybody',
  (type) => expect(payConcerned([event(type)], [won], new Floor(), false)).toBeNull(),
);
test('a changed setting and a payment for a deal concern everybody', () => {
  expect(payConcerned([event('target.set')], [], new Floor(), true)).toBeNull();
  expect(payConcerned([], [group(fact('payment.received'))], new Floor(), false)).toBeNull();
});
