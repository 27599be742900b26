import {
  PostDispute,
  PostDisputeDecision,
  PostStatements,
  StatementsQuery,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { csvOf } from '../pay/csv.ts';
import { decideDispute, dispute } from '../pay/disputes.ts';
import type { LivePay } from '../pay/live.ts';
import { statementPaper } from '../pay/paper.ts';
import { payCharge } from '../pay/scope.ts';
import {
  approveStatement,
  issueStatements,
  statementAnswers,
  statementDetail,
} from '../pay/statements.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
interface ByDispute {
  Params: { id: string; dispute: string };
}
const about = (summary: string) => ({ tags: ['statements'], summary });

/** Statements: what somebody is paid for a period, line by line, and the words on it. */
export function statementRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  readRoutes(app, deps, live);
  wordRoutes(app, deps);
  disputeRoutes(app, deps);
}

function readRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  app.get<{ Querystring: StatementsQuery }>(
    '/v1/statements',
    { schema: { ...about('Statements, the newest first.'), querystring: StatementsQuery } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const query = mustBe(StatementsQuery, request.query);
      const charge = await payCharge(deps, caller);
      return { statements: await statementAnswers(deps, caller, charge, query) };
    },
  );

  app.get<ById>(
    '/v1/statements/:id',
    { schema: about('A statement with its lines and how they came about.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const charge = await payCharge(deps, caller);
      const statement = await statementDetail(deps, caller, charge, request.params.id);
      return statementPaper(live, caller.orgId, statement);
    },
  );

  app.get<ById>(
    '/v1/statements/:id/csv',
    { schema: about('The lines of a statement as CSV.') },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const charge = await payCharge(deps, caller);
      const statement = await statementDetail(deps, caller, charge, request.params.id);
      const { person, period, lines, id } = statement;
      const text = csvOf([
        [
          ...['statement', 'person', 'name', 'period', 'origin', 'type', 'plan', 'component'],
          ...['amount', 'currency', 'entry', 'reverses', 'reason'],
        ],
        ...lines.map((line) => [
          ...[id, person.id, person.name, period, line.origin, line.type],
          ...[line.plan?.name ?? '', line.component ?? '', line.amount, line.currency],
          ...[line.id, line.reverses ?? '', line.reason ?? ''],
        ]),
      ]);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="statement-${id}.csv"`)
        .send(text);
    },
  );
}

function wordRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post(
    '/v1/statements',
    { schema: { ...about('Issues statements of a closed period.'), body: PostStatements } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const sent = mustBe(PostStatements, request.body);
      const charge = await payCharge(deps, caller);
      await issueStatements(deps, caller.orgId, caller.author, charge, sent);
      const { period } = sent;
      return { statements: await statementAnswers(deps, caller, charge, { period }) };
    },
  );

  app.post<ById>(
    '/v1/statements/:id/approve',
    { schema: about('A word on a statement, of another person than who issued it.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      const { id } = request.params;
      await approveStatement(deps, caller, charge, id);
      return statementDetail(deps, caller, charge, id);
    },
  );
}

function disputeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post<ById>(
    '/v1/statements/:id/disputes',
    { schema: { ...about('Questions a line, or that one is missing.'), body: PostDispute } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:read');
      const charge = await payCharge(deps, caller);
      const { id } = request.params;
      const sent = mustBe(PostDispute, request.body);
      await dispute(deps, caller.orgId, caller.author, charge, id, sent);
      return statementDetail(deps, caller, charge, id);
    },
  );

  app.post<ByDispute>(
    '/v1/statements/:id/disputes/:dispute/decision',
    { schema: { ...about('Decides a dispute.'), body: PostDisputeDecision } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      const { id: statement, dispute: id } = request.params;
      const sent = mustBe(PostDisputeDecision, request.body);
      await decideDispute(deps, caller, charge, { statement, id }, sent);
      return statementDetail(deps, caller, charge, statement);
    },
  );
}
