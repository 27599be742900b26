import { expect, test } from 'vitest';
import { eventsOf, type Trace, type TraceLine } from './trace.ts';

const line = (fact: string | null, deal: string | null, node = 'c1'): TraceLine => ({
  ...{ node, fact, deal },
  ...{ exact: '1', pays: '1' },
});
const traceWith = (lines: readonly TraceLine[]): Trace => ({
  ...{ node: 'c1', kind: 'rate', version: 1, currency: 'USD', measure: null },
  ...{ lines, more: null, then: [], exact: '1', rounded: '1' },
});

test('events of a figure come once each, the newest first, with the deals that they are of', () => {
  const trace = traceWith([
    line('crm/1', 'crm/d1'),
    line('crm/2', null),
    line('crm/1#2', 'crm/d1'),
    line(null, null),
  ]);
  expect(eventsOf(trace)).toEqual([
    { event: 'crm/1', of: 'crm/d1' },
    { event: 'crm/2', of: 'crm/2' },
  ]);
});

test('a figure without lines has no events', () => {
  expect(eventsOf(traceWith([]))).toEqual([]);
});
