import { EVENT_TYPES, ok, refuse, type EventType, type Result } from '@ovation/domain';
import { API_LIMITS } from '@ovation/protocol';
import { KINDS } from './check-kind.ts';

/** What CloudEvents 1.0 itself defines; any other attribute is an extension. */
const CORE = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'subject',
  'datacontenttype',
  'dataschema',
  'data',
  'data_base64',
]);
/** Fields that name another event of the same sender. */
const REFERENCES = ['corrects', 'reverses', 'withdraws'] as const;
/** Between source and id: a URI holds no `|`, so two pairs never make the same id. */
const JOINT = '|';

type Envelope = Readonly<Record<string, unknown>>;

/**
 * The event inside a CloudEvent (structured form) for the same door as every other. Its identity
 * is its source and id together; `ownSource` is the key's source, whose ids stay as they are.
 */
export function unwrapCloudEvent(
  sent: unknown,
  ownSource: string,
): Result<Record<string, unknown>> {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return refuse('not_an_object', 'A CloudEvent is a JSON object.', '');
  }
  // `null` stands for an attribute that is not there.
  const envelope: Envelope = Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => value !== null || name === 'data'),
  );
  const fault = envelopeFault(envelope);
  if (fault) return fault;
  const type = typeOf(String(envelope['type']));
  if (!type) {
    const detail = `"type" ends with one of ours: ${EVENT_TYPES.join(', ')}.`;
    return refuse('unknown_type', detail, '/type');
  }
  const data = dataOf(envelope);
  if (!data.ok) return data;
  return eventOf(envelope, type, data.value, ownSource);
}

/** What the log calls a CloudEvent; `null` where it does not say who it is. */
export function cloudEventId(envelope: Envelope, ownSource: string): string | null {
  const { source, id } = envelope;
  if (typeof source !== 'string' || typeof id !== 'string') return null;
  return source === ownSource ? id : `${source}${JOINT}${id}`;
}

/** Where a fault of the event is in the CloudEvent. */
export function pointerInEnvelope(pointer: string): string {
  if (pointer === '/id' || pointer === '/type' || pointer === '') return pointer;
  return pointer === '/occurredAt' ? '/time' : `/data${pointer}`;
}

function envelopeFault(envelope: Envelope): ReturnType<typeof refuse> | undefined {
  for (const name of ['specversion', 'id', 'source', 'type']) {
    const value = envelope[name];
    if (value === undefined) return refuse('missing', `"${name}" is missing.`, `/${name}`);
    if (typeof value !== 'string' || value === '') {
      return refuse('type', `"${name}" is a text that is not empty.`, `/${name}`);
    }
  }
  if (envelope['specversion'] !== '1.0') {
    return refuse('specversion', 'Only CloudEvents 1.0 are read.', '/specversion');
  }
  if (/[\s|]/.test(String(envelope['source']))) {
    return refuse('bad_source', 'A "source" is a URI: no spaces, no "|".', '/source');
  }
  if (envelope['time'] !== undefined && typeof envelope['time'] !== 'string') {
    return refuse('bad_time', '"time" is an RFC 3339 text.', '/time');
  }
  return undefined;
}

/** Our type itself, or any with it at the end: `com.example.deal.won`. */
function typeOf(text: string): EventType | undefined {
  return EVENT_TYPES.find((type) => text === type || text.endsWith(`.${type}`));
}

function dataOf(envelope: Envelope): Result<Record<string, unknown>> {
  if ('data_base64' in envelope) {
    const detail = 'Send the event as JSON in "data"; binary data is not read.';
    return refuse('data_base64', detail, '/data_base64');
  }
  const form = envelope['datacontenttype'];
  if (form !== undefined && !/^(application|text)\/([^;]+\+)?json\s*(;|$)/i.test(String(form))) {
    const detail = 'Only JSON data is read: "datacontenttype" application/json.';
    return refuse('data_not_json', detail, '/datacontenttype');
  }
  const data = envelope['data'] ?? {};
  if (envelope['data'] === null || typeof data !== 'object' || Array.isArray(data)) {
    const detail = '"data" is a JSON object with the fields of the event.';
    return refuse('data_not_an_object', detail, '/data');
  }
  return ok(data as Record<string, unknown>);
}

function eventOf(
  envelope: Envelope,
  type: EventType,
  data: Readonly<Record<string, unknown>>,
  ownSource: string,
): Result<Record<string, unknown>> {
  const [source, plainId] = [String(envelope['source']), String(envelope['id'])];
  const scoped = (id: string): string =>
    source === ownSource || id.includes(JOINT) ? id : `${source}${JOINT}${id}`;
  const id = cloudEventId(envelope, ownSource)!;
  if (id.length > API_LIMITS.idLength) {
    const detail = `"source" and "id" together have at most ${API_LIMITS.idLength - 1} characters.`;
    return refuse('maxLength', detail, '/id');
  }
  const said = { id: plainId, type: envelope['type'], occurredAt: envelope['time'] };
  for (const [name, value] of Object.entries(said)) {
    const again = data[name];
    if (again === undefined || value === undefined || again === value || again === type) continue;
    return refuse('said_twice', `"${name}" is in the envelope already.`, `/data/${name}`);
  }
  const event: Record<string, unknown> = { ...data, id, type };
  if (envelope['time'] !== undefined) event['occurredAt'] = envelope['time'];
  if (type === 'payment.received') event['payment'] ??= plainId;
  for (const name of REFERENCES) {
    if (typeof event[name] === 'string') event[name] = scoped(event[name]);
  }
  return ok({ ...event, ...withExtensions(envelope, type, event['attributes']) });
}

/** Extensions become attributes of facts, as many as fit; a correction must not amend by them. */
function withExtensions(envelope: Envelope, type: EventType, attributes: unknown): object {
  if (!KINDS[type].fields.includes('attributes') || KINDS[type].corrects) return {};
  if (attributes !== undefined && (typeof attributes !== 'object' || attributes === null))
    return {};
  const kept = { ...(attributes as Record<string, unknown> | undefined) };
  for (const [name, value] of Object.entries(envelope)) {
    if (CORE.has(name) && name !== 'subject') continue;
    if (!/^[a-z0-9]{1,60}$/.test(name) || typeof value === 'object') continue;
    if (Object.keys(kept).length >= API_LIMITS.attributes) break;
    kept[`ce-${name}`] ??= String(value).slice(0, API_LIMITS.textLength);
  }
  return Object.keys(kept).length === 0 ? {} : { attributes: kept };
}

/** The structured form of a CloudEvent whose attributes are in `ce-` headers; else `undefined`. */
export function fromBinary(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  data: unknown,
): Record<string, unknown> | undefined {
  const attributes = Object.entries(headers).filter(([name]) => /^ce-[a-z0-9]+$/.test(name));
  if (attributes.length === 0) return undefined;
  const envelope: Record<string, unknown> = {};
  for (const [name, value] of attributes) envelope[name.slice(3)] = decoded(String(value));
  return data === undefined ? envelope : { ...envelope, data };
}

/** Header values are percent-encoded where they are not plain ASCII. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
