import { createCalendar, DEFAULT_SETTINGS, EVENT_TYPES, type ClosingPolicy } from '@ovation/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEvent } from './check-event.ts';
import { KINDS } from './check-kind.ts';
import type { Rules } from './rules.ts';

const NOW = Date.parse('2026-11-24T09:31:00Z');

function rulesWith(closing?: ClosingPolicy): Rules {
  const settings = { ...DEFAULT_SETTINGS, ...(closing ? { closing } : {}) };
  const rate = (from: string, value: string) => ({ currency: 'EUR', from, rate: value });
  return {
    settings,
    calendar: createCalendar(settings),
    rates: new Map([['EUR', [rate('2026-11-01', '1.1'), rate('2026-01-01', '1.05')]]]),
    teams: [
      { id: 'team_north', name: 'North' },
      { id: 'team_a', name: 'Twins' },
      { id: 'team_b', name: 'twins' },
      { id: 'team_fa', name: 'تیم یک' },
    ],
  };
}

const check = (sent: object, closing?: ClosingPolicy) =>
  checkEvent({ id: 'e1', ...sent }, { rules: rulesWith(closing), now: NOW, sourceId: 'src' });
const bodyOf = (sent: object, closing?: ClosingPolicy) => {
  const checked = check(sent, closing);
  if (!checked.ok) throw new Error(`${checked.fault.code}: ${checked.fault.detail}`);
  return checked.value.rest;
};
const faultOf = (sent: object, closing?: ClosingPolicy) => {
  const checked = check(sent, closing);
  return checked.ok ? 'taken' : [checked.fault.code, checked.fault.pointer];
};

const usd = { amount: '12.50', currency: 'USD' };
const logged = { minor: '1250', currency: 'USD' };
const shares = [
  { person: 'a', share: '1/3' },
  { person: 'b', share: '2/3' },
];

describe('every type in the form of the log', () => {
  test.each<[string, object, object]>([
    ['deal.opened', { deal: 'd', amount: usd }, { deal: 'src/d', amount: logged }],
    [
      'deal.stage_changed',
      { deal: 'd', stage: 'demo' },
      { deal: 'src/d', attributes: { stage: 'demo' } },
    ],
    ['deal.won', { amount: usd, person: 'a' }, { deal: '~src/e1', amount: logged }],
    ['deal.won', { deal: 'd', amount: usd, credits: shares }, { deal: 'src/d', amount: logged }],
    [
      'deal.lost',
      { deal: 'd', reason: 'price' },
      { deal: 'src/d', attributes: { reason: 'price' } },
    ],
    [
      'deal.amended',
      { deal: 'd', amount: usd, reason: 'typo' },
      { deal: 'src/d', amount: logged, reason: 'typo' },
    ],
    [
      'deal.amended',
      { corrects: 'e0', attributes: { region: '', seats: 7 } },
      { corrects: 'src/e0', attributes: { region: '', seats: '7' } },
    ],
    ['deal.reassigned', { deal: 'd', person: 'b' }, { deal: 'src/d' }],
    [
      'deal.reassigned',
      { corrects: 'e0', credits: [{ person: 'b', share: '1' }] },
      { corrects: 'src/e0' },
    ],
    ['deal.split', { deal: 'd', credits: shares }, { deal: 'src/d' }],
    [
      'deal.reversed',
      { reverses: 'e0', reason: 'bounced' },
      { reverses: 'src/e0', reason: 'bounced' },
    ],
    ['deal.reversed', { deal: 'd' }, { deal: 'src/d' }],
    ['payment.received', { amount: usd, person: 'a' }, { payment: '$src/e1', amount: logged }],
    [
      'payment.received',
      { amount: usd, person: 'a', payment: 'p', deal: 'd' },
      { payment: '$src/p', deal: 'src/d', amount: logged },
    ],
    ['payment.refunded', { amount: usd, payment: 'p' }, { payment: '$src/p', amount: logged }],
    ['activity.logged', { activity: 'Call', person: 'a' }, { activity: 'Call', class: 'sourcing' }],
    [
      'activity.logged',
      { activity: 'constructor', person: 'a', deal: 'd' },
      { activity: 'constructor', class: 'deal-making', deal: 'src/d' },
    ],
    ['activity.withdrawn', { withdraws: 'e0' }, { withdraws: 'src/e0' }],
    ['kpi.reported', { kpi: 'nps', value: '-3.25', person: 'a' }, { kpi: 'nps', value: '-3.25' }],
    ['kpi.reported', { kpi: 'revenue', value: '7', person: 'a' }, { kpi: 'revenue', value: '700' }],
  ])('%s %j', (type, sent, body) => {
    expect(bodyOf({ type, ...sent })).toEqual(body);
  });

  test('each is in the table and says only what it may', () => {
    expect(Object.keys(KINDS).sort()).toEqual([...EVENT_TYPES].sort());
  });

  test('only facts and who is newly credited carry credits', () => {
    const creditsOf = (sent: object) => {
      const checked = check(sent);
      return checked.ok ? checked.value.credits : checked.fault;
    };
    expect(creditsOf({ type: 'deal.lost', deal: 'd' })).toEqual([]);
    expect(creditsOf({ type: 'deal.split', deal: 'd', credits: shares })).toEqual(shares);
    expect(creditsOf({ type: 'deal.amended', deal: 'd', amount: usd })).toBeNull();
    expect(creditsOf({ type: 'activity.withdrawn', withdraws: 'e0' })).toBeNull();
  });
});

describe('what makes no sense is refused with what to fix', () => {
  test.each<[string, object, string, string]>([
    ['deal.opened', {}, 'deal_missing', '/deal'],
    ['deal.opened', { deal: 'd', payment: 'p' }, 'field_not_here', '/payment'],
    ['deal.stage_changed', { deal: 'd' }, 'stage_missing', '/stage'],
    ['deal.stage_changed', { stage: 'demo' }, 'deal_missing', '/deal'],
    ['deal.won', { person: 'a' }, 'amount_missing', '/amount'],
    ['deal.won', { amount: usd }, 'nobody_credited', '/credits'],
    ['deal.won', { amount: usd, person: 'a', corrects: 'e0' }, 'field_not_here', '/corrects'],
    ['deal.won', { amount: usd, person: 'a', activity: 'call' }, 'field_not_here', '/activity'],
    ['deal.lost', {}, 'deal_missing', '/deal'],
    ['deal.amended', { amount: usd }, 'nothing_named', '/corrects'],
    ['deal.amended', { deal: 'd' }, 'nothing_changed', '/amount'],
    ['deal.amended', { deal: 'd', attributes: {} }, 'nothing_changed', '/amount'],
    ['deal.amended', { deal: 'd', corrects: 'e0', amount: usd }, 'named_twice', '/corrects'],
    ['deal.amended', { deal: 'd', amount: usd, person: 'a' }, 'field_not_here', '/person'],
    ['deal.reassigned', { deal: 'd' }, 'nobody_credited', '/credits'],
    ['deal.reassigned', { deal: 'd', credits: shares }, 'several_people', '/credits'],
    ['deal.reassigned', { deal: 'd', person: 'a', amount: usd }, 'field_not_here', '/amount'],
    ['deal.reassigned', { person: 'a' }, 'nothing_named', '/corrects'],
    ['deal.split', { deal: 'd' }, 'nobody_credited', '/credits'],
    ['deal.split', { deal: 'd', person: 'a' }, 'field_not_here', '/person'],
    [
      'deal.split',
      { deal: 'd', credits: [{ person: 'a', share: '0.9' }] },
      'share_sum',
      '/credits',
    ],
    ['deal.split', { deal: 'd', credits: [] }, 'minItems', '/credits'],
    ['deal.reversed', {}, 'nothing_named', '/reverses'],
    ['deal.reversed', { deal: 'd', reverses: 'e0' }, 'named_twice', '/reverses'],
    ['deal.reversed', { deal: 'd', amount: usd }, 'field_not_here', '/amount'],
    ['payment.received', { person: 'a' }, 'amount_missing', '/amount'],
    ['payment.received', { amount: usd }, 'nobody_credited', '/credits'],
    ['payment.received', { amount: usd, person: 'a', stage: 'x' }, 'field_not_here', '/stage'],
    ['payment.refunded', { amount: usd }, 'payment_missing', '/payment'],
    ['payment.refunded', { payment: 'p' }, 'amount_missing', '/amount'],
    ['activity.logged', { person: 'a' }, 'activity_missing', '/activity'],
    ['activity.logged', { activity: 'call' }, 'nobody_credited', '/credits'],
    [
      'activity.logged',
      { activity: 'call', person: 'a', amount: usd },
      'field_not_here',
      '/amount',
    ],
    ['activity.withdrawn', {}, 'nothing_named', '/withdraws'],
    ['activity.withdrawn', { withdraws: 'e0', deal: 'd' }, 'field_not_here', '/deal'],
    ['kpi.reported', { value: '1', person: 'a' }, 'kpi_missing', '/kpi'],
    ['kpi.reported', { kpi: 'nps', person: 'a' }, 'value_missing', '/value'],
    ['kpi.reported', { kpi: 'nps', value: 'ten', person: 'a' }, 'not_a_decimal', '/value'],
    ['kpi.reported', { kpi: 'nps', value: '1' }, 'nobody_credited', '/credits'],
    ['kpi.reported', { kpi: 'nps', value: '1', person: 'a', deal: 'd' }, 'field_not_here', '/deal'],
  ])('%s %j: %s', (type, sent, code, pointer) => {
    expect(faultOf({ type, ...sent })).toEqual([code, pointer]);
  });
});

describe('a team beside the credits', () => {
  const call = { type: 'activity.logged', activity: 'call', person: 'a' };

  test.each([
    ['by its id', 'team_north', 'team_north'],
    ['by its name in any case', ' north ', 'team_north'],
    ['by its name in the Arabic letters of old keyboards', 'تيم يك', 'team_fa'],
  ])('is found %s', (_how, team, id) => {
    expect(bodyOf({ ...call, team })).toMatchObject({ team: id });
  });

  test('must be one team', () => {
    expect(faultOf({ ...call, team: 'South' })).toEqual(['unknown_team', '/team']);
    expect(faultOf({ ...call, team: 'Twins' })).toEqual(['several_teams', '/team']);
    const fix = { type: 'deal.reassigned', deal: 'd', person: 'a', team: 'North' };
    expect(faultOf(fix)).toEqual(['field_not_here', '/team']);
  });
});

describe('money of another currency', () => {
  const won = (occurredAt: string, currency = 'EUR') => ({
    type: 'deal.won',
    person: 'a',
    occurredAt,
    amount: { amount: '100.05', currency },
  });

  test.each([
    ['2026-11-20T12:00:00Z', '11006', '1.1', '2026-11-01'],
    ['2026-11-01T00:00:00Z', '11006', '1.1', '2026-11-01'],
    ['2026-10-31T23:59:59Z', '10505', '1.05', '2026-01-01'],
  ])('is converted with the rate of the day: %s', (occurredAt, minor, rate, rateDate) => {
    expect(bodyOf(won(occurredAt))['amount']).toEqual({
      minor,
      currency: 'USD',
      sent: { minor: '10005', currency: 'EUR', rate, rateDate },
    });
  });

  test('without a rate is refused with the date that needs one', () => {
    const checked = check(won('2025-12-31T12:00:00Z'));
    expect(checked).toMatchObject({ ok: false, fault: { code: 'no_rate' } });
    expect(checked.ok ? '' : checked.fault.detail).toContain('EUR to USD for 2025-12-31');
    expect(faultOf(won('2026-11-20T12:00:00Z', 'GBP'))).toEqual(['no_rate', '/amount/currency']);
  });

  test('that grows too large is refused', () => {
    const sent = {
      ...won('2026-11-20T12:00:00Z'),
      amount: { amount: '999999999999999', currency: 'EUR' },
    };
    expect(faultOf(sent)).toEqual(['amount_out_of_range', '/amount/amount']);
  });
});

describe('a fact of a closed month', () => {
  const policy = (late: ClosingPolicy['late']): ClosingPolicy => ({
    period: 'month',
    graceDays: 10,
    late,
  });
  const call = { type: 'activity.logged', activity: 'call', person: 'a' };
  const late = { ...call, occurredAt: '2026-10-30T12:00:00Z' };

  test('is taken where nothing is closed', () => {
    expect(bodyOf(late)).not.toHaveProperty('countsAt');
    expect(bodyOf(late, policy('accept'))).not.toHaveProperty('countsAt');
  });

  test('is turned away, or counts now', () => {
    expect(faultOf(late, policy('refuse'))).toEqual(['period_closed', '/occurredAt']);
    expect(bodyOf(late, policy('open_period'))).toMatchObject({ countsAt: NOW });
  });

  test('is one only when its month is over with all grace', () => {
    const closing = { ...policy('refuse'), graceDays: 24 };
    expect(faultOf(late, closing)).toBe('taken');
    expect(faultOf({ ...call, occurredAt: '2026-11-01T00:00:00Z' }, policy('refuse'))).toBe(
      'taken',
    );
    expect(faultOf(call, policy('refuse'))).toBe('taken');
  });

  test('is not made by a correction, which counts where its deal does', () => {
    const fix = { type: 'deal.amended', deal: 'd', amount: usd, occurredAt: late.occurredAt };
    expect(bodyOf(fix, policy('open_period'))).not.toHaveProperty('countsAt');
    expect(faultOf(fix, policy('refuse'))).toEqual(['period_closed', '/occurredAt']);
  });
});

test('whatever is said on whatever type is stored whole or refused with where and why', () => {
  const any: Record<string, fc.Arbitrary<unknown>> = {
    occurredAt: fc.constantFrom('2026-11-20T10:00:00Z', '2025-02-01T00:00:00+03:30', 'soon'),
    deal: fc.constant('d'),
    amount: fc.constantFrom(
      usd,
      { amount: '3', currency: 'EUR' },
      { amount: '-1', currency: 'USD' },
    ),
    person: fc.constant('a'),
    credits: fc.constantFrom(shares, [{ person: 'a', share: '1' }], [{ person: 'a', share: '2' }]),
    stage: fc.constant('demo'),
    team: fc.constantFrom('North', 'Nowhere'),
    corrects: fc.constant('e0'),
    reverses: fc.constant('e0'),
    withdraws: fc.constant('e0'),
    payment: fc.constant('p'),
    reason: fc.constant('because'),
    activity: fc.constant('call'),
    class: fc.constantFrom('sourcing', 'resting'),
    kpi: fc.constantFrom('nps', 'revenue'),
    value: fc.constantFrom('1', '1.234567', 'x'),
    attributes: fc.constantFrom({}, { region: 'x' }, { region: '' }),
  };
  const sent = fc.record(
    { type: fc.constantFrom(...EVENT_TYPES), ...any },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(sent, (event) => {
      const checked = check(event);
      if (!checked.ok) {
        expect(checked.fault.detail).toMatch(/\.$/);
        expect(checked.fault.pointer).toMatch(/^\/[a-zA-Z]+/);
        return;
      }
      const said = Object.keys(event).filter((name) => name !== 'type');
      const may = KINDS[event.type].fields as readonly string[];
      expect(said.filter((name) => name !== 'occurredAt' && !may.includes(name))).toEqual([]);
      expect(JSON.parse(JSON.stringify(checked.value.rest))).toEqual(checked.value.rest);
    }),
    { numRuns: 2_000 },
  );
});
