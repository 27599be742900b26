/** Checks a document against the rules of OpenAPI 3.1 that a generator can break. */

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const OF_OPERATION = [
  'tags',
  'summary',
  'description',
  'externalDocs',
  'operationId',
  'parameters',
  'requestBody',
  'responses',
  'callbacks',
  'deprecated',
  'security',
  'servers',
];
const OF_PARAMETER = [
  'name',
  'in',
  'description',
  'required',
  'deprecated',
  'style',
  'explode',
  'schema',
  'example',
  'examples',
  'content',
];
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** What is wrong, each with where; empty when nothing is. */
export function openapiFaults(document: Json): string[] {
  const faults: string[] = [];
  const fault = (at: string, text: string) => void faults.push(`${at}: ${text}`);
  if (!/^3\.1\.\d+$/.test(String(document['openapi']))) fault('/openapi', 'is not 3.1');
  for (const key of ['title', 'version']) {
    if (typeof (document['info'] as Json)[key] !== 'string') fault(`/info/${key}`, 'is missing');
  }
  const components = document['components'] as Json;
  for (const [kind, entries] of Object.entries(components)) {
    for (const name of Object.keys(entries as Json)) {
      if (!/^[\w.-]+$/.test(name)) fault(`/components/${kind}`, `bad name ${name}`);
    }
  }
  const ids = new Set<string>();
  const shapes = new Set<string>();
  for (const [path, item] of Object.entries(document['paths'] as Json)) {
    if (!path.startsWith('/')) fault(path, 'does not begin with a slash');
    const shape = path.replace(/\{\w+\}/g, '{}');
    if (shapes.has(shape)) fault(path, 'stands twice, with other names of its parameters');
    shapes.add(shape);
    for (const [method, operation] of Object.entries(item as Json)) {
      const at = `${method} ${path}`;
      if (!METHODS.includes(method)) fault(at, 'is no method');
      operationFaults(at, path, operation as Json, components, fault);
      const id = String((operation as Json)['operationId']);
      if (ids.has(id)) fault(at, `operationId ${id} is taken`);
      ids.add(id);
    }
  }
  for (const [name, schema] of Object.entries(components['schemas'] as Json)) {
    schemaFaults(`/components/schemas/${name}`, schema, fault);
  }
  referenceFaults('', document, document, fault);
  return faults;
}

type Report = (at: string, text: string) => void;

function operationFaults(
  at: string,
  path: string,
  operation: Json,
  components: Json,
  fault: Report,
): void {
  strangeKeys(at, operation, OF_OPERATION, fault);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parameters = (operation['parameters'] ?? []) as Json[];
  const seen = new Set<string>();
  for (const one of parameters) {
    const where = `${at} ${String(one['in'])}:${String(one['name'])}`;
    strangeKeys(where, one, OF_PARAMETER, fault);
    if (!['query', 'header', 'path', 'cookie'].includes(String(one['in']))) fault(where, 'in');
    if (seen.has(where)) fault(where, 'stands twice');
    seen.add(where);
    if (!('schema' in one) && !('content' in one)) fault(where, 'has no schema');
    if (one['in'] === 'path' && one['required'] !== true) fault(where, 'must be required');
    if (one['in'] === 'path' && !inPath.includes(String(one['name']))) fault(where, 'not in path');
    schemaFaults(where, one['schema'] ?? {}, fault);
  }
  for (const name of inPath) {
    if (!seen.has(`${at} path:${name}`)) fault(at, `parameter ${name} is not described`);
  }
  if (operation['requestBody'] !== undefined) {
    contentFaults(`${at} body`, operation['requestBody'] as Json, fault);
    if (!isObject((operation['requestBody'] as Json)['content'])) fault(at, 'body has no content');
  }
  const responses = Object.entries(operation['responses'] as Json);
  if (responses.length === 0) fault(at, 'has no responses');
  for (const [status, response] of responses) {
    if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status)) fault(at, `status ${status}`);
    const given = response as Json;
    if ('$ref' in given) continue;
    if (typeof given['description'] !== 'string') fault(`${at} ${status}`, 'has no description');
    contentFaults(`${at} ${status}`, given, fault);
  }
  for (const requirement of (operation['security'] ?? []) as Json[]) {
    for (const name of Object.keys(requirement)) {
      if (!(name in (components['securitySchemes'] as Json))) fault(at, `security ${name}`);
    }
  }
}

function contentFaults(at: string, holder: Json, fault: Report): void {
  for (const [type, media] of Object.entries((holder['content'] ?? {}) as Json)) {
    const where = `${at} ${type}`;
    if (!/^[\w*]+\/[\w.+*-]+$/.test(type)) fault(where, 'is no media type');
    strangeKeys(where, media as Json, ['schema', 'example', 'examples', 'encoding'], fault);
    const { example, examples } = media as Json;
    if (example !== undefined && examples !== undefined) fault(where, 'example and examples');
    if (examples !== undefined && !isObject(examples)) fault(where, 'examples is no map');
    schemaFaults(where, (media as Json)['schema'] ?? {}, fault);
  }
}

/** JSON Schema 2020-12, as far as a type builder can get it wrong. */
function schemaFaults(at: string, schema: unknown, fault: Report): void {
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) return fault(at, 'a schema is an object or a boolean');
  const types = [schema['type'] ?? []].flat();
  for (const type of types) if (!TYPES.includes(String(type))) fault(at, `type ${String(type)}`);
  const { required, properties, items, nullable } = schema;
  const additional = schema['additionalProperties'];
  if (nullable !== undefined) fault(at, 'nullable is of OpenAPI 3.0');
  if (required !== undefined && !Array.isArray(required)) fault(at, 'required is no list');
  if (schema['enum'] !== undefined && !Array.isArray(schema['enum'])) fault(at, 'enum is no list');
  if (schema['pattern'] !== undefined) new RegExp(String(schema['pattern']), 'u');
  for (const [name, inner] of Object.entries((properties ?? {}) as Json)) {
    schemaFaults(`${at}/${name}`, inner, fault);
  }
  if (items !== undefined) schemaFaults(`${at}/items`, items, fault);
  if (additional !== undefined) schemaFaults(`${at}/additionalProperties`, additional, fault);
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    const inner = schema[key];
    if (inner === undefined) continue;
    if (!Array.isArray(inner) || inner.length === 0) fault(at, `${key} is no list`);
    else inner.forEach((one, index) => schemaFaults(`${at}/${key}/${index}`, one, fault));
  }
}

function strangeKeys(at: string, holder: Json, known: readonly string[], fault: Report): void {
  for (const key of Object.keys(holder)) {
    if (!known.includes(key) && !key.startsWith('x-')) fault(at, `has a strange key ${key}`);
  }
}

/** Every `$ref` leads somewhere. */
function referenceFaults(at: string, value: unknown, document: Json, fault: Report): void {
  if (Array.isArray(value)) {
    value.forEach((one, index) => referenceFaults(`${at}/${index}`, one, document, fault));
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && typeof inner === 'string' && !leads(inner, document)) {
        fault(at, `${inner} leads nowhere`);
      }
      referenceFaults(`${at}/${key}`, inner, document, fault);
    }
  }
}

function leads(reference: string, document: Json): boolean {
  if (!reference.startsWith('#/')) return false;
  let here: unknown = document;
  for (const step of reference.slice(2).split('/')) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(here) || !(name in here)) return false;
    here = here[name];
  }
  return true;
}
