import { PostKudos, PutKudosCategories, type ColleagueAnswer } from '@ovation/protocol';
import { readPeople } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { giveKudos, kudosAnswer, putKudosCategories, type Giver } from '../feed/kudos.ts';
import { feedEntry } from '../feed/read.ts';
import { mustBeUser } from '../feed/talk.ts';
import { mustBe } from './body.ts';

const about = (summary: string) => ({ tags: ['kudos'], summary });
const THANKS = {
  person: 'per_cd6ebgyhm6wedgcx',
  category: 'teamwork',
  text: 'Thank you for taking over my demo.',
  points: 10,
};
const CATEGORIES = {
  categories: [
    { id: 'teamwork', name: 'Teamwork', names: { fa: 'کار تیمی' }, icon: 'people' },
    { name: 'Patience', names: { fa: 'شکیبایی' }, icon: 'gem' },
  ],
};

/** Thanks in public. */
export function kudosRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/kudos',
    { schema: about('What kudos may be for, and what one may give with them.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      return kudosAnswer(deps, giverOf(caller));
    },
  );

  app.post(
    '/v1/kudos',
    {
      schema: { ...about('Thanks somebody in the feed.'), body: PostKudos },
      config: { examples: { thanks: { summary: 'With points', body: THANKS, status: 201 } } },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      const id = await giveKudos(deps, giverOf(caller), mustBe(PostKudos, request.body));
      return reply.code(201).send(await feedEntry(deps, caller, id));
    },
  );

  app.put(
    '/v1/kudos/categories',
    {
      schema: { ...about('Says what kudos may be for.'), body: PutKudosCategories },
      config: { examples: { two: { summary: 'Two', body: CATEGORIES } } },
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'feed:moderate');
      const input = mustBe(PutKudosCategories, request.body);
      return { categories: await putKudosCategories(deps, orgId, author, input) };
    },
  );

  app.get(
    '/v1/colleagues',
    { schema: about('Whom one may thank or challenge: everybody active.') },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'feed:write');
      const people = (await readPeople(deps.sql, orgId)).filter((one) => one.active);
      return {
        people: people.map(({ id, name, names, teamId: team }): ColleagueAnswer => ({
          ...{ id, name, names, team },
        })),
      };
    },
  );
}

/** Whoever is signed in, with or without a person. */
export const giverOf = (caller: Caller): Giver => ({
  orgId: caller.orgId,
  userId: mustBeUser(caller),
  personId: caller.personId,
});
