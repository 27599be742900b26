import { expect, it } from 'vitest';
import { groupFaults } from './fault-groups.ts';

const delivery = (id: string, code: string, pointer?: string) => ({
  id,
  source: { id: 'src_1', name: 'CRM' },
  receivedAt: '2026-11-24T08:00:00Z',
  fault: { code, detail: code, ...(pointer === undefined ? {} : { pointer }) },
  body: '{}',
  eventId: null,
  settledAt: null,
  outcome: null,
});

it('deliveries with the same fault are one group, wherever in a batch it is', () => {
  const groups = groupFaults([
    delivery('a', 'missing', '/events/0/amount'),
    delivery('b', 'not_json'),
    delivery('c', 'missing', '/events/12/amount'),
    delivery('d', 'missing', '/type'),
  ]);
  expect(groups.map(({ deliveries }) => deliveries.map(({ id }) => id).join(''))).toEqual([
    'ac',
    'b',
    'd',
  ]);
});
