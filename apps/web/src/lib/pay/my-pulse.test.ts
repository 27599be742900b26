import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PayPulse } from './my-pulse.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A question that is answered when the test says so. */
function opened() {
  const answers: (() => void)[] = [];
  const pulse = new PayPulse(() => new Promise((resolve) => answers.push(resolve)));
  return { pulse, answers };
}

it('asks at once, and once for all that comes together', async () => {
  const { pulse, answers } = opened();
  pulse.beat();
  pulse.beat();
  await vi.advanceTimersByTimeAsync(1);
  expect(answers).toHaveLength(1);
});

it('asks again for what came while it was asking, and no more often than it may', async () => {
  const { pulse, answers } = opened();
  pulse.beat();
  await vi.advanceTimersByTimeAsync(1);
  pulse.beat();
  pulse.beat();
  answers[0]!();
  await vi.advanceTimersByTimeAsync(100);
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(answers).toHaveLength(2);
});

it('leaves a slow server alone for as long as it took', async () => {
  const { pulse, answers } = opened();
  pulse.beat();
  await vi.advanceTimersByTimeAsync(1_000);
  pulse.beat();
  answers[0]!();
  await vi.advanceTimersByTimeAsync(900);
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(answers).toHaveLength(2);
});

it('asks about what comes later too', async () => {
  let asked = 0;
  const pulse = new PayPulse(() => Promise.resolve(void asked++));
  pulse.beat();
  await vi.advanceTimersByTimeAsync(300);
  pulse.beat();
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toBe(2);
});
