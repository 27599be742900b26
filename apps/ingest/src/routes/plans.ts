import { PostPlanPreview, PREVIEW_LIMITS } from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { describeBody } from '../api/check-request.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { previewPlan } from '../incentives/preview.ts';

const NOVEMBER = { id: '2026-11', from: '2026-11-01', to: '2026-12-01' };
const won = (sourceId: string, effectiveOn: string, amount: string) => ({
  source: 'crm',
  sourceId,
  kind: 'booked',
  effectiveOn,
  amount,
  currency: 'USD',
  deal: sourceId,
  credits: [{ person: 'ann', share: '1' }],
});

const ACCELERATOR = {
  plan: {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'arr', sum: 'amount', quota: 'arr_quota' }],
    components: [
      {
        id: 'base',
        kind: 'tiers',
        measure: 'arr',
        position: 'attainment',
        mode: 'marginal',
        bands: [
          { from: '0', rate: '0.06' },
          { from: '1', rate: '0.09' },
        ],
      },
    ],
  },
  people: [{ id: 'ann' }],
  quotas: [{ quota: 'arr_quota', from: '2026-11-01', to: '2026-12-01', amount: '10000.00' }],
  facts: [won('7781', '2026-11-03', '8000.00'), won('7790', '2026-11-12', '4000.00')],
  periods: [NOVEMBER],
};

const DRAW = {
  plan: {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'arr', sum: 'amount' }],
    components: [{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' }],
    draw: { kind: 'recoverable', amount: '1000.00', periods: 1 },
  },
  people: [{ id: 'ann', onPlan: { from: '2026-11-01' } }],
  facts: [won('7781', '2026-11-03', '4000.00'), won('7822', '2026-12-03', '15000.00')],
  periods: [NOVEMBER, { id: '2026-12', from: '2026-12-01', to: '2027-01-01' }],
};

/** Incentive plans: what they would pay. */
export function planRoutes(app: FastifyInstance, { sql }: IngestDeps): void {
  app.post(
    '/v1/plans/preview',
    {
      bodyLimit: PREVIEW_LIMITS.bodyBytes,
      // The route looks at components by their kinds, so that faults point to the right place.
      validatorCompiler: describeBody,
      schema: {
        tags: ['plans'],
        summary: 'What a plan pays for given facts, with its reasons; writes nothing.',
        body: PostPlanPreview,
      },
      config: {
        examples: {
          accelerator: { summary: 'Two deals over a quota', body: ACCELERATOR },
          draw: { summary: 'A draw and its recovery', body: DRAW },
        },
      },
    },
    async (request) => {
      await mayOrEnd(sql, request, 'plans:write');
      return previewPlan(request.body);
    },
  );
}
