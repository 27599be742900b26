import * as protocol from '@ovation/protocol';
import type ts from 'typescript';
import { TypeSchemas, type Schema } from './type-schemas.ts';

/** What the sockets carry, as an AsyncAPI 3.0 document: made from the types of the event maps. */

const NAMESPACES = {
  live: 'For people at a desk or with a phone, and for machines.',
  screen: 'For walls. Whoever is signed in may look at one too.',
} as const;

const ABOUT = [
  'Socket.IO 4 at `/socket.io/`, WebSocket or polling. A client asks `GET /v1/ticket` (session',
  'or screen) or `POST /v1/tickets` (an API key with boards:read) for a ticket and gives it as',
  '`auth.ticket` when it connects. A ticket opens connections for 60 seconds; what it',
  'opened stays open until the session, screen or key ends. docs/protocol.md has a sample session.',
].join(' ');

/** What a client sends is checked by these; the document shows them instead of their types. */
const CHECKED: Readonly<Record<string, object>> = {
  'board:watch': protocol.WatchRequest,
  painted: protocol.Painted,
  ack: protocol.Acknowledged,
};

/** `board:watch` → `boardWatch`. */
const camel = (event: string): string =>
  event.replace(/:(\w)/g, (_whole, letter: string) => letter.toUpperCase());

export function asyncapi(root: string, version: string): Schema {
  const types = new TypeSchemas(root, '07');
  const messages: Record<string, Schema> = {};
  const operations: Record<string, Schema> = {};
  const carried: string[] = [];

  const message = (key: string, name: string, says: string, payload: Schema): void => {
    messages[key] = { name, title: name, ...(says === '' ? {} : { summary: says }), payload };
    carried.push(key);
  };
  const payloadOf = (event: string, takes: readonly ts.Type[]): Schema => {
    const checked = CHECKED[event];
    if (checked) return JSON.parse(JSON.stringify(checked)) as Schema;
    return takes[0] ? types.schema(takes[0]) : { type: 'null' };
  };
  const operation = (action: 'send' | 'receive', event: string, says: string, reply: boolean) => {
    for (const namespace of Object.keys(NAMESPACES)) {
      const channel = { $ref: `#/channels/${namespace}` };
      const at = (key: string) => [{ $ref: `#/channels/${namespace}/messages/${key}` }];
      const key = action === 'send' ? `${camel(event)}Sent` : camel(event);
      operations[`${namespace}${key[0]!.toUpperCase()}${key.slice(1)}`] = {
        action,
        channel,
        ...(says === '' ? {} : { summary: says }),
        messages: at(key),
        ...(reply ? { reply: { channel, messages: at(`${camel(event)}Answer`) } } : {}),
      };
    }
  };

  for (const { name, says, takes, answer } of types.members('ClientToServer')) {
    message(camel(name), name, says, payloadOf(name, takes));
    if (answer) message(`${camel(name)}Answer`, name, `Answers ${name}.`, types.schema(answer));
    operation('receive', name, says, answer !== undefined);
  }
  for (const { name, says, takes } of types.members('ServerToClient')) {
    message(`${camel(name)}Sent`, name, says, payloadOf(name, takes));
    operation('send', name, says, false);
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Ovation, live', version, description: ABOUT, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      house: {
        host: 'localhost:3000',
        pathname: '/socket.io/',
        protocol: 'wss',
        description: 'The one-process house; `ws` without TLS.',
        security: [{ $ref: '#/components/securitySchemes/ticket' }],
      },
    },
    channels: Object.fromEntries(
      Object.entries(NAMESPACES).map(([name, description]) => [
        name,
        {
          address: `/${name}`,
          title: `Namespace /${name}`,
          description,
          messages: Object.fromEntries(
            carried.map((key) => [key, { $ref: `#/components/messages/${key}` }]),
          ),
        },
      ]),
    ),
    operations,
    components: {
      messages,
      schemas: Object.fromEntries([...types.named].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        ticket: { type: 'apiKey', in: 'user', description: 'The ticket, as `auth.ticket`.' },
      },
    },
  };
}
