import { currencyExponent, formatScaled } from '@ovation/domain';
import { LimitQuery, PatchPerson, PersonShown, PostPerson } from '@ovation/protocol';
import { readPeople, readPersonEvents, type PersonEventRow, type PersonRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { findCaller, mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { addPerson, changePerson } from '../people.ts';
import { mustBe } from './body.ts';
import { wholeNumber } from './boards.ts';

const EVENTS_MAX = 100;

const PEOPLE = { tags: ['people'], summary: 'Everybody who can be ranked.' };
const ADD_PERSON = {
  schema: {
    tags: ['people'],
    summary: 'Adds a person; id, name and e-mail become their aliases in every source.',
    body: PostPerson,
    response: { 201: PersonShown },
  },
  config: {
    examples: {
      rep: {
        summary: 'A rep with an alias',
        body: { name: 'Darcel Schlecht', email: 'darcel@example.com', aliases: ['crm-user-17'] },
      },
      'both-languages': {
        summary: 'A name in two scripts',
        body: { name: 'Anna Snelling', names: { fa: 'آنا اسنلینگ' } },
      },
    },
  },
};
const CHANGE_PERSON = {
  schema: {
    tags: ['people'],
    summary: 'Changes a person; what happened before a move stays with the old team.',
    body: PatchPerson,
    response: { 200: PersonShown },
  },
  config: {
    examples: { left: { summary: 'Who left counts where they were', body: { active: false } } },
  },
};
const PERSON_EVENTS = {
  tags: ['people'],
  summary: "What made this person's numbers, newest first; for themselves or with people:read.",
  querystring: LimitQuery,
};
type ById = { Params: { id: string } };

export const shownPerson = (person: PersonRow) => {
  const { id, name, names, email, teamId, managerId, startedOn, active } = person;
  const team = teamId === null ? null : { id: teamId };
  const manager = managerId === null ? null : { id: managerId };
  return { id, name, names, email, team, manager, startedOn, active };
};

export function peopleRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get('/v1/people', { schema: PEOPLE }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'people:read');
    return { people: (await readPeople(deps.sql, orgId)).map(shownPerson) };
  });

  app.post('/v1/people', ADD_PERSON, async (request, reply) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
    const input = mustBe(PostPerson, request.body);
    const person = await addPerson(deps, orgId, author, input);
    door.aliases.forget();
    return reply.code(201).send(shownPerson(person));
  });

  app.patch<ById>('/v1/people/:id', CHANGE_PERSON, async (request) => {
    const { orgId, author } = await mayOrEnd(deps.sql, request, 'people:write');
    const input = mustBe(PatchPerson, request.body);
    const person = await changePerson(deps, orgId, author, request.params.id, input);
    door.aliases.forget();
    return shownPerson(person);
  });

  app.get<{ Params: { id: string }; Querystring: { limit?: string } }>(
    '/v1/people/:id/events',
    { schema: PERSON_EVENTS },
    async (request) => {
      const caller = await findCaller(deps.sql, request);
      const own = caller?.personId === request.params.id;
      const { orgId } = own ? caller! : await mayOrEnd(deps.sql, request, 'people:read');
      const limit = Math.min(wholeNumber(request.query.limit, 'limit') ?? 20, EVENTS_MAX);
      const rows = await readPersonEvents(deps.sql, orgId, request.params.id, limit);
      return { events: rows.map((row) => eventOf(row, request.params.id)) };
    },
  );
}

function eventOf(row: PersonEventRow, person: string): object {
  const { amount, credits, attributes, activity, deal } = row.body;
  const exponent = amount ? (currencyExponent(amount.currency) ?? 2) : 0;
  return {
    seq: Number(row.seq),
    id: row.eventId,
    key: `${row.sourceId}/${row.eventId}`,
    type: row.type,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    deal: deal?.slice(deal.indexOf('/') + 1) ?? null,
    account: attributes?.['account'] ?? null,
    amount: amount
      ? {
          amount: formatScaled(BigInt(amount.minor), exponent, exponent),
          currency: amount.currency,
        }
      : null,
    activity: activity ?? null,
    share: credits?.find((credit) => credit.person === person)?.share ?? null,
    counted: row.counted,
  };
}
