import { newId } from '@ovation/host';
import { PostNote, type NoteAnswer } from '@ovation/protocol';
import {
  eraseNote,
  inOrg,
  readNote,
  readNotes,
  readPerson,
  saveNote,
  type NoteRow,
} from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';

/** Notes of a person that are shown. */
const NOTES_MAX = 200;

const tags = ['notes'];
type ById = { Params: { id: string } };

/**
 * What managers write down about the people of their teams. The log says that there is a note and
 * who wrote it; its text is a row that can be erased.
 */
export function noteRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const mayNote = async (request: FastifyRequest, person: string): Promise<Caller> => {
    const caller = await mayOrEnd(deps.sql, request, 'notes:write');
    mustBeInCharge(await readCharge(deps, caller), person);
    return caller;
  };

  app.get<ById>(
    '/v1/people/:id/notes',
    { schema: { tags, summary: 'Notes about a person, newest first; their managers only.' } },
    async (request) => {
      const caller = await mayNote(request, request.params.id);
      const { orgId } = caller;
      const rows = await inOrg(deps.sql, orgId, (tx) =>
        readNotes(tx, orgId, request.params.id, NOTES_MAX),
      );
      return { notes: rows.map((row) => answerOf(row, caller)) };
    },
  );

  app.post<ById>(
    '/v1/people/:id/notes',
    { schema: { tags, summary: 'Writes a note about a person.', body: PostNote } },
    async (request, reply) => {
      const personId = request.params.id;
      const caller = await mayNote(request, personId);
      const text = mustBe(PostNote, request.body).text.trim();
      const { orgId, author } = caller;
      const id = newId('note');
      const note = await writeSettings(deps, orgId, author, async (tx) => {
        if (!(await readPerson(tx, orgId, personId))) {
          throw new ProblemError('not_found', 'There is no such person.');
        }
        await saveNote(tx, orgId, { id, personId, authorId: author.id, text });
        const event = { type: 'note.changed', subject: personId, now: { note: id } } as const;
        return { value: (await readNote(tx, orgId, id))!, events: [event] };
      });
      return reply.code(201).send(answerOf(note, caller));
    },
  );

  eraseRoute(app, deps);
}

function eraseRoute(app: FastifyInstance, deps: IngestDeps): void {
  app.delete<ById>(
    '/v1/notes/:id',
    { schema: { tags, summary: 'Erases a note: its author may, and an owner.' } },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'notes:write');
      const { orgId, author } = caller;
      await writeSettings(deps, orgId, author, async (tx) => {
        const note = await readNote(tx, orgId, request.params.id);
        if (!note) throw new ProblemError('not_found', 'There is no such note.');
        if (note.authorId !== author.id && caller.role !== 'owner') {
          throw new ProblemError('forbidden', 'A note is erased by whoever wrote it, or an owner.');
        }
        await eraseNote(tx, orgId, note.id);
        const was = { note: note.id };
        const event = { type: 'note.changed', subject: note.personId, now: null, was } as const;
        return { value: undefined, events: [event] };
      });
      return reply.code(204).send();
    },
  );
}

const answerOf = (row: NoteRow, caller: Caller): NoteAnswer => ({
  id: row.id,
  text: row.text,
  at: row.createdAt.toISOString(),
  by: row.author,
  own: row.authorId === caller.author.id,
});
