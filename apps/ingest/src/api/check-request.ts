import type { Fault } from '@ovation/domain';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Convert } from 'typebox/value';
import { ProblemError } from '../problem.ts';
import { schemaFault } from '../schema-fault.ts';

type Verdict = true | { readonly value: unknown } | { readonly error: ProblemError };
type Check = (sent: unknown) => Verdict;

/**
 * Makes Fastify check requests by the schemas of their routes, with faults in our words. A query
 * has only the parameters that its route names, each once; numbers in it are read from their text.
 */
export const compileCheck: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check: Check = httpPart === 'querystring' ? queryCheck(schema) : bodyCheck(schema);
  return check as never;
};

/** For routes that look at their bodies themselves: the schema of the body only describes it. */
export const describeBody: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body' ? () => true : compileCheck(route);

function bodyCheck(schema: TSchema): Check {
  let shape: ReturnType<typeof Compile<TSchema>> | undefined;
  return (sent) => {
    // Compiled when first needed: most processes never see most routes.
    shape ??= Compile(schema);
    if (shape.Check(sent)) return true;
    // Fastify gives null for no body; where everything may be left out, so may the body.
    if (sent === null && shape.Check({})) return true;
    return refused(schemaFault(shape.Errors(sent), sent));
  };
}

function queryCheck(schema: TSchema): Check {
  const names = Object.keys((schema as { properties?: object }).properties ?? {});
  let shape: ReturnType<typeof Compile<TSchema>> | undefined;
  return (sent) => {
    const query: Record<string, unknown> = { ...(sent as object | null) };
    const fault = queryFault(query, names);
    if (fault) return refused(fault);
    shape ??= Compile(schema);
    if (shape.Check(sent ?? {})) return true;
    const value: unknown = Convert(schema, query);
    if (shape.Check(value)) return { value };
    return refused(valueFault(shape.Errors(value)));
  };
}

/** Names that the route does not know, and names given twice. */
function queryFault(query: Record<string, unknown>, names: readonly string[]): Fault | undefined {
  for (const [name, value] of Object.entries(query)) {
    const shown = name.slice(0, 60);
    if (!names.includes(name)) {
      const others = names.length === 0 ? 'none is read here' : `there are: ${names.join(', ')}`;
      const detail = `There is no query parameter "${shown}"; ${others}.`;
      return { code: 'unknown_parameter', detail, pointer: `/${shown}` };
    }
    if (Array.isArray(value)) {
      const detail = `Give the query parameter "${shown}" once.`;
      return { code: 'given_twice', detail, pointer: `/${shown}` };
    }
  }
  return undefined;
}

function valueFault(errors: Parameters<typeof schemaFault>[0]): Fault {
  const fault = schemaFault(errors, {});
  const name = (fault.pointer ?? '').slice(1);
  const words = fault.detail.startsWith('/') ? fault.detail.slice(name.length + 2) : fault.detail;
  return { ...fault, detail: name === '' ? words : `Query parameter "${name}": ${words}` };
}

const refused = (fault: Fault): Verdict => ({
  error: new ProblemError('refused', fault.detail, [fault]),
});
