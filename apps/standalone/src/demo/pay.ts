import type { Calendar, Window } from '@ovation/domain';
import type { Send } from '../demo-settings.ts';

interface Floor {
  readonly now: number;
  readonly calendar: Calendar;
  readonly people: readonly string[];
}

/** More for what is sold past the target, up to a limit; a little for every large customer. */
const RULES = {
  schema: 1,
  currency: 'USD',
  measures: [
    { id: 'sold', sum: 'amount', window: 'month', quota: 'revenue' },
    { id: 'large', sum: 'count', where: { product: ['Enterprise'] } },
  ],
  components: [
    {
      id: 'commission',
      kind: 'tiers',
      measure: 'sold',
      position: 'attainment',
      mode: 'marginal',
      bands: [
        { from: '0', rate: '0.06' },
        { from: '0.8', rate: '0.08' },
        { from: '1', rate: '0.12' },
      ],
    },
    { id: 'enterprise', kind: 'per_event', measure: 'large', amount: '75.00' },
    { id: 'limit', kind: 'cap', scope: 'period', amount: '9000.00', applies_to: ['commission'] },
  ],
};

/** A plan for everybody, two months that are closed with their statements, and one that runs. */
export async function makePay(send: Send, { now, calendar, people }: Floor): Promise<void> {
  const month = calendar.windowOf('month', now);
  const last = calendar.previous(month);
  const first = calendar.previous(last);
  const plan = (await send('POST', '/v1/plans', {
    name: 'Account executives',
    names: { fa: 'کارشناسان فروش' },
    description: 'Commission by attainment, with an accelerator and a limit.',
    descriptions: { fa: 'پورسانت بر پایهٔ درصد تحقق هدف، با ضریب پلکانی و سقف.' },
    from: first.key,
    definition: RULES,
  })) as { id: string };
  await send('POST', `/v1/plans/${plan.id}/versions/1/approve`, {});
  for (const person of people) {
    await send('POST', `/v1/plans/${plan.id}/assignments`, { person, from: first.key });
  }
  await send('PATCH', '/v1/pay/rules', { secondFrom: '5000.00' });
  for (const { key: to } of [first, last]) {
    const copied = { kind: 'copy', metric: 'revenue', period: 'month', start: month.key };
    await send('POST', '/v1/targets/plan', { ...copied, to, percent: '95', apply: true });
  }
  for (const { key } of [first, last, month]) await send('POST', '/v1/pay/periods', { start: key });
  for (const period of [first, last]) await end(send, period);
  await send('POST', `/v1/pay/periods/${month.key}/calculate`, {});
}

async function end(send: Send, { key }: Window): Promise<void> {
  await send('POST', `/v1/pay/periods/${key}/close`, {});
  await send('POST', '/v1/statements', { period: key });
}
