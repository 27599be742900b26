import { currencyExponent, parseRate, refuse } from '@ovation/domain';
import { PutRate, RateQuery, type RateAnswer } from '@ovation/protocol';
import { inOrg, readRates, saveRate, type RateRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { isDate } from '../organisation.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { mustBe } from './body.ts';

/** Dated exchange rates, by which amounts of other currencies come in. */
export function rateRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  const save = async (orgId: string, author: Author, rate: RateChange) => {
    const was = await setRate(deps, orgId, author, rate);
    door.rules.forget(orgId);
    return was;
  };

  app.get(
    '/v1/rates',
    { schema: { tags: ['rates'], summary: 'Exchange rates by currency, newest first.' } },
    async (request): Promise<{ rates: RateAnswer[] }> => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'settings:write');
      return { rates: await inOrg(deps.sql, orgId, (tx) => readRates(tx, orgId)) };
    },
  );

  app.put(
    '/v1/rates',
    {
      schema: {
        tags: ['rates'],
        summary: 'Sets what one unit of a currency is worth from a date on.',
        body: PutRate,
      },
    },
    async (request): Promise<RateAnswer> => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'settings:write');
      const rate = mustBe(PutRate, request.body);
      const { currency } = await door.settingsOf(orgId);
      mustMakeSense(rate, currency);
      await save(orgId, author, rate);
      return rate;
    },
  );

  app.delete(
    '/v1/rates',
    {
      schema: {
        tags: ['rates'],
        summary: 'Takes away the rate of a currency that begins on a date.',
        querystring: RateQuery,
      },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'settings:write');
      const rate = mustBe(RateQuery, request.query);
      mustBeDate(rate.from);
      const was = await save(orgId, author, { ...rate, rate: null });
      if (was === null) throw new ProblemError('not_found', 'There is no rate from this date.');
      return reply.code(204).send();
    },
  );
}

function mustMakeSense({ currency, from, rate }: PutRate, own: string): void {
  if (currencyExponent(currency) === undefined) {
    orRefuse(refuse('unknown_currency', 'This is no ISO 4217 currency code.', '/currency'));
  }
  if (currency === own) {
    const detail = `The organisation counts in ${own} itself: it needs no rate.`;
    orRefuse(refuse('own_currency', detail, '/currency'));
  }
  mustBeDate(from);
  orRefuse(parseRate(rate), '/rate');
}

function mustBeDate(from: string): void {
  if (!isDate(from)) orRefuse(refuse('bad_date', 'There is no such date.', '/from'));
}

type RateChange = Omit<RateRow, 'rate'> & { readonly rate: string | null };

/** Rates count for what comes in from now on: what is in the log keeps the rate it came with. */
function setRate(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  change: RateChange,
): Promise<string | null> {
  return writeSettings(deps, orgId, author, async (tx) => {
    const value = await saveRate(tx, orgId, change);
    const { currency, from, rate } = change;
    if (value === rate) return { value, events: [] };
    const of = (one: string | null) => (one === null ? null : { from, rate: one });
    const event = { type: 'rate.set', subject: currency, now: of(rate), was: of(value) } as const;
    return { value, events: [event] };
  });
}
