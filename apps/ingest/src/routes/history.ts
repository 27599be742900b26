import { may } from '@ovation/domain';
import { HistoryQuery, LeadSourcesQuery, SpanQuery } from '@ovation/protocol';
import type { SplitBy } from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { csvOf, sendCsv, wantsCsv } from '../history/csv.ts';
import { mustKnowMetric } from '../history/metrics.ts';
import { series, seriesCsv } from '../history/series.ts';
import { spanAsked } from '../history/span.ts';
import { funnel, leadSources, mix, type TableQuery } from '../history/tables.ts';
import { ProblemError } from '../problem.ts';
import { mustBeThere, mustSee } from './attainment.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';

/** The campaign or source field of most CRMs. */
const LEAD_SOURCE = 'lead_source';

const about = (summary: string, querystring: TSchema) => ({
  schema: { tags: ['history'], summary, querystring },
});

/** What was, of the organisation and its teams for everybody, of one person for themselves. */
export function historyRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/history',
    about('A metric by day, week, month, quarter or year.', HistoryQuery),
    async (request, reply) => {
      const caller = await mayRead(deps, request);
      const query = mustBe(HistoryQuery, request.query);
      const subject = mustSee(caller, query);
      mustSeePeople(caller, query.split);
      await caughtUp(deps.sql, caller.orgId);
      const known = await mustKnowMetric(deps, caller.orgId, query.metric ?? 'revenue');
      mustBeThere(known.book, subject);
      const answer = await series({
        known,
        ...subject,
        by: query.by ?? 'month',
        from: query.from,
        to: query.to,
        at: deps.clock.now(),
        split: query.split as SplitBy | undefined,
        compare: query.compare === 'previous',
      });
      if (!wantsCsv(request, query.format)) return answer;
      return sendCsv(reply, `${answer.metric}-by-${answer.by}`, seriesCsv(answer));
    },
  );
  tableRoutes(app, deps);
}

function tableRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/history/mix',
    about('Activities by kind and class.', SpanQuery),
    async (request, reply) => {
      const { table, query } = await tableAsked(deps, request, SpanQuery);
      const answer = await mix(table);
      if (!wantsCsv(request, query.format)) return answer;
      const rows = answer.kinds.map((one) => [one.activity, one.class, one.count]);
      return sendCsv(reply, 'activity-mix', csvOf(['activity', 'class', 'count'], rows));
    },
  );

  app.get(
    '/v1/history/funnel',
    about('Deals that began in the time, by how far they came.', SpanQuery),
    async (request, reply) => {
      const { table, query } = await tableAsked(deps, request, SpanQuery);
      const answer = await funnel(table);
      if (!wantsCsv(request, query.format)) return answer;
      const header = ['stage', 'deals', 'percent of stage before', 'median days'];
      const rows = answer.stages.map((one) => [one.stage, one.deals, one.percent, one.medianDays]);
      return sendCsv(reply, 'funnel', csvOf(header, rows));
    },
  );

  app.get(
    '/v1/history/sources',
    about('What each lead source, campaign or other attribute brought.', LeadSourcesQuery),
    async (request, reply) => {
      const { table, query } = await tableAsked(deps, request, LeadSourcesQuery);
      const answer = await leadSources({ ...table, attribute: query.attribute ?? LEAD_SOURCE });
      if (!wantsCsv(request, query.format)) return answer;
      const names = ['opened', 'won', 'win rate', 'revenue', 'average days to win'];
      const rows = answer.rows.map((one) => [
        ...[one.value, one.opened, one.won, one.winRate, one.revenue, one.averageDays],
      ]);
      const csv = csvOf([answer.attribute, ...names], rows);
      return sendCsv(reply, `by-${answer.attribute}`, csv);
    },
  );
}

async function mayRead(deps: IngestDeps, request: FastifyRequest): Promise<Caller> {
  const caller = await mayOrEnd(deps.sql, request, 'boards:read');
  if (caller.role === 'screen') throw new ProblemError('forbidden', 'A wall reads no history.');
  return caller;
}

async function tableAsked<T extends typeof SpanQuery>(
  deps: IngestDeps,
  request: FastifyRequest,
  schema: T,
): Promise<{ table: TableQuery; query: Static<T> }> {
  const caller = await mayRead(deps, request);
  const query = mustBe(schema, request.query);
  const subject = mustSee(caller, query as SpanQuery);
  await caughtUp(deps.sql, caller.orgId);
  const book = await openBook(deps.sql, caller.orgId);
  mustBeThere(book, subject);
  const at = deps.clock.now();
  const span = spanAsked(book.calendar, query as SpanQuery, at);
  return { table: { ...subject, book, span, at }, query };
}

/** Everybody's figures side by side are for those who may read people. */
function mustSeePeople(caller: Caller, split: string | undefined): void {
  if (split !== 'person' || may(caller, 'people:read')) return;
  throw new ProblemError('forbidden', 'Figures by person need the right "people:read".');
}
