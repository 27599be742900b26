import { expect, it } from 'vitest';
import { readChange } from './change.ts';

it('a target is told by its value; what it is for stands apart', () => {
  const now = { scope: 'person', metric: 'revenue', period: 'month', window: '2026-11-01' };
  expect(readChange({ type: 'target.set', was: null, now: { ...now, value: '12' } })).toEqual({
    context: [
      { path: 'metric', value: 'revenue' },
      { path: 'period', value: 'month' },
      { path: 'window', value: '2026-11-01' },
    ],
    differences: [{ path: 'value', was: undefined, now: '12' }],
    removed: false,
  });
  const gone = readChange({ type: 'target.set', was: { ...now, value: '12' }, now: null });
  expect([gone.removed, gone.differences]).toEqual([
    true,
    [{ path: 'value', was: '12', now: undefined }],
  ]);
});

it('nothing where nothing was is not told', () => {
  const now = { team: 't1', manager: null, aliases: [], active: true };
  expect(readChange({ type: 'person.changed', was: null, now }).differences).toEqual([
    { path: 'team', was: undefined, now: 't1' },
    { path: 'active', was: undefined, now: true },
  ]);
});

it('what is gone says so once', () => {
  expect(readChange({ type: 'key.changed', was: { name: 'CRM' }, now: null }).removed).toBe(true);
  expect(readChange({ type: 'key.changed', was: null, now: null }).removed).toBe(false);
});

it('of a history without its activity, the activity is not told; a taken entry is removed', () => {
  const was = { team: 't1', manager: null, since: null };
  const now = { team: 't2', manager: null, since: null, active: true, gone: true };
  expect(readChange({ type: 'person.changed', was, now })).toEqual({
    context: [],
    differences: [{ path: 'team', was: 't1', now: 't2' }],
    removed: true,
  });
});
