import { systemClock } from '@ovation/host';
import { inOrg, saveGroups, saveProjection, type GroupWrite } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../auth.ts';
import { openOffice, type Office, type Send } from '../office.fixture.ts';
import { PaidGroups } from './groups.ts';
import { assignmentAnswers } from './plan-answers.ts';
import { planWhatIf } from './what-if.ts';

let office: Office;
let manager: Send;
let plan = '';
let [ann, ben] = ['', ''];
const NOW = Date.parse('2026-11-16T12:00:00Z');

const rules = (rate: string, mode = 'marginal') => ({
  schema: 1,
  currency: 'USD',
  measures: [{ id: 'sold', sum: 'amount', window: 'month', quota: 'revenue' }],
  components: [
    {
      ...{ id: 'base', kind: 'tiers', measure: 'sold', position: 'attainment', mode },
      bands: [
        { from: '0', rate: '0.1' },
        { from: '1', rate },
      ],
    },
  ],
});
/** A deal as the projector would have kept it. */
const won = (key: string, person: string, minor: bigint, at: string): GroupWrite => ({
  key,
  ...{ status: 'won', stage: null },
  group: {
    facts: [
      {
        ...{ key: `crm/${key}`, seq: 1, type: 'deal.won', at: Date.parse(at), minor },
        credits: [{ person, share: '1' }],
      },
    ],
    ...{ corrections: [], reversals: [] },
  },
});

beforeAll(async () => {
  const clock = { ...systemClock, now: () => NOW };
  office = await openOffice({ clock });
  manager = await office.user('owner');
  const person = async (name: string) =>
    (await manager('POST', '/v1/people', { name })).body.id as string;
  [ann, ben] = [await person('Ann'), await person('Ben')];
  await manager('POST', '/v1/pay/periods', { start: '2026-10-01' });
  await manager('POST', '/v1/pay/periods', { start: '2026-11-01' });
  for (const start of ['2026-10-01', '2026-11-01']) {
    for (const entity of [ann, ben]) {
      const target = { metric: 'revenue', period: 'month', start, scope: 'person', entity };
      await manager('PUT', '/v1/targets', { ...target, value: '1000' });
    }
  }
  // Nobody folds here: what is asked for is there at once.
  const head = { seq: 1_000_000, clock: NOW, stageFreeAt: 0 };
  const deals = [
    won('one', ann, 2_000_00n, '2026-10-05T10:00:00Z'),
    won('two', ben, 500_00n, '2026-10-06T10:00:00Z'),
    won('three', ann, 800_00n, '2026-11-05T10:00:00Z'),
  ];
  await inOrg(office.db.projector, office.orgId, async (tx) => {
    await saveProjection(tx, office.orgId, head, []);
    await saveGroups(tx, office.orgId, deals);
  });
  const body = { name: 'Sales', from: '2026-10-01', definition: rules('0.2') };
  plan = (await manager('POST', '/v1/plans', body)).body.id as string;
  for (const one of [ann, ben]) {
    const assignment = { person: one, from: '2026-10-01', targetIncentive: '5000' };
    await manager('POST', `/v1/plans/${plan}/assignments`, assignment);
  }
});
afterAll(() => office.close());

const whatIf = (body: object) => manager('POST', `/v1/plans/${plan}/what-if`, body);

describe('what if a plan had paid the past', () => {
  it('compares a plan of which nothing was approved with nothing', async () => {
    const { status, body } = await whatIf({ version: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ periods: ['2026-10-01'], now: '0.00', next: '350.00', gain: 2 });
    expect(body.people[0]).toMatchObject({ person: { id: ann }, next: '300.00' });
  });

  it('tells the running period by what is known, and at the pace of now', async () => {
    const { forecast } = (await whatIf({ version: 1 })).body;
    expect(forecast.period).toBe('2026-11-01');
    expect(forecast.soFar).toEqual({ now: '0.00', next: '80.00' });
    // One deal in 16 of 30 days: one more of 800 in the other 14, of which 600 are past the target.
    expect(forecast.atPace.next).toBe('220.00');
  });

  it('says who gains and loses, and where pay jumps, against what is approved', async () => {
    await manager('POST', `/v1/plans/${plan}/versions/1/approve`, {});
    const definition = rules('0.15', 'whole');
    const { body } = await whatIf({ definition, keys: ['2026-10-01'] });
    expect(body).toMatchObject({ now: '350.00', next: '350.00', difference: '0.00', same: 2 });
    expect(body.cliffs).toMatchObject([{ component: 'base', at: '1' }]);
    const less = await whatIf({ definition: rules('0.1'), keys: ['2026-10-01'] });
    expect(less.body).toMatchObject({ lose: 1, same: 1, difference: '-100.00' });
    expect(less.body.totals[1]).toEqual({ percent: 100, now: '200.00', next: '200.00' });
  });

  it('goes by the targets that a draft names, though no approved rules do', async () => {
    const other = { metric: 'deals', period: 'month', scope: 'person', entity: ann };
    await manager('PUT', '/v1/targets', { ...other, start: '2026-10-01', value: '1' });
    const counted = { id: 'wins', sum: 'count', window: 'month', quota: 'deals' };
    const definition = {
      ...{ schema: 1, currency: 'USD', measures: [counted] },
      components: [
        {
          ...{ id: 'bonus', kind: 'milestone', measure: 'wins', position: 'attainment' },
          steps: [{ at: '1', amount: '70' }],
        },
      ],
    };
    const { body } = await whatIf({ definition, keys: ['2026-10-01'] });
    expect(body.people.find((one: { person: { id: string } }) => one.person.id === ann).next).toBe(
      '70.00',
    );
  });

  it('refuses a period that there is not', async () => {
    const { status, body } = await whatIf({ version: 1, keys: ['2025-01-01'] });
    expect([status, body.errors[0].pointer]).toEqual([422, '/keys']);
  });

  it('shows a manager of a team the pay of its people alone', async () => {
    const caller = {
      ...{ orgId: office.orgId, role: 'manager' as const, personId: ann },
      ...{ author: { type: 'user' as const, id: 'usr_1' } },
    } as unknown as Caller;
    const team = (await manager('POST', '/v1/teams', { name: 'North' })).body.id as string;
    await manager('PATCH', `/v1/people/${ann}`, { team });
    const groups = new PaidGroups(office.deps.sql);
    const told = await planWhatIf(office.deps, groups, caller, plan, { keys: ['2026-10-01'] });
    expect(told.people.map(({ person }) => person.id)).toEqual([ann]);
    expect([told.now, told.byPeriod[0]?.now, told.totals[1]?.now]).toEqual([
      '300.00',
      '300.00',
      '100.00',
    ]);
    const assignments = await assignmentAnswers(office.deps, caller, plan);
    expect(assignments).toHaveLength(2);
    for (const { person, targetIncentive } of assignments) {
      expect(targetIncentive).toBe(person.id === ann ? '5000.00' : null);
    }
  });
});
