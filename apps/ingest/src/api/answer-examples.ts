import type {
  AttainmentAnswer,
  BoardAnswer,
  BoardRowsAnswer,
  ChangesAnswer,
  FieldAnswer,
  HealthAnswer,
  KeyAnswer,
  MembershipAnswer,
  MetricAnswer,
  PersonAnswer,
  PersonEventAnswer,
  QuarantineAnswer,
  RateAnswer,
  ScreenAnswer,
  SourceAnswer,
  TargetsAnswer,
  TeamAnswer,
  UnmatchedAnswer,
} from '@ovation/protocol';

/** How answers look, by their type; the compiler holds each to it. */

const MONEY = { kind: 'money', currency: 'USD', scale: 2 } as const;
const NOVEMBER = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
const AT = '2026-11-23T06:01:00.000Z';
const DARCEL = { id: 'per_cd6ebgyhm6wedgcx', name: 'Darcel Schlecht' };
const SOURCE = { id: 'src_wzj8qzshgvketdfz', name: 'CRM' };
const WIN = { seq: 812, type: 'deal.won', id: 'crm-7781', occurredAt: AT, recordedAt: AT };

const BOARD_ROWS: BoardRowsAnswer = {
  board: {
    id: 'revenue-month',
    slug: 'revenue-month',
    name: '',
    metric: 'revenue',
    period: 'month',
    ...NOVEMBER,
    currency: 'USD',
    unit: MONEY,
    of: 'people',
    better: 'higher',
    where: [],
    rankedBy: 'value',
    step: '4514.00',
  },
  at: AT,
  known: null,
  seq: 812,
  rows: [
    {
      rank: 1,
      tied: false,
      entity: DARCEL,
      value: '4514.00',
      gap: null,
      gapSteps: null,
      movement: 2,
      target: '12000.00',
      attainment: '37.6',
    },
  ],
  total: '4514.00',
  count: 1,
};

const METRIC: MetricAnswer = {
  id: 'revenue',
  name: '',
  names: {},
  description: '',
  unit: MONEY,
  better: 'higher',
  class: null,
  starter: true,
  retired: false,
  versions: [
    {
      version: 1,
      from: null,
      definition: { kind: 'sum', of: 'amount', events: ['deal.won'] },
      publishedAt: null,
      by: null,
    },
  ],
  rebuild: null,
  used: { boards: [], metrics: [], targets: 12 },
};

const TARGETS: TargetsAnswer = {
  metric: 'revenue',
  period: 'month',
  start: '2026-11-01',
  ...NOVEMBER,
  unit: MONEY,
  targets: [{ scope: 'person', entity: DARCEL.id, value: '12000.00' }],
  rollUp: [{ entity: null, own: '120000.00', people: '118000.00', percent: '98.3' }],
  consequences: [],
};

const ATTAINMENT: AttainmentAnswer = {
  metric: 'revenue',
  period: 'month',
  ...NOVEMBER,
  at: AT,
  unit: MONEY,
  value: '4514.00',
  target: '12000.00',
  percent: '37.6',
  pace: '8571.43',
  days: '-7.1',
  neededPerDay: '1247.67',
  workDaysLeft: '6',
  projection: null,
  consequences: [],
};

const KEY: KeyAnswer = {
  id: 'key_t4y5frrww93w49pj',
  name: 'CRM',
  prefix: 'ovk_1S99',
  scopes: ['events:write'],
  source: SOURCE.id,
  createdAt: AT,
  lastUsedAt: null,
  expiresAt: null,
  revokedAt: null,
  rotatedTo: null,
};

const UNMATCHED: UnmatchedAnswer = {
  subject: 'unm_2vfhvyhdwhx3q8fe',
  alias: 'd.schlecht@example.com',
  source: SOURCE,
  since: AT,
  lastEventAt: AT,
  events: 3,
  revenue: '910.00',
  team: null,
  suggestions: [{ person: DARCEL, because: 'd.schlecht@example.com' }],
};

const QUARANTINED: QuarantineAnswer = {
  id: 'dlv_4kx0m2pyz7fj1s9c',
  source: SOURCE,
  receivedAt: AT,
  fault: { code: 'share_sum', detail: 'The shares must add up to exactly 1.', pointer: '/credits' },
  body: '{"id":"crm-7790","type":"deal.won"}',
  eventId: 'crm-7790',
  settledAt: null,
  outcome: null,
};

const CHANGES: ChangesAnswer = {
  changes: [{ ...WIN, source: SOURCE.id }],
  next: 812,
  cursor: 'WzEsImNoYW5nZXMiLHsiYWZ0ZXIiOjgxMiwidHlwZXMiOiIifV0',
};

const PERSON: PersonAnswer = {
  ...DARCEL,
  names: {},
  email: 'darcel@example.com',
  team: { id: 'team_8m3hx5tb0q9zk2rv' },
  manager: null,
  startedOn: '2024-03-01',
  active: true,
};
const TEAM: TeamAnswer = {
  id: 'team_8m3hx5tb0q9zk2rv',
  name: 'Central',
  names: { fa: 'مرکز' },
  parent: null,
  stripe: 0,
};
const PERSON_EVENT: PersonEventAnswer = {
  ...WIN,
  key: 'src_wzj8qzshgvketdfz/crm-7781',
  deal: 'opp-551',
  account: 'Isdom',
  amount: { amount: '4514.00', currency: 'USD' },
  activity: null,
  share: '0.7',
  counted: true,
};
const BOARD: BoardAnswer = {
  id: 'revenue-month',
  slug: 'revenue-month',
  metric: 'revenue',
  period: 'month',
  of: 'people',
  name: '',
  names: {},
  starter: true,
};
const SENDER: SourceAnswer = {
  ...SOURCE,
  kind: 'key',
  createdAt: AT,
  pausedAt: null,
  lastEventAt: AT,
  events: 4_238,
  quarantined: 0,
  unmatched: 1,
};
const FIELD: FieldAnswer = {
  field: 'attributes.product',
  values: [{ value: 'GTX Pro', events: 1_480 }],
  numeric: false,
};
const MEMBERSHIP: MembershipAnswer = { since: null, team: TEAM.id, manager: null };
const RATE: RateAnswer = { currency: 'EUR', from: '2026-11-01', rate: '1.0874' };
const SCREEN: ScreenAnswer = { id: 'scr_0c5v9w1n7xj3tq8d', name: 'Floor 2', lastSeenAt: AT };
const HEALTH: HealthAnswer = { status: 'ok' };

export const ANSWER_EXAMPLES: Readonly<Record<string, object>> = {
  AttainmentAnswer: ATTAINMENT,
  BoardAnswer: BOARD,
  BoardRowsAnswer: BOARD_ROWS,
  ChangesAnswer: CHANGES,
  FieldAnswer: FIELD,
  HealthAnswer: HEALTH,
  KeyAnswer: KEY,
  MembershipAnswer: MEMBERSHIP,
  MetricAnswer: METRIC,
  PersonAnswer: PERSON,
  PersonEventAnswer: PERSON_EVENT,
  QuarantineAnswer: QUARANTINED,
  RateAnswer: RATE,
  ScreenAnswer: SCREEN,
  SourceAnswer: SENDER,
  TargetsAnswer: TARGETS,
  TeamAnswer: TEAM,
  UnmatchedAnswer: UNMATCHED,
};
