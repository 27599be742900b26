import type { DisputeAnswer } from '@ovation/protocol';
import { expect, it } from 'vitest';
import { historyOf } from './my-history.ts';

const leila = { id: 'usr_1', name: 'Leila' };
const asked: DisputeAnswer = {
  ...{ id: 'dsp_1', line: 'pay_1', by: null, text: 'It was 12,000.', state: 'open' },
  ...{ at: '2026-11-02T10:00:00Z', decidedAt: null, decidedBy: null, answer: null },
  ...{ entry: null, correction: null },
};
const issued = { issuedAt: '2026-11-01T09:00:00Z', issuedBy: leila, approvals: [], disputes: [] };

it('a statement that was only issued has one step', () =>
  expect(historyOf(issued).map(({ what }) => what)).toEqual(['issued']));

it('a question, its answer and the words on a statement stand in their order', () => {
  const answered: DisputeAnswer = {
    ...{ ...asked, state: 'accepted', answer: 'You are right.', decidedBy: leila },
    decidedAt: '2026-11-03T08:00:00Z',
  };
  const approvals = [{ step: 1, by: leila, at: '2026-11-04T08:00:00Z' }];
  const steps = historyOf({ ...issued, approvals, disputes: [answered] });
  expect(steps.map(({ what, text }) => [what, text])).toEqual([
    ['issued', null],
    ['questioned', 'It was 12,000.'],
    ['accepted', 'You are right.'],
    ['approved', null],
  ]);
});

it('an open question has no answer yet', () =>
  expect(historyOf({ ...issued, disputes: [asked] }).map(({ what }) => what)).toEqual([
    'issued',
    'questioned',
  ]));
