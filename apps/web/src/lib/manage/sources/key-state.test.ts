import { ACTIONS } from '@ovation/domain';
import { describe, expect, it } from 'vitest';
import { curlSample, keyState, SCOPES } from './key-state.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('a key', () => {
  it.each([
    [null, null, 'active'],
    ['2026-11-24T11:00:00Z', null, 'until'],
    ['2026-11-24T10:00:00Z', null, 'ended'],
    ['2026-11-24T11:00:00Z', '2026-11-24T09:00:00Z', 'revoked'],
  ])('that expires %s and was revoked %s is %s', (expiresAt, revokedAt, kind) => {
    expect(keyState({ expiresAt, revokedAt }, NOW).kind).toBe(kind);
  });

  it('can be given each of the rights', () => {
    expect(SCOPES.map(({ scope }) => scope).sort()).toEqual([...ACTIONS].sort());
  });
});

it('the sample is one command with the secret and the organisation’s money', () => {
  const sample = curlSample('https://floor.example.com', 'ovk_secret', 'EUR');
  expect(sample).toContain("'Authorization: Bearer ovk_secret'");
  const body: unknown = JSON.parse(/-d '(.*)'$/.exec(sample)![1]!);
  expect(body).toMatchObject({ type: 'deal.won', amount: { currency: 'EUR' } });
});
