import type { PayHoldRow } from '@ovation/store';
import { expect, test } from 'vitest';
import { dealHolds } from './deal-holds.ts';

const row = (some: Partial<PayHoldRow>) =>
  ({
    deal: 'd',
    person: 'ann',
    heldFrom: '2026-02-01',
    heldTo: null,
    until: null,
    ...some,
  }) as PayHoldRow;
const held = (to?: string) => [
  { deal: 'd', person: 'ann', from: '2026-02-01', ...(to !== undefined && { to }) },
];

test.each([
  ['until it is released', {}, held()],
  ['until its date', { until: '2026-03-10' }, held('2026-03-10')],
  ['until it was released', { heldTo: '2026-03-01' }, held('2026-03-01')],
  [
    'until its date, released later',
    { until: '2026-03-10', heldTo: '2026-04-01' },
    held('2026-03-10'),
  ],
  [
    'until it was released before its date',
    { until: '2026-05-01', heldTo: '2026-03-01' },
    held('2026-03-01'),
  ],
  ['not at all where it was released in the same period', { heldTo: '2026-02-01' }, []],
  ['not at all where it is of a person', { deal: null, heldFrom: null }, []],
] as const)('a deal is held %s', (_, some, told) => expect(dealHolds([row(some)])).toEqual(told));
