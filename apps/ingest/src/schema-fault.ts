import type { Fault } from '@ovation/domain';

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params?: unknown;
}

/** The first fault of a shape in words that say what to fix. */
export function schemaFault(errors: Iterable<SchemaError>, sent: unknown): Fault {
  const all = [...errors];
  const of = (keyword: string) => all.find((error) => error.keyword === keyword);
  const first = of('required') ?? of('additionalProperties') ?? all[0];
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent) || !first) {
    return { code: 'not_an_object', detail: 'Send a JSON object.', pointer: '' };
  }
  const at = first.instancePath;
  const params = (first.params ?? {}) as Record<string, unknown>;
  if (first.keyword === 'required') {
    const missing = ((params['requiredProperties'] as string[] | undefined) ?? [])[0] ?? '';
    return { code: 'missing', detail: `"${missing}" is missing.`, pointer: `${at}/${missing}` };
  }
  if (first.keyword === 'additionalProperties') {
    const extra = ((params['additionalProperties'] as string[] | undefined) ?? [])[0] ?? '';
    const detail = `There is no field "${extra.slice(0, 60)}".`;
    return { code: 'unknown_field', detail, pointer: `${at}/${extra.slice(0, 60)}` };
  }
  if (first.keyword === 'enum') {
    const allowed = ((params['allowedValues'] as unknown[] | undefined) ?? []).map(String);
    const detail = `Must be one of ${allowed.map((one) => `"${one}"`).join(', ')}.`;
    return { code: 'not_one_of', detail, pointer: at };
  }
  return { code: first.keyword, detail: `${at || 'The body'} ${first.message}.`, pointer: at };
}
