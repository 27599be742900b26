// What the door is measured against, in a process of its own like the house: the same framework and
// the same schema, once without storing anything and once with an insert for each request.
import { startPostgres } from '@ovation/embedded';
import { IncomingEvent } from '@ovation/protocol';
import { connect } from '@ovation/store';
import Fastify from 'fastify';
import { Compile } from 'typebox/compile';
import { temporaryFolder } from './lib/house.mjs';

/** As many as the house has for everything but its lanes. */
const CONNECTIONS = 8;

const shape = Compile(IncomingEvent);
const { folder, remove } = await temporaryFolder();
const postgres = await startPostgres({ folder });
const sql = connect(postgres.url, { role: 'owner', max: CONNECTIONS, name: 'yardstick' });
await sql`
  create table event (
    org_id text not null, seq bigint generated always as identity, source_id text not null,
    event_id text not null, type text not null, occurred_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(), body jsonb not null,
    primary key (org_id, seq), unique (org_id, source_id, event_id))`;

const app = Fastify();
const mustFit = (body) => {
  if (!shape.Check(body)) throw Object.assign(new Error('not an event'), { statusCode: 422 });
};
app.post('/bare', async (request, reply) => {
  mustFit(request.body);
  return reply.code(201).send({ id: request.body.id, seq: 1, duplicate: false });
});
app.post('/insert', async (request, reply) => {
  mustFit(request.body);
  const { id, type, occurredAt, ...body } = request.body;
  const [row] = await sql`
    insert into event (org_id, source_id, event_id, type, occurred_at, body)
    values ('org', 'src', ${id}, ${type}, ${occurredAt}, ${sql.json(body)})
    on conflict (org_id, source_id, event_id) do nothing
    returning seq`;
  return reply.code(201).send({ id, seq: Number(row?.seq ?? 0), duplicate: row === undefined });
});
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));

process.once('SIGTERM', async () => {
  await app.close();
  await sql.end({ timeout: 1 });
  await postgres.stop();
  await remove();
});
