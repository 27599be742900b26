import type { Static, TSchema } from 'typebox';
import { Check, Convert, Errors } from 'typebox/value';
import { ProblemError } from '../problem.ts';
import { schemaFault } from '../schema-fault.ts';

/** The body in the form of a schema, or the request ends with what to fix. */
export function mustBe<T extends TSchema>(schema: T, body: unknown): Static<T> {
  if (Check(schema, body)) return body as Static<T>;
  const fault = schemaFault(Errors(schema, body), body);
  throw new ProblemError('refused', fault.detail, [fault]);
}

/** The query in the form of a schema, numbers read from their text, or the request ends. */
export function queryOf<T extends TSchema>(schema: T, query: unknown): Static<T> {
  return mustBe(schema, Convert(schema, { ...(query as object) }));
}
