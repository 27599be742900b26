import { Type } from 'typebox';
import { API_LIMITS, IncomingEvent } from './api.ts';

/** What several calls have in common. Queries arrive as text. */

const WholeNumber = Type.String({ pattern: '^\\d{1,9}$' });
const Instant = Type.String({ maxLength: 40, description: 'RFC 3339 with an offset.' });
const Cursor = Type.String({
  maxLength: 1_000,
  description: 'Where a former answer said that its list goes on.',
});

export const LimitQuery = Type.Object({ limit: Type.Optional(WholeNumber) });

export const PastBoardQuery = Type.Object({
  at: Type.Optional(Instant),
  known: Type.Optional(Instant),
  around: Type.Optional(Type.String({ description: 'A person or team: the rows around them.' })),
  search: Type.Optional(Type.String({ description: 'Part of a name.' })),
  limit: Type.Optional(WholeNumber),
  offset: Type.Optional(WholeNumber),
});

export const ChangesQuery = Type.Object({
  after: Type.Optional(
    Type.String({ pattern: '^\\d{1,15}$', description: 'A `seq`: changes with greater ones.' }),
  ),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(
    Type.String({ pattern: '^\\d{1,9}$', description: 'At most 1000; 200 without it.' }),
  ),
  type: Type.Optional(
    Type.String({
      maxLength: 1_000,
      description: 'Only events of these types, separated by commas: `deal.won,deal.lost`.',
    }),
  ),
});

export const TicketQuery = Type.Object({
  for: Type.Optional(
    Type.Enum(['screen', 'user'], {
      description: 'Whose ticket, where a browser holds both cookies.',
    }),
  ),
});

export const ImportQuery = Type.Object({
  dryRun: Type.Optional(
    Type.String({ description: '`true`: checks everything and stores nothing.' }),
  ),
  mapping: Type.Optional(
    Type.String({ maxLength: 20_000, description: 'JSON that says which column is what.' }),
  ),
});

const Names = Type.Record(Type.String(), Type.String());
const Id = Type.String({ maxLength: API_LIMITS.idLength });

export const PersonShown = Type.Object(
  {
    id: Id,
    name: Type.String(),
    names: Names,
    email: Type.Union([Type.String(), Type.Null()]),
    team: Type.Union([Type.Object({ id: Id }), Type.Null()]),
    manager: Type.Union([Type.Object({ id: Id }), Type.Null()]),
    startedOn: Type.Union([Type.String({ description: 'A date.' }), Type.Null()]),
    active: Type.Boolean(),
  },
  { description: 'The person.' },
);
export const TeamShown = Type.Object(
  { id: Id, name: Type.String(), names: Names, parent: Type.Union([Id, Type.Null()]) },
  { description: 'The team.' },
);

export const TicketAnswer = Type.Object(
  {
    role: Type.String(),
    ticket: Type.String({ description: 'Give it as `auth.ticket` when the socket connects.' }),
    expiresAt: Type.String({ description: 'When it no longer opens a connection.' }),
  },
  { description: 'A sealed ticket for the sockets.' },
);

export const Receipt = Type.Object(
  {
    id: Type.String(),
    seq: Type.Integer({ description: 'Its place in the log.' }),
    duplicate: Type.Boolean({ description: 'It was known already; nothing was stored.' }),
  },
  {
    description: 'What became of an event.',
    examples: [{ id: 'crm-7781', seq: 812, duplicate: false }],
  },
);

const BatchLine = Type.Object({
  status: Type.Integer(),
  id: Type.Optional(Type.String()),
  seq: Type.Optional(Type.Integer()),
  duplicate: Type.Optional(Type.Boolean()),
  problem: Type.Optional(Type.Object({}, { additionalProperties: true })),
});
export const EventAnswer = Type.Union([Receipt, Type.Object({ results: Type.Array(BatchLine) })], {
  description: 'A receipt (of a repeat), or for a batch a result for each event, in order.',
});

/** One event, or a batch of them. */
export const PostEvents = Type.Union([
  IncomingEvent,
  Type.Object({ events: Type.Array(IncomingEvent, { maxItems: API_LIMITS.batchEvents }) }),
]);

export const ScreenMade = Type.Object(
  {
    id: Id,
    name: Type.String(),
    url: Type.Optional(Type.String({ description: 'Opened once on the device, it connects it.' })),
    withheld: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Fields that were in the first answer only, where this repeats it.',
      }),
    ),
  },
  { description: 'The screen.' },
);
