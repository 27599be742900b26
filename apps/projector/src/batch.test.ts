import { aloneKey, Floor, type FactGroup, type LogEvent } from '@ovation/domain';
import { describe, expect, test } from 'vitest';
import { foldBatch, LentBook } from './batch.ts';
import { Inbox } from './inbox.ts';
import { foldable } from './rebuild.ts';

const AT = Date.UTC(2026, 10, 24, 9);
const event = (seq: number, body: object): LogEvent =>
  ({ seq, key: `s/e${seq}`, occurredAt: AT + seq, recordedAt: AT + seq, ...body }) as LogEvent;
const won = (seq: number, minor: string) =>
  event(seq, {
    type: 'deal.won',
    deal: 's/d',
    credits: [{ person: 'p', share: '1' }],
    amount: { minor, currency: 'USD' },
  });
const published = (seq: number, id = 'revenue') =>
  event(seq, {
    type: 'metric.published',
    metric: { id, unit: 'money', better: 'higher', class: null },
    version: {
      version: 2,
      from: 0,
      definition: { kind: 'sum', of: 'amount', events: ['deal.won'] },
    },
  });

test('a deal that changes before a new way of counting came to it is written as it came', () => {
  const groups = new Map<string, FactGroup>();
  const floor = new Floor();
  const log = [
    won(1, '500'),
    published(2),
    event(3, { type: 'deal.amended', deal: 's/d', amount: { minor: '900', currency: 'USD' } }),
    event(4, { type: 'deal.reversed', deal: 's/d' }),
  ];
  for (const each of log.slice(0, 2)) foldBatch(floor, new LentBook(groups, log), [each]);
  const { credits } = foldBatch(floor, new LentBook(groups, log), log.slice(2));
  const rows = credits.added
    .filter(({ credit }) => credit.measure === 'revenue~2')
    .map(({ credit, by }) => [credit.value, credit.seq, by]);
  expect(rows).toEqual([
    [500n, 2, 3],
    [900n, 3, 4],
  ]);
  // None of them stood before this batch.
  expect(credits.removed.map(({ credit }) => credit.measure)).not.toContain('revenue~2');
});

describe('while a change is being counted', () => {
  const moved = (seq: number) =>
    event(seq, { type: 'person.changed', person: 'p', team: null, since: null, active: true });
  const saved = (seq: number) =>
    event(seq, { type: 'board.saved', board: { id: 'b', slug: 'b', metric: 'revenue' } });
  const floor = new Floor();
  foldBatch(floor, new LentBook(new Map(), []), [published(1)]);
  const building = floor.measures.building();

  test('deals are folded on, and what would change who is counted waits', () => {
    expect(foldable([won(2, '1'), won(3, '1'), moved(4), won(5, '1')], building)).toBe(2);
    expect(foldable([moved(2)], building)).toBe(0);
    expect(foldable([won(2, '1'), moved(3)], [])).toBe(2);
    expect(foldable([published(2, 'other'), won(3, '1'), moved(4)], [])).toBe(2);
  });

  test('another change of the same waits, one of something else does not', () => {
    expect(foldable([published(2)], building)).toBe(0);
    expect(foldable([published(2, 'other'), published(3, 'other')], building)).toBe(1);
    expect(foldable([saved(2)], building)).toBe(0);
    expect(foldable([saved(2), published(3)], [])).toBe(1);
  });

  test('what waits comes next, before what was heard since', async () => {
    const inbox = new Inbox();
    const never = undefined as never;
    inbox.hear({ from: 1, to: 3, events: [won(1, '1'), moved(2), won(3, '1')] }, 0);
    const batch = await inbox.next(never, 'org', 0);
    inbox.putBack(batch.splice(1));
    inbox.hear({ from: 4, to: 4, events: [won(4, '1')] }, 1);
    expect((await inbox.next(never, 'org', 1)).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
});

test('an event alone is lent only to what comes after it', () => {
  const call = event(5, {
    type: 'activity.logged',
    activity: 'call',
    class: 'sourcing',
    credits: [],
  });
  const lent = new LentBook(new Map(), [call]);
  lent.now = 5;
  expect(lent.get(aloneKey(call.key))).toBeUndefined();
  lent.now = 6;
  expect(lent.get(aloneKey(call.key))?.facts).toHaveLength(1);
});
