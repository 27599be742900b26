import type { Metric } from '@ovation/domain';
import {
  ExplainBoardQuery,
  ExplainMetricQuery,
  ExplainTargetQuery,
  type ExplainAnswer,
  type ExplainTargetAnswer,
} from '@ovation/protocol';
import { readSubjectNames } from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { explainFigure, type Figure } from '../explain/answer.ts';
import type { Asked } from '../explain/asked.ts';
import { explainRow, filterOf, readBoard } from '../explain/board.ts';
import { mayAsk, mustSee, onlyOf, type Subject } from '../explain/sight.ts';
import { explainTarget } from '../explain/target.ts';
import { ROWS_FOR_ALL } from '../figures/board-page.ts';
import { boardOf, metricsKnownAt, openBook, type Book } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import { mustBeAnyPeriod } from '../targets/attainment.ts';
import { mustBe } from './body.ts';
import { caughtUp, momentOf } from './boards.ts';

const tags = ['explain'];
/** Everybody together: `*`; pages write `all`, and the organisation has an id of its own too. */
const EVERYBODY: readonly string[] = ['*', 'all'];

const SCOPES: Readonly<Record<string, Asked['of']>> = {
  person: 'people',
  team: 'teams',
  organisation: 'everybody',
};

interface OfBoard {
  Params: { slug: string; entity: string };
}
interface OfMetric {
  Params: { metric: string; scope: string; entity: string };
}

/** Why a number is what it is: definition, window, events with shares, corrections, rates. */
export function explainRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<OfBoard>(
    '/v1/explain/boards/:slug/:entity',
    {
      schema: {
        tags,
        summary: 'How a row of a board, or with `*` its total, is counted and ranked.',
        querystring: ExplainBoardQuery,
      },
    },
    (request) => ofBoard(deps, request, request.params),
  );

  app.get<OfMetric>(
    '/v1/explain/metrics/:metric/:scope/:entity',
    {
      schema: {
        tags,
        summary: 'How a metric of a person, team or (`organisation/*`) everybody is counted.',
        querystring: ExplainMetricQuery,
      },
    },
    async (request): Promise<ExplainAnswer> => {
      const query = mustBe(ExplainMetricQuery, request.query);
      const { asked, figure } = await ofMetric(deps, request, request.params, query);
      return explainFigure(asked, figure);
    },
  );

  app.get<OfMetric>(
    '/v1/explain/targets/:metric/:scope/:entity',
    {
      schema: {
        tags,
        summary: 'How far somebody is with a target, what that is made of, and who set it when.',
        querystring: ExplainTargetQuery,
      },
    },
    async (request): Promise<ExplainTargetAnswer> => {
      const query = mustBe(ExplainTargetQuery, request.query);
      const { asked, figure } = await ofMetric(deps, request, request.params, query);
      return explainTarget(asked, figure);
    },
  );
}

async function ofBoard(
  deps: IngestDeps,
  request: FastifyRequest,
  { slug, entity }: OfBoard['Params'],
): Promise<ExplainAnswer> {
  const query = mustBe(ExplainBoardQuery, request.query);
  const caller = await mayAsk(deps, request);
  const moment = await openMoment(deps, caller, query);
  const found = boardOf(moment.book, slug);
  if (!found) throw new ProblemError('not_found', 'There is no such board.');
  const asked = await readBoard(moment, found.definition);
  if (!asked) throw new ProblemError('not_found', 'Its metric was not there yet at that time.');
  const { definition, board } = asked;
  const of = isEverybody(moment.book, entity) ? 'everybody' : definition.of;
  const subject = await mustBeSubject(moment.book, of, entity);
  const { topN = ROWS_FOR_ALL } = definition;
  const shown = caller.role === 'rep' ? Math.min(ROWS_FOR_ALL, topN) : Infinity;
  const place = board.ranked.findIndex((row) => row.id === subject.entity);
  const mayBeShown = { plain: filterOf(definition) === null, shown: place >= 0 && place < shown };
  mustSee(caller, moment.book, subject, { at: moment.at, ...mayBeShown });
  const ranksByValue = (definition.rankedBy ?? 'value') === 'value';
  if (of !== 'everybody' && place < 0 && !ranksByValue) {
    throw new ProblemError('not_found', 'Nobody of this id is on the board.');
  }
  const filter = filterOf(definition);
  return explainRow({ ...moment, ...subject, filter, onlyOf: onlyOf(caller) }, asked, shown);
}

async function ofMetric(
  deps: IngestDeps,
  request: FastifyRequest,
  { metric: id, scope, entity }: OfMetric['Params'],
  query: ExplainMetricQuery,
): Promise<{ asked: Asked; figure: Figure }> {
  const caller = await mayAsk(deps, request);
  const period = mustBeAnyPeriod(query.period ?? 'month');
  const moment = await openMoment(deps, caller, query);
  const metric = mustBeMetric(moment, id);
  const of = SCOPES[scope];
  const whole = isEverybody(moment.book, entity);
  if (of === undefined || (of === 'everybody') !== whole) {
    const detail = 'Ask for person/{id}, team/{id} or organisation/*.';
    throw new ProblemError('not_found', detail);
  }
  const subject = await mustBeSubject(moment.book, of, entity);
  mustSee(caller, moment.book, subject, { at: moment.at, plain: true, shown: false });
  const window = moment.book.calendar.windowOf(period, moment.at);
  const asked = { ...moment, ...subject, filter: null, onlyOf: onlyOf(caller) };
  return { asked, figure: { metric, period, window } };
}

type OpenMoment = Pick<Asked, 'book' | 'metrics' | 'at' | 'known'>;

/** The moment asked about, held at one number of the log. */
async function openMoment(
  deps: IngestDeps,
  { orgId }: Caller,
  query: { readonly at?: string; readonly known?: string },
): Promise<OpenMoment> {
  const seq = await caughtUp(deps.sql, orgId);
  const book = await openBook(deps.sql, orgId);
  const { at, known } = await momentOf(deps, orgId, query);
  if (known === null) {
    return { book, metrics: book.byId, at, known: { seq, at: Infinity, past: false } };
  }
  const then = { at: known.at, seq: Math.min(known.seq, seq), past: true };
  return { book, metrics: metricsKnownAt(book, known.at), at, known: then };
}

const isEverybody = (book: Book, entity: string): boolean =>
  EVERYBODY.includes(entity) || entity === book.orgId;

/** The person (a stranger too) or the team is there, or the request ends. */
async function mustBeSubject(book: Book, of: Asked['of'], entity: string): Promise<Subject> {
  if (of === 'everybody') return { of, entity: '*' };
  const all = of === 'people' ? book.people : book.teams;
  if (all.some((one) => one.id === entity)) return { of, entity };
  const unmatched = of === 'people' && (await readSubjectNames(book.sql, book.orgId, [entity]));
  if (unmatched && unmatched.has(entity)) return { of, entity };
  throw new ProblemError('not_found', `There is no such ${of === 'people' ? 'person' : 'team'}.`);
}

function mustBeMetric({ metrics }: OpenMoment, id: string): Metric {
  const metric = metrics.get(id);
  if (metric) return metric;
  throw new ProblemError('not_found', 'There is no such metric, or there was none at that time.');
}
