import { setImmediate } from 'node:timers/promises';
import { currencyExponent, formatScaled } from '@ovation/domain';
import { PageQuery, PostMatch, PostPlace, type UnmatchedAnswer } from '@ovation/protocol';
import {
  countStrangers,
  inOrg,
  readPeople,
  readStrangers,
  type PersonRow,
  type StrangerCount,
  type StrangerRow,
} from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { Suggester } from '../similar.ts';
import { dismissStranger, matchStranger, placeStranger, undoStranger } from '../strangers.ts';
import { mustBe, queryOf } from './body.ts';

const LISTED = 100;
/** People made ready for comparison at once, in some milliseconds. */
const STEP = 1_000;

interface BySubject {
  Params: { subject: string };
}

const tags = ['unmatched'];
const LIST = {
  tags,
  summary: 'Who waits to be matched, newest first, with who they might be.',
  querystring: PageQuery,
};
const MATCH = {
  tags,
  summary: 'Says who it is: all they did and will do is credited to that person.',
  body: PostMatch,
};
const UNDO = { tags, summary: 'Takes a match or a dismissal back, for everything under it.' };
const PLACE = {
  tags,
  summary: 'Counts what they do for a team while nobody knows who they are.',
  body: PostPlace,
};
const DISMISS = { tags, summary: 'Takes them out of the inbox without a match.' };

/** Whom events name and nobody is called yet. */
export function unmatchedRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  const at = (verb: string): string => `/v1/unmatched/:subject/${verb}`;
  const deed = async (request: FastifyRequest<BySubject>) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
    return { deps, orgId, author, subject: request.params.subject };
  };

  app.get('/v1/unmatched', { schema: LIST }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'people:write');
    const { after = null, limit = LISTED } = queryOf(PageQuery, request.query);
    const { currency } = await door.settingsOf(orgId);
    return list(deps, orgId, currency, { after, limit });
  });

  app.post<BySubject>(at('match'), { schema: MATCH }, async (request) => {
    const answer = await matchStranger(await deed(request), mustBe(PostMatch, request.body));
    door.aliases.forget();
    return { subject: request.params.subject, ...answer };
  });

  app.post<BySubject>(at('undo'), { schema: UNDO }, async (request, reply) => {
    await undoStranger(await deed(request));
    return reply.code(204).send();
  });

  app.post<BySubject>(at('place'), { schema: PLACE }, async (request, reply) => {
    await placeStranger(await deed(request), mustBe(PostPlace, request.body).team);
    return reply.code(204).send();
  });

  app.post<BySubject>(at('dismiss'), { schema: DISMISS }, async (request, reply) => {
    await dismissStranger(await deed(request));
    return reply.code(204).send();
  });
}

async function list(
  deps: IngestDeps,
  orgId: string,
  currency: string,
  page: { after: string | null; limit: number },
): Promise<{ subjects: UnmatchedAnswer[]; next: string | null }> {
  const { rows, counts } = await inOrg(deps.sql, orgId, async (tx) => {
    const strangers = await readStrangers(tx, orgId, page);
    const counted = await countStrangers(
      tx,
      orgId,
      strangers.map((row) => row.subject),
    );
    return { rows: strangers, counts: new Map(counted.map((one) => [one.subject, one])) };
  });
  const people = rows.length === 0 ? [] : await readPeople(deps.sql, orgId);
  const suggester = await suggesterOf(people);
  const byId = new Map(people.map((person) => [person.id, person]));
  const subjects: UnmatchedAnswer[] = [];
  for (const row of rows) {
    const suggestions = suggester.suggest(row.alias).map(({ id, because }) => {
      const { name, names } = byId.get(id)!;
      return { person: { id, name, names }, because };
    });
    subjects.push({ ...shown(row, counts.get(row.subject), currency), suggestions });
    await setImmediate();
  }
  return { subjects, next: rows.length === page.limit ? rows.at(-1)!.subject : null };
}

/** In small steps: events that come in meanwhile must not wait for all of it. */
async function suggesterOf(people: readonly PersonRow[]): Promise<Suggester> {
  const suggester = new Suggester();
  for (let start = 0; start < people.length; start += STEP) {
    const step = people.slice(start, start + STEP);
    suggester.add(step.map((one) => ({ id: one.id, words: wordsOf(one) })));
    await setImmediate();
  }
  return suggester;
}

const wordsOf = ({ name, names, email }: PersonRow): string[] => [
  ...new Set([name, ...Object.values(names), ...(email === null ? [] : [email])]),
];

function shown(row: StrangerRow, count: StrangerCount | undefined, currency: string) {
  const places = currencyExponent(currency) ?? 2;
  return {
    subject: row.subject,
    alias: row.alias,
    source: { id: row.sourceId, name: row.sourceName ?? row.sourceId },
    since: row.since.toISOString(),
    lastEventAt: count?.lastAt.toISOString() ?? null,
    events: count?.events ?? 0,
    revenue: formatScaled(count?.revenue ?? 0n, places, places),
    team: row.teamId,
  };
}
