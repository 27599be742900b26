import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import type { ProblemError } from '../problem.ts';
import { compileCheck, describeBody } from './check-request.ts';

const Body = Type.Object(
  { name: Type.String({ minLength: 1 }), of: Type.Optional(Type.Enum(['people', 'teams'])) },
  { additionalProperties: false },
);
const Query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  search: Type.Optional(Type.String({ maxLength: 5 })),
});

const check = (httpPart: string, schema: object, sent: unknown) =>
  compileCheck({ schema, httpPart, method: 'POST', url: '/v1/x' } as never)(sent) as
    true | { value: unknown } | { error: ProblemError };

/** `[code, pointer, detail]` of the refusal. */
function faultOf(verdict: ReturnType<typeof check>): string[] {
  if (verdict === true || !('error' in verdict)) return [];
  expect(verdict.error.problem).toBe('refused');
  const [fault] = verdict.error.faults;
  return [fault!.code, fault!.pointer ?? '', fault!.detail];
}

describe('a body', () => {
  test.each([
    [{}, 'missing', '/name', '"name" is missing.'],
    [{ name: 'a', colour: 1 }, 'unknown_field', '/colour', 'There is no field "colour".'],
    [{ name: 'a', of: 'dogs' }, 'not_one_of', '/of', 'Must be one of "people", "teams".'],
    [{ name: 7 }, 'type', '/name', '/name must be string.'],
    [null, 'not_an_object', '', 'Send a JSON object.'],
    [[], 'not_an_object', '', 'Send a JSON object.'],
  ])('%j is refused with where and what', (sent, code, pointer, detail) => {
    expect(faultOf(check('body', Body, sent))).toEqual([code, pointer, detail]);
  });

  test('passes as it is', () => {
    expect(check('body', Body, { name: 'a' })).toBe(true);
  });

  test('may be left out where everything in it may', () => {
    expect(check('body', Type.Partial(Body), null)).toBe(true);
  });

  test('is only described where the route looks at it itself', () => {
    const route = { schema: Body, httpPart: 'body', method: 'POST', url: '/v1/x' } as never;
    expect(describeBody(route)({ anything: 1 })).toBe(true);
  });
});

describe('a query', () => {
  test('has only parameters that there are', () => {
    expect(faultOf(check('querystring', Query, { since: '1' }))).toEqual([
      'unknown_parameter',
      '/since',
      'There is no query parameter "since"; there are: limit, search.',
    ]);
    expect(faultOf(check('querystring', { type: 'object', properties: {} }, { a: '' }))[2]).toBe(
      'There is no query parameter "a"; none is read here.',
    );
  });

  test('has each of them once, and of its kind', () => {
    expect(faultOf(check('querystring', Query, { limit: ['1', '2'] }))[0]).toBe('given_twice');
    expect(faultOf(check('querystring', Query, { limit: 'ten' }))).toEqual([
      'type',
      '/limit',
      'Query parameter "limit": must be integer.',
    ]);
    expect(faultOf(check('querystring', Query, { search: 'too long' }))[1]).toBe('/search');
  });

  test('gives numbers as numbers', () => {
    expect(check('querystring', Query, { limit: '12' })).toEqual({ value: { limit: 12 } });
    expect(check('querystring', Query, {})).toBe(true);
    expect(check('querystring', Query, null)).toBe(true);
  });
});
