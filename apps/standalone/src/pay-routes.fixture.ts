import type { Action } from '@ovation/domain';
import type { Answer } from './floor.fixture.ts';
import { openCrew, type Crew } from './crew.fixture.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export const PERIOD = '2026-01-01';
const NOW = Date.parse('2026-02-10T12:00:00Z');

/** An organisation in the middle of paying, with an id of every kind. */
export interface PayScene {
  readonly crew: Crew;
  readonly ids: Readonly<Record<string, string>>;
}

const RULES = {
  ...{ schema: 1, currency: 'USD', measures: [{ id: 'sold', sum: 'amount' }] },
  components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
};

/** A closed period with a statement that is questioned, one that was paid, and a hold. */
export async function openPayScene(): Promise<PayScene> {
  const crew = await openCrew({ clock: { now: () => NOW } });
  const good = async (answer: Promise<Answer>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  const owner = (url: string, body: object) => good(crew.as.owner('POST', url, body));
  const plan = await owner('/v1/plans', { name: 'Sellers', from: PERIOD, definition: RULES });
  await owner(`/v1/plans/${plan.id}/versions/1/approve`, {});
  const assign = (person: string) =>
    owner(`/v1/plans/${plan.id}/assignments`, { person, from: PERIOD });
  const assignment = await assign(crew.ids.Ana);
  await assign(crew.ids.Bo);
  await crew.win('Ana', 'a', 20, '5000.00');
  await crew.win('Bo', 'b', 20, '1000.00');
  await owner('/v1/pay/periods', { start: PERIOD });
  await owner(`/v1/pay/periods/${PERIOD}/close`, {});
  const issued = await good(crew.floor.send('POST', '/v1/statements', { period: PERIOD }));
  const of = (name: string): string =>
    issued.statements.find((one: { person: { name: string } }) => one.person.name === name).id;
  await owner(`/v1/statements/${of('Bo')}/approve`, {});
  const payout = await owner('/v1/pay/payouts', { period: PERIOD });
  const asked = { text: 'A deal is missing.' };
  const questioned = await good(crew.as.Ana('POST', `/v1/statements/${of('Ana')}/disputes`, asked));
  const held = await owner('/v1/pay/holds', { person: crew.ids.Ana, reason: 'Checked' });
  const ids = {
    ...{ plan: plan.id, number: '1', assignment: assignment.id, period: PERIOD },
    ...{ payout: payout.id, statement: of('Ana'), dispute: questioned.disputes[0].id },
    ...{ hold: held.id, person: crew.ids.Ana },
  };
  return { crew, ids };
}

/** A call of the API about pay: the right that it needs, and a body that could be meant. */
export interface PayCall {
  readonly needs: Action;
  readonly body?: (ids: PayScene['ids']) => object;
}
const plans: PayCall = { needs: 'plans:write' };
const reads: PayCall = { needs: 'pay:read' };
const approves: PayCall = { needs: 'pay:approve' };
const empty = () => ({});
const reason = () => ({ reason: 'A reason' });

/** Every call about plans, pay and statements. A new one is not forgotten: a test compares. */
export const PAY_CALLS: Readonly<Record<string, PayCall>> = {
  'POST /v1/plans/preview': {
    ...plans,
    body: () => ({ definition: RULES, periods: [], people: [], facts: [] }),
  },
  'GET /v1/plans': plans,
  'POST /v1/plans': { ...plans, body: () => ({ name: 'Another' }) },
  'GET /v1/plans/{id}': plans,
  'PATCH /v1/plans/{id}': { ...plans, body: () => ({ name: 'Renamed' }) },
  'DELETE /v1/plans/{id}': plans,
  'POST /v1/plans/{id}/versions': { ...plans, body: empty },
  'PUT /v1/plans/{id}/versions/{number}': { ...plans, body: () => ({ definition: RULES }) },
  'DELETE /v1/plans/{id}/versions/{number}': plans,
  'POST /v1/plans/{id}/versions/{number}/check': { ...plans, body: empty },
  'GET /v1/plans/{id}/versions/{number}/diff': plans,
  'POST /v1/plans/{id}/versions/{number}/approve': { ...plans, body: empty },
  'GET /v1/plans/{id}/assignments': plans,
  'POST /v1/plans/{id}/assignments': {
    ...plans,
    body: ({ person }) => ({ person, from: '2027-01-01' }),
  },
  'PATCH /v1/plans/{id}/assignments/{assignment}': {
    ...plans,
    body: () => ({ to: '2027-01-01' }),
  },
  'DELETE /v1/plans/{id}/assignments/{assignment}': plans,
  'POST /v1/plans/{id}/what-if': { ...plans, body: empty },
  'GET /v1/pay/rules': approves,
  'PATCH /v1/pay/rules': { ...plans, body: () => ({ secondFrom: '900.00' }) },
  'GET /v1/pay/periods': approves,
  'POST /v1/pay/periods': { ...approves, body: () => ({ start: PERIOD }) },
  'POST /v1/pay/periods/{id}/calculate': { ...approves, body: empty },
  'POST /v1/pay/periods/{id}/close': { ...approves, body: empty },
  'POST /v1/pay/periods/{id}/reopen': { needs: 'pay:reopen', body: reason },
  'GET /v1/pay/entries': reads,
  'POST /v1/pay/adjustments': {
    ...approves,
    body: ({ person }) => ({ person, amount: '5.00', ...reason() }),
  },
  'GET /v1/pay/recounts': approves,
  'GET /v1/pay/payouts': approves,
  'POST /v1/pay/payouts': { ...approves, body: () => ({ period: PERIOD }) },
  'POST /v1/pay/payouts/{id}/export': { ...approves, body: empty },
  'GET /v1/pay/me': reads,
  'POST /v1/pay/deal': { ...reads, body: ({ person }) => ({ person, amount: '100.00' }) },
  'GET /v1/pay/people': approves,
  'GET /v1/pay/disputes': approves,
  'GET /v1/pay/holds': approves,
  'POST /v1/pay/holds': { ...approves, body: ({ person }) => ({ person, ...reason() }) },
  'POST /v1/pay/holds/{id}/release': { ...approves, body: reason },
  'GET /v1/statements': reads,
  'POST /v1/statements': { ...approves, body: () => ({ period: PERIOD }) },
  'GET /v1/statements/{id}': reads,
  'GET /v1/statements/{id}/csv': reads,
  'POST /v1/statements/{id}/approve': { ...approves, body: empty },
  'POST /v1/statements/{id}/disputes': { ...reads, body: () => ({ text: 'Again' }) },
  'POST /v1/statements/{id}/disputes/{dispute}/decision': {
    ...approves,
    body: () => ({ decision: 'declined', answer: 'It is there.' }),
  },
};

const OF_PAY = /^\/v1\/(plans|pay|statements)(\/|$)/;

/** The calls about pay that the description has. */
export function describedCalls({ crew }: PayScene): string[] {
  const { paths } = crew.floor.ingest.app.swagger() as { paths: Record<string, object> };
  return Object.entries(paths)
    .filter(([path]) => OF_PAY.test(path))
    .flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    )
    .sort();
}

/** A call with ids in its address; `of` says whose. */
export function addressed(call: string, ids: PayScene['ids']): { method: Method; url: string } {
  const [method, path] = call.split(' ') as [Method, string];
  const own = ['plans', 'periods', 'payouts', 'holds', 'statements'].find((part) =>
    path.includes(`/${part}/`),
  );
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = name === 'id' ? ids[own!.slice(0, -1)] : ids[name];
    if (id === undefined) throw new Error(`say what {${name}} is in ${path}`);
    return id;
  });
  return { method, url };
}
