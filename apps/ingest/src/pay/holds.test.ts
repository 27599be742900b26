import type { PayEntryRow, PayHoldRow } from '@ovation/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldOn } from './holds.ts';

const TODAY = '2026-02-10';
const entry = (id: string, minor: bigint) => ({ id, minor }) as PayEntryRow;
const holds = (...some: Partial<PayHoldRow>[]): PayHoldRow[] =>
  some.map((one) => ({
    ...{
      id: 'hld_1',
      person: 'ann',
      entry: null,
      deal: null,
      heldFrom: null,
      heldTo: null,
      minor: null,
      reason: 'Checked',
      until: null,
    },
    ...{ by: 'usr_1', createdAt: new Date(0), releasedAt: null, releasedBy: null },
    ...{ releaseReason: null, ...one },
  }));
const LINES = [entry('one', 300n), entry('two', 200n), entry('back', -100n)];
const payable = (some: PayHoldRow[], today = TODAY, minor = 400n) =>
  heldOn(some, today).payable('ann', minor, LINES);

describe('what is held', () => {
  test.each([
    ['nothing, without holds', holds(), 400n],
    ['all, where the person is held', holds({}), 0n],
    ['nothing of somebody else', holds({ person: 'bob' }), 400n],
    ['an entry', holds({ entry: 'one' }), 100n],
    ['a part of an entry', holds({ entry: 'one', minor: 50n }), 350n],
    ['an entry once, however often it is held', holds({ entry: 'two' }, { entry: 'two' }), 200n],
    ['no entry that takes money back', holds({ entry: 'back' }), 400n],
    ['no entry of another period', holds({ entry: 'far' }), 400n],
    ['until its date', holds({ until: '2026-02-11' }), 0n],
    ['no longer on its date', holds({ until: TODAY }), 400n],
    ['nothing that was released', holds({ releasedAt: new Date(1) }), 400n],
  ])('is %s', (_, some, left) => expect(payable(some)).toBe(left));

  test('leaves never more than there is, nor less than nothing; releasing never takes', () => {
    const amount = fc.bigInt({ min: -1_000n, max: 1_000n });
    const part = fc.option(fc.bigInt({ min: 1n, max: 2_000n }));
    const some = fc.array(fc.record({ entry: fc.constantFrom('a', 'b', 'c'), minor: part }));
    fc.assert(
      fc.property(fc.tuple(amount, amount, amount), some, ([a, b, c], on) => {
        const lines = [entry('a', a), entry('b', b), entry('c', c)];
        const total = a + b + c > 0n ? a + b + c : 0n;
        const left = heldOn(holds(...on), TODAY).payable('ann', total, lines);
        expect(left >= 0n && left <= total).toBe(true);
        const fewer = heldOn(holds(...on.slice(1)), TODAY).payable('ann', total, lines);
        expect(fewer >= left).toBe(true);
      }),
    );
  });
});
