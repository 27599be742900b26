import type { Instant } from '@ovation/domain';
import { LimitQuery, PostAnnouncement, type AnnouncementAnswer } from '@ovation/protocol';
import { readAnnouncements, type AnnouncementRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { announcementOf, peopleMeant, readStanding } from '../announcements/publish.ts';
import { addAnnouncement, endAnnouncement } from '../announcements/write.ts';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { mustBe } from './body.ts';
import { wholeNumber } from './boards.ts';

const LISTED = 50;
const LISTED_MAX = 200;

const tags = ['announcements'];

/** Texts on walls and pages, at once or at a time. */
export function announcementRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: { limit?: string } }>(
    '/v1/announcements',
    { schema: { tags, summary: 'Announcements, the latest first.', querystring: LimitQuery } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'announcements:write');
      const limit = Math.min(wholeNumber(request.query.limit, 'limit') ?? LISTED, LISTED_MAX);
      const rows = await readAnnouncements(deps.sql, orgId, { endAfter: null, limit });
      return { announcements: rows.map((row) => answerOf(row, deps.clock.now())) };
    },
  );

  app.get(
    '/v1/announcements/showing',
    { schema: { tags, summary: 'What is announced to whoever asks, now or within a minute.' } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'boards:read');
      const rows = await readStanding(deps, caller.orgId);
      const meant = await Promise.all(rows.map((row) => isFor(deps, caller, row)));
      const announcements = rows.filter((_, index) => meant[index]).map(announcementOf);
      return { now: deps.clock.now(), announcements };
    },
  );

  app.post(
    '/v1/announcements',
    { schema: { tags, summary: 'Announces something now or later.', body: PostAnnouncement } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'announcements:write');
      const input = mustBe(PostAnnouncement, request.body);
      const row = await addAnnouncement(deps, orgId, author, input);
      return reply.code(201).send(answerOf(row, deps.clock.now()));
    },
  );

  app.delete<{ Params: { id: string } }>(
    '/v1/announcements/:id',
    { schema: { tags, summary: 'Takes an announcement off every screen, or unschedules it.' } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'announcements:write');
      await endAnnouncement(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}

/** Whether it is for a caller: a screen by the screens, anybody else by the people. */
async function isFor(
  deps: IngestDeps,
  { orgId, role, personId, author }: Caller,
  row: AnnouncementRow,
): Promise<boolean> {
  if (role === 'screen') return row.screens === null || row.screens.includes(author.id);
  const people = await peopleMeant(deps, orgId, row);
  return people === null || (personId !== null && people.includes(personId));
}

function answerOf(row: AnnouncementRow, now: Instant): AnnouncementAnswer {
  const { id, text, texts, level, screens, teams, people, by } = row;
  return {
    ...{ id, text, texts, level, screens, teams, people, by },
    state: stateOf(row, now),
    at: row.startsAt.toISOString(),
    until: row.endsAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

function stateOf(row: AnnouncementRow, now: Instant): AnnouncementAnswer['state'] {
  if (row.cancelledAt !== null) return 'cancelled';
  if (row.endsAt.getTime() <= now) return 'past';
  return row.startsAt.getTime() <= now ? 'showing' : 'scheduled';
}
