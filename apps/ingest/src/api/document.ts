import { SCREEN_COOKIE, SESSION_COOKIE } from '@ovation/protocol';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { PROBLEMS, problemDocument, type ProblemName } from '../problem.ts';
import schemas from './answer-schemas.json' with { type: 'json' };
import { ANSWER_EXAMPLES } from './answer-examples.ts';
import { ANSWERS, type Answer } from './answers.ts';
import { TAGS } from './tags.ts';

/** A body as somebody would send it; the tests send it. */
export interface Example {
  readonly summary: string;
  readonly body: unknown;
  /** What it is answered with, unless with the route's first documented success. */
  readonly status?: number;
  /** Unless it is JSON. */
  readonly type?: string;
}
/** Carries the examples of a route through the generator. */
export const EXAMPLES = 'x-examples';
/** Refusals of a route besides those that its shape tells. */
const REFUSALS_TOO = 'x-refusals';

type Json = Record<string, unknown>;
/** What the generator made of one route, as far as it is looked at here. */
interface Operation extends Json {
  tags?: string[];
  summary?: string;
  operationId?: string;
  security?: unknown[];
  parameters?: Json[];
  requestBody?: { content: Record<string, Json>; required?: boolean };
  responses: Record<string, Json>;
}
export interface ApiDocument extends Json {
  readonly paths: Record<string, Record<string, Operation>>;
}

const ABOUT = [
  'The scoreboard of a sales floor: events come in, boards, targets and history come out.',
  'Amounts and every number of a metric are exact decimal texts, instants RFC 3339 with an',
  'offset. Whatever is refused is answered with an RFC 9457 problem document whose `errors`',
  'point at what to fix. Every answer says in `RateLimit` how many requests are left.',
].join(' ');

/** Refusals that can be documented, each with a sentence and an example. */
const REFUSALS = {
  malformed: 'The body or cursor cannot be read.',
  unauthenticated: 'No API key, session or screen, or not a valid one.',
  forbidden: 'The right for this is missing, or another site sent it.',
  not_found: 'There is nothing with this id.',
  conflict: 'The id or key was used for something else, or the same request still runs.',
  gone: 'This link was used.',
  too_large: 'More bytes or items than fit.',
  unsupported: 'The body is of a kind that is not read here, or compressed.',
  refused: 'Understood and not acceptable; `errors` say why.',
  too_fast: 'Too many requests; come back after `Retry-After` seconds.',
  unavailable: 'The database is away or too much is waiting; send it again after `Retry-After`.',
} as const satisfies Partial<Record<ProblemName, string>>;

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem document.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: '`/problems/<name>`; it never changes its meaning.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to fix, in a sentence.' },
    instance: { type: 'string', description: 'Names the request in our logs.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into what was sent.' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

const LIMIT_WORDS = {
  RateLimit: {
    description: 'Requests left (`r`) and seconds until the count begins anew (`t`).',
    schema: { type: 'string', examples: ['"key";r=599988;t=41'] },
  },
  'RateLimit-Policy': {
    description: 'Requests (`q`) in so many seconds (`w`).',
    schema: { type: 'string', examples: ['"key";q=600000;w=60'] },
  },
};
const LIMIT_HEADERS = Object.fromEntries(
  Object.keys(LIMIT_WORDS).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

function refusal(name: keyof typeof REFUSALS): Json {
  const description = REFUSALS[name];
  const faults =
    name === 'refused' ? [{ code: 'missing', detail: '"name" is missing.', pointer: '/name' }] : [];
  const example = problemDocument(name, faults[0]?.detail ?? description, faults, 'req-4');
  const wait = {
    ...(name === 'too_fast' ? LIMIT_HEADERS : {}),
    'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' },
  };
  return {
    description,
    ...(name === 'too_fast' || name === 'unavailable' ? { headers: wait } : {}),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example },
    },
  };
}

/** The frame of the document; the generator fills in what the routes declare. */
export function apiFrame(version: string): FastifyDynamicSwaggerOptions {
  const names = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[];
  return {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ovation', version, description: ABOUT, license: { name: 'MIT' } },
      servers: [{ url: '/', description: 'This server.' }],
      security: [{ key: [] }, { session: [] }, { screen: [] }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        schemas: { Problem: PROBLEM_SCHEMA as never },
        responses: Object.fromEntries(names.map((name) => [name, refusal(name)])) as never,
        headers: LIMIT_WORDS as never,
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key: `ovk_…`.' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          screen: { type: 'apiKey', in: 'cookie', name: SCREEN_COOKIE },
        },
      },
    },
    transformObject: (made) =>
      'openapiObject' in made
        ? (completed(made.openapiObject as never) as never)
        : made.swaggerObject,
  };
}

/** Adds what every route has in common: refusals, an operation id, the words of its answer. */
function completed(document: ApiDocument): ApiDocument {
  const used = new Set<string>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      for (const tag of operation.tags ?? []) used.add(tag);
      operation.operationId ??= operationId(method, path);
      placeExamples(operation);
      tellLimits(path, operation);
      mayLackBody(operation);
      nameAnswer(method, path, operation);
      const open = operation.security?.length === 0;
      const own = (operation[REFUSALS_TOO] ?? []) as (keyof typeof REFUSALS)[];
      delete operation[REFUSALS_TOO];
      for (const name of [...refusalsOf(path, method, operation, open), ...own]) {
        const { status } = PROBLEMS[name];
        operation.responses[status] ??= { $ref: `#/components/responses/${name}` };
      }
    }
  }
  const tags = (document['tags'] as { name: string }[]).filter(({ name }) => used.has(name));
  const components = document['components'] as { schemas: Json };
  Object.assign(components.schemas, referred(document, schemas));
  return { ...document, tags };
}

/** Those of the schemas that something refers to, and what they refer to in turn. */
function referred(document: unknown, all: Json): Json {
  const found: Json = {};
  const look = (value: unknown): void => {
    const text = JSON.stringify(value);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!(name! in all) || name! in found) continue;
      found[name!] = all[name!];
      look(all[name!]);
    }
  };
  look(document);
  return found;
}

/** A route that does not say what it answers has the type that the table names. */
function nameAnswer(method: string, path: string, operation: Operation): void {
  const { responses } = operation;
  const said = Object.values(responses).some((one) => one['description'] !== UNSAID);
  if (said) return;
  delete responses[200];
  const key = `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`;
  const answer = ANSWERS[key];
  if (!answer) {
    responses[method === 'delete' ? 204 : 200] = { description: 'Done.' };
    return;
  }
  const { list, type, status } = answer;
  if (type === null) {
    responses[status] = { description: 'Done.' };
    return;
  }
  const one = { $ref: `#/components/schemas/${type}` };
  const many = { type: 'array', items: one };
  const schema = list ? { type: 'object', required: [list], properties: { [list]: many } } : one;
  const description = list ? `The ${list}.` : 'The answer.';
  responses[status] = { description, content: { [JSON_TYPE]: { schema, ...exampleOf(answer) } } };
}

function exampleOf({ type, list }: Answer): { example?: object } {
  const example = type === null ? undefined : ANSWER_EXAMPLES[type];
  if (!example) return {};
  return { example: list ? { [list]: [example] } : example };
}

/** What is left to the caller is on every answer. */
function tellLimits(path: string, { responses }: Operation): void {
  if (!path.startsWith('/v1/')) return;
  for (const [status, response] of Object.entries(responses)) {
    if (!status.startsWith('2')) continue;
    const said = (response['headers'] ?? {}) as Json;
    response['headers'] = { ...said, ...LIMIT_HEADERS };
  }
}

/** What the generator writes where a route says nothing. */
const UNSAID = 'Default Response';

/** Where everything in a body may be left out, so may the body. */
function mayLackBody({ requestBody }: Operation): void {
  const [media] = Object.values(requestBody?.content ?? {});
  const schema = media?.['schema'] as { type?: string; required?: unknown[] } | undefined;
  if (requestBody && schema?.type === 'object' && !schema.required) requestBody.required = false;
}

/** Examples stand at the kind of body that they are of. */
function placeExamples(operation: Operation): void {
  const examples = operation[EXAMPLES] as Readonly<Record<string, Example>> | undefined;
  delete operation[EXAMPLES];
  const content = operation.requestBody?.content;
  if (!examples || !content) return;
  for (const [name, { summary, body, status, type = JSON_TYPE }] of Object.entries(examples)) {
    const kind = (content[type] ??= { schema: { type: kindOf(body) }, examples: {} });
    const expected = status === undefined ? {} : { 'x-status': status };
    kind['examples'] = {
      ...(kind['examples'] as object),
      [name]: { summary, value: body, ...expected },
    };
  }
}

const JSON_TYPE = 'application/json';

/** Of a form that the schema of the body is not of. */
const kindOf = (body: unknown): string => (Array.isArray(body) ? 'array' : typeof body);

function refusalsOf(
  path: string,
  method: string,
  { requestBody, parameters = [] }: Operation,
  open: boolean,
): (keyof typeof REFUSALS)[] {
  if (!path.startsWith('/v1/')) return [];
  const asks = parameters.some((one) => one['in'] === 'query');
  return [
    ...(requestBody || asks ? (['malformed', 'refused'] as const) : []),
    ...(open && !requestBody ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(path.includes('{') ? (['not_found'] as const) : []),
    ...(method === 'get' ? [] : (['conflict'] as const)),
    ...(requestBody ? (['too_large', 'unsupported'] as const) : []),
    'too_fast',
    'unavailable',
  ];
}

/** `get /v1/people/{id}/events` → `getPeopleByIdEvents`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/v1\//, '')
    .replace(/\{(\w+)\}/g, 'by $1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
