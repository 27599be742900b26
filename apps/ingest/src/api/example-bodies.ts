import type { Example } from './document.ts';

const MONTH = { metric: 'revenue', period: 'month' };
const CALLS = { kind: 'count', events: ['activity.logged'] };

/** For routes that have no examples of their own. `{}` is any parameter. */
export const EXAMPLE_BODIES: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  'PATCH /v1/boards/{}': {
    shorter: { summary: 'The first three only', body: { topN: 3 } },
  },
  'PATCH /v1/metrics/{}': {
    described: {
      summary: 'Says what is counted',
      body: { description: 'Demos that were held, whoever asked for them.' },
    },
  },
  'POST /v1/metrics/{}/versions': {
    meetings: {
      summary: 'Meetings count too, from a date on',
      body: {
        from: '2026-10-01',
        definition: { ...CALLS, where: [{ field: 'activity', is: ['demo', 'meeting'] }] },
      },
      status: 201,
    },
  },
  'POST /v1/metrics/{}/retire': {
    retired: { summary: 'No longer in the lists', body: { retired: true } },
  },
  'POST /v1/metrics/preview': {
    calls: {
      summary: 'How many calls there were in 30 days',
      body: {
        unit: 'count',
        definition: { ...CALLS, where: [{ field: 'activity', is: ['call'] }] },
        days: 30,
      },
    },
  },
  'PUT /v1/targets': {
    organisation: {
      summary: 'The whole organisation, this month',
      body: { ...MONTH, scope: 'organisation', entity: null, value: '120000.00' },
    },
    removed: {
      summary: 'No target any more',
      body: { ...MONTH, scope: 'organisation', entity: null, value: null },
    },
  },
  'PUT /v1/targets/bulk': {
    november: {
      summary: 'One month',
      body: {
        ...MONTH,
        start: '2026-11-01',
        targets: [{ scope: 'organisation', entity: null, value: '125000.00' }],
      },
    },
  },
  'POST /v1/targets/plan': {
    copy: {
      summary: 'December as November, and a tenth more',
      body: { kind: 'copy', ...MONTH, start: '2026-11-01', to: '2026-12-01', percent: '110' },
    },
  },
  'POST /v1/targets/import': {
    file: {
      summary: 'What a file would set',
      body: { ...MONTH, csv: 'name,2026-11\nDarcel Schlecht,12000\n', dryRun: true },
    },
  },
  'PUT /v1/consequences': {
    tier: {
      summary: 'What the target brings',
      body: { ...MONTH, atPercent: 100, text: 'Tier 2', texts: { fa: 'پلهٔ ۲' } },
    },
  },
  'PATCH /v1/teams/{}': {
    renamed: { summary: 'Another name', body: { name: 'Central and South' } },
  },
  'PATCH /v1/people/{}/memberships/{}': {
    earlier: { summary: 'It was so from another date on', body: { since: '2026-10-01' } },
  },
  'POST /v1/unmatched/{}/match': {
    'somebody-new': {
      summary: 'A person who is not here yet',
      body: { newPerson: { name: 'Anna Snelling' } },
    },
  },
  'POST /v1/unmatched/{}/place': {
    nowhere: { summary: 'Of no team', body: { team: null }, status: 204 },
  },
  'POST /v1/quarantine/{}/replay': {
    mended: {
      summary: 'With shares that make a whole',
      body: {
        body: JSON.stringify({
          id: 'crm-7790',
          type: 'deal.won',
          amount: { amount: '910.00', currency: 'USD' },
          credits: [{ person: 'darcel@example.com', share: '1' }],
        }),
      },
      status: 201,
    },
  },
  'POST /v1/sessions': {
    owner: {
      summary: 'With e-mail and password',
      body: { email: 'owner@example.com', password: 'correct horse battery' },
    },
  },
  'PUT /v1/rates': {
    euro: {
      summary: 'One euro in dollars, from a date on',
      body: { currency: 'EUR', from: '2026-11-01', rate: '1.0874' },
    },
  },
  'PATCH /v1/organisation': {
    hours: { summary: 'Other working hours', body: { workHours: [480, 1_020] } },
  },
  'POST /v1/sources': { crm: { summary: 'A CRM', body: { name: 'CRM' }, status: 201 } },
  'PATCH /v1/sources/{}': {
    paused: { summary: 'Takes nothing for now', body: { paused: true } },
  },
  'POST /v1/keys': {
    sender: {
      summary: 'May send events and no more',
      body: { name: 'CRM', scopes: ['events:write'] },
      status: 201,
    },
  },
  'POST /v1/keys/{}/rotate': {
    week: { summary: 'The old one works a week more', body: { overlapHours: 168 }, status: 201 },
  },
};
