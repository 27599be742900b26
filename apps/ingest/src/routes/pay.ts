import {
  PatchPayRules,
  PayEntriesQuery,
  PayMeQuery,
  PostAdjustment,
  PostPayDeal,
  PostPayout,
  PostPayPeriod,
  PostPayReason,
  type PayCalculationAnswer,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { calculatePeriod, noPeriod } from '../pay/calculate.ts';
import { payOfDeal } from '../pay/deal.ts';
import { adjust, entryAnswers } from '../pay/entries.ts';
import type { LivePay } from '../pay/live.ts';
import { payOf, payOfPeople, refusalAnswer } from '../pay/me.ts';
import { readPayNames } from '../pay/names.ts';
import { addPayoutOf, exportPayout, noPayout, payoutAnswers } from '../pay/payouts.ts';
import { closePeriod, openPeriods, periodAnswers, reopenPeriod } from '../pay/periods.ts';
import { recountAnswers } from '../pay/recount.ts';
import { changeRules, rulesAnswer } from '../pay/rules.ts';
import { mustAnswerFor, mustNotBeOwn, payCharge } from '../pay/scope.ts';
import { fault, moneyText } from '../pay/wire.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['pay'], summary });

/** Pay: periods, the ledger, payouts, and everybody's own figures. Screens are never answered. */
export function payRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  ruleRoutes(app, deps);
  periodRoutes(app, deps, live);
  ledgerRoutes(app, deps);
  payoutRoutes(app, deps);
  ownRoutes(app, deps, live);
}

function ruleRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/pay/rules', { schema: about('How an organisation pays.') }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'pay:approve');
    return rulesAnswer(deps, orgId);
  });

  app.patch(
    '/v1/pay/rules',
    { schema: { ...about('Changes how an organisation pays.'), body: PatchPayRules } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'plans:write');
      await changeRules(deps, caller, mustBe(PatchPayRules, request.body));
      return rulesAnswer(deps, caller.orgId);
    },
  );
}

async function mustAnswer(deps: IngestDeps, caller: Caller, id: string) {
  const [period] = await periodAnswers(deps, caller, id);
  if (!period) throw noPeriod();
  return period;
}

function periodRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  app.get(
    '/v1/pay/periods',
    { schema: about('Pay periods, the newest first.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      return { periods: await periodAnswers(deps, caller) };
    },
  );

  app.post(
    '/v1/pay/periods',
    {
      schema: { ...about('Opens periods up to the one that holds a date.'), body: PostPayPeriod },
      config: { examples: { first: { summary: 'Begin', body: { start: '2026-11-01' } } } },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const { start } = mustBe(PostPayPeriod, request.body);
      await openPeriods(deps, caller.orgId, caller.author, start);
      return { periods: await periodAnswers(deps, caller) };
    },
  );

  app.post<ById>(
    '/v1/pay/periods/:id/calculate',
    { schema: about('Counts periods up to this one and posts what the ledger lacks.') },
    async (request): Promise<PayCalculationAnswer> => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const { orgId, author } = caller;
      const { id } = request.params;
      const posted = await calculatePeriod(deps, live.groups, orgId, author, id);
      const period = await mustAnswer(deps, caller, id);
      const names = await readPayNames(deps, orgId);
      const sum = (entries: typeof posted.entries) =>
        moneyText(
          entries.reduce((all, { minor }) => all + minor, 0n),
          period.currency,
        );
      const late = posted.entries.filter(({ origin, posting }) => origin < posting);
      return {
        ...{ period, posted: posted.entries.length, total: sum(posted.entries) },
        late: { entries: late.length, total: sum(late) },
        runHash: posted.runHash,
        refusals: posted.refusals.map((refusal) => refusalAnswer(refusal, names)),
      };
    },
  );
  endRoutes(app, deps, live);
}

/** A period is closed, and opened again. */
function endRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  app.post<ById>(
    '/v1/pay/periods/:id/close',
    { schema: about('Closes a period: it is calculated, settled, and takes nothing any more.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      await closePeriod(deps, live.groups, caller.orgId, caller.author, request.params.id);
      return mustAnswer(deps, caller, request.params.id);
    },
  );

  app.post<ById>(
    '/v1/pay/periods/:id/reopen',
    { schema: { ...about('Opens a closed period again, for a reason.'), body: PostPayReason } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:reopen');
      const { reason } = mustBe(PostPayReason, request.body);
      await reopenPeriod(deps, caller.orgId, caller.author, request.params.id, reason);
      return mustAnswer(deps, caller, request.params.id);
    },
  );
}

function ledgerRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: PayEntriesQuery }>(
    '/v1/pay/entries',
    { schema: { ...about('Movements of the ledger.'), querystring: PayEntriesQuery } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const query = mustBe(PayEntriesQuery, request.query);
      const charge = await payCharge(deps, caller);
      return { entries: await entryAnswers(deps, caller.orgId, charge, query) };
    },
  );

  app.post(
    '/v1/pay/adjustments',
    { schema: { ...about('Adds an entry by hand, with its reason.'), body: PostAdjustment } },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const sent = mustBe(PostAdjustment, request.body);
      mustBeInCharge(await readCharge(deps, caller), sent.person);
      mustNotBeOwn(caller, sent.person);
      return reply.code(201).send(await adjust(deps, caller.orgId, caller.author, sent));
    },
  );

  app.get(
    '/v1/pay/recounts',
    { schema: about('What the nightly recounts found, the newest first.') },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'pay:approve');
      return { recounts: await recountAnswers(deps, orgId) };
    },
  );
}

function payoutRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/pay/payouts', { schema: about('Payouts, the newest first.') }, async (request) => {
    const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
    await mustAnswerFor(deps, caller);
    return { payouts: await payoutAnswers(deps, caller.orgId) };
  });

  app.post(
    '/v1/pay/payouts',
    {
      schema: { ...about('Pays out what is final in a period.'), body: PostPayout },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      await mustAnswerFor(deps, caller);
      const id = await addPayoutOf(deps, caller, mustBe(PostPayout, request.body).period);
      const [payout] = await payoutAnswers(deps, caller.orgId, id);
      return reply.code(201).send(payout);
    },
  );

  app.post<ById>(
    '/v1/pay/payouts/:id/export',
    { schema: about('The file of a payout (CSV); again it is the same to the last byte.') },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      await mustAnswerFor(deps, caller);
      const { id } = request.params;
      if ((await payoutAnswers(deps, caller.orgId, id)).length === 0) throw noPayout();
      const text = await exportPayout(deps, caller.orgId, caller.author, id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="payout-${id}.csv"`)
        .send(text);
    },
  );
}

/** Somebody's own pay, and that of the people they look after. */
function ownRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  const whose = async (caller: Caller, person: string | undefined): Promise<string> => {
    const charge = await payCharge(deps, caller);
    const asked = person ?? caller.personId;
    if (asked === null) throw fault('missing', 'Say which person.', '/person');
    mustBeInCharge(charge, asked);
    return asked;
  };
  app.get<{ Querystring: PayMeQuery }>(
    '/v1/pay/me',
    {
      schema: { ...about('Earned so far, pending, and what comes next.'), querystring: PayMeQuery },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const { person: asked, period } = mustBe(PayMeQuery, request.query);
      const person = await whose(caller, asked);
      return payOf(deps, live, { caller, person, ...(period === undefined ? {} : { period }) });
    },
  );

  app.post(
    '/v1/pay/deal',
    {
      schema: { ...about('What a deal would pay; writes nothing.'), body: PostPayDeal },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const sent = mustBe(PostPayDeal, request.body);
      const person = await whose(caller, sent.person);
      return payOfDeal(deps, live, { orgId: caller.orgId, person }, sent);
    },
  );

  app.get<{ Querystring: PayMeQuery }>(
    '/v1/pay/people',
    { schema: { ...about("Everybody's pay in a period."), querystring: PayMeQuery } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const { period } = mustBe(PayMeQuery, request.query);
      const charge = await payCharge(deps, caller);
      return { people: await payOfPeople(deps, live, caller, charge, period) };
    },
  );
}
