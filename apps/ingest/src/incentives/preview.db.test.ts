import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Office, type Send } from '../office.fixture.ts';

let office: Office;
let manager: Send;
beforeAll(async () => {
  office = await openOffice();
  manager = await office.user('manager');
});
afterAll(() => office.close());

const tiers = {
  id: 'base',
  kind: 'tiers',
  measure: 'arr',
  position: 'attainment',
  mode: 'marginal',
  bands: [
    { from: '0', rate: '0.06' },
    { from: '1', rate: '0.09' },
  ],
};
const plan = {
  schema: 1,
  currency: 'USD',
  measures: [{ id: 'arr', sum: 'amount' }],
  components: [tiers] as unknown[],
};
const won = (sourceId: string, amount: string, effectiveOn = '2026-11-03') => ({
  source: 'crm',
  sourceId,
  kind: 'booked',
  effectiveOn,
  amount,
  currency: 'USD',
  deal: sourceId,
  credits: [{ person: 'ann', share: '1' }],
});
const body = {
  plan,
  people: [{ id: 'ann' }],
  quotas: [{ quota: 'arr', from: '2026-11-01', to: '2026-12-01', amount: '10000' }],
  facts: [won('a', '8000.00'), won('b', '4000.01', '2026-11-12')],
  periods: [{ id: '2026-11', from: '2026-11-01', to: '2026-12-01' }],
};
const preview = (change: object = {}, send = manager) =>
  send('POST', '/v1/plans/preview', { ...body, ...change });

describe('a preview of a plan', () => {
  it('says what is paid, line by line, and why', async () => {
    const { status, body: answer } = await preview();
    expect(status).toBe(200);
    const [ann] = answer.people;
    const [november] = ann.periods;
    expect(november).toMatchObject({ earned: '780.00', payout: '780.00', held: '0.00' });
    const [base] = november.components;
    expect(base).toMatchObject({ component: 'base', total: '780.00' });
    expect(base.trace).toMatchObject({
      mode: 'marginal',
      exact: '780.0009',
      measure: { before: '0', after: '12000.01', quota: '10000' },
    });
    expect(base.lines.map((line: { amount: string }) => line.amount)).toEqual(['480.00', '300.00']);
    expect(base.lines[1].slices).toEqual([
      { from: '8000', to: '10000', amount: '2000', rate: '0.06', pays: '120' },
      { from: '10000', to: '12000.01', amount: '2000.01', rate: '0.09', pays: '180.0009' },
    ]);
    expect(ann.credits).toHaveLength(2);
  });

  it('writes nothing', async () => {
    const before = await office.log();
    await preview();
    expect(await office.log()).toEqual(before);
  });

  it('advances a draw and takes it back', async () => {
    const december = { id: '2026-12', from: '2026-12-01', to: '2027-01-01' };
    const { body: answer } = await preview({
      plan: {
        ...plan,
        components: [{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' }],
        draw: { kind: 'recoverable', amount: '1000.00', periods: 1 },
      },
      people: [{ id: 'ann', onPlan: { from: '2026-11-01' } }],
      facts: [won('a', '4000.00'), won('b', '15000.00', '2026-12-03')],
      periods: [...body.periods, december],
    });
    const [first, second] = answer.people[0].periods;
    expect(first).toMatchObject({
      payout: '1000.00',
      settlement: { earned: '400.00', drawAdvanced: '600.00', drawOwed: '600.00' },
    });
    expect(second).toMatchObject({
      payout: '900.00',
      settlement: { earned: '1500.00', drawRecovered: '600.00', drawOwed: '0.00' },
    });
  });

  it.each<[string, object, string, RegExp]>([
    [
      'a component of no kind',
      { plan: { ...plan, components: [{ id: 'x', kind: 'bonus' }] } },
      '/plan/components/0/kind',
      /Must be one of "flat"/,
    ],
    [
      'a mode that is missing',
      { plan: { ...plan, components: [{ ...tiers, mode: undefined }] } },
      '/plan/components/0/mode',
      /"mode" is missing/,
    ],
    [
      'bands that fall',
      {
        plan: {
          ...plan,
          components: [{ ...tiers, bands: [...tiers.bands, { from: '0.5', rate: '0.1' }] }],
        },
      },
      '/plan/components/0/bands/2/from',
      /Bands rise/,
    ],
    [
      'a measure that is not there',
      { plan: { ...plan, components: [{ ...tiers, measure: 'nps' }] } },
      '/plan/components/0/measure',
      /no measure "nps"/,
    ],
    [
      'a rate that is missing',
      { facts: [{ ...won('a', '10'), currency: 'EUR' }] },
      '/rates',
      /from EUR to USD on 2026-11-03/,
    ],
    [
      'a quota of nothing',
      { quotas: [{ ...body.quotas[0], amount: '0' }] },
      '/quotas/0/amount',
      /more than zero/,
    ],
    [
      'a day that is none',
      { facts: [won('a', '1', '2026-02-30')] },
      '/facts/0/effectiveOn',
      /date/,
    ],
    [
      'more periods than a preview has',
      { periods: Array.from({ length: 25 }, () => body.periods[0]) },
      '/periods',
      /at most 24 periods; here are 25/,
    ],
    [
      'more work than a preview takes',
      {
        plan: { ...plan, components: Array.from({ length: 100 }, () => tiers) },
        people: Array.from({ length: 1_000 }, (_, n) => ({ id: `p${n}` })),
        periods: Array.from({ length: 24 }, () => body.periods[0]),
      },
      '',
      /at most 1000000 steps/,
    ],
  ])('refuses %s and says where', async (_, change, pointer, detail) => {
    const answer = await preview(change);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]).toMatchObject({ pointer });
    expect(answer.body.errors[0].detail).toMatch(detail);
  });

  it('tells of cliffs', async () => {
    const cliff = { ...tiers, mode: 'whole', position: 'amount' };
    const bands = [tiers.bands[0], { from: '10000', rate: '0.09' }];
    const { body: answer } = await preview({
      plan: { ...plan, components: [{ ...cliff, bands }] },
    });
    expect(answer.warnings).toEqual([
      expect.objectContaining({ code: 'cliff', pointer: '/plan/components/0/bands/1' }),
    ]);
    expect(answer.warnings[0].values).toMatchObject({ jump: '300' });
  });

  it('is for who may write plans', async () => {
    expect((await preview({}, await office.user('rep'))).status).toBe(403);
    expect((await preview({}, await office.user('owner'))).status).toBe(200);
    const { send } = await office.machine(['plans:write']);
    expect((await preview({}, send)).status).toBe(200);
    const other = await office.machine(['targets:write']);
    expect((await preview({}, other.send)).status).toBe(403);
  });

  it('takes 20,000 facts at once', async () => {
    const facts = Array.from({ length: 20_000 }, (_, n) => won(`d${n}`, '10.00'));
    const answer = await preview({ facts, trace: false });
    expect(answer.status).toBe(200);
    expect(answer.body.people[0].periods[0].earned).toBe('17700.00');
  });
});
