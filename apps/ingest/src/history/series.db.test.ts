import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from './desk.fixture.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk('2026-11-24T10:00:00Z');
});
afterAll(() => desk.close());

const HOUR_MS = 3_600_000;
const END = Date.parse('2026-11-24T10:00:00Z');
const anyCredit = fc.record({
  person: fc.constantFrom('per_a', 'per_b', 'per_c'),
  team: fc.constantFrom('team_x', 'team_y', undefined),
  hours: fc.integer({ min: 0, max: 24 * 365 }),
  value: fc.bigInt({ min: -5_000n, max: 100_000n }),
  gone: fc.boolean(),
});
const anySettings = fc.record({
  timeZone: fc.constantFrom('Asia/Tehran', 'America/New_York', 'Pacific/Apia', 'UTC'),
  calendar: fc.constantFrom('gregorian' as const, 'jalali' as const),
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalStart: fc.integer({ min: 1, max: 12 }),
});
const cents = (text: string) => BigInt(text.replace('.', ''));
const sum = (all: readonly bigint[]) => all.reduce((total, one) => total + one, 0n);

/** What a test reads of an answer. */
interface Series {
  total: string;
  points: { value: string | null }[];
  parts: { total: string; values: (string | null)[] }[];
}

test('points and parts add up to the whole, in any calendar and step', async () => {
  await fc.assert(
    fc.asyncProperty(
      anySettings,
      fc.array(anyCredit, { maxLength: 40 }),
      fc.constantFrom('week', 'month', 'quarter', 'year'),
      fc.constantFrom('person', 'team'),
      async (settings, credits, by, split) => {
        const org = await desk.organisation(settings);
        await org.measured('revenue');
        const rows = credits.map(({ person, team, hours, value, gone }) => ({
          measure: 'revenue',
          person,
          ...(team === undefined ? {} : { team }),
          at: new Date(END - hours * HOUR_MS).toISOString(),
          value,
          ...(gone ? { goneSeq: 2 } : {}),
        }));
        if (rows.length > 0) await org.give(...rows);
        const url = `/v1/history?metric=revenue&by=${by}&split=${split}&from=2025-11-01`;
        const body = (await org.send('GET', url)).body as Series;
        const expected = sum(credits.filter((one) => !one.gone).map((one) => one.value));
        const values = (all: readonly (string | null)[]) => all.map((one) => cents(one ?? '0'));
        expect(cents(body.total)).toBe(expected);
        expect(sum(values(body.points.map((one) => one.value)))).toBe(expected);
        expect(sum(values(body.parts.map((one) => one.total)))).toBe(expected);
        for (const part of body.parts) {
          expect(sum(values(part.values))).toBe(cents(part.total));
        }
      },
    ),
    { numRuns: 40 },
  );
});
