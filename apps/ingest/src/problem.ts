import type { Fault } from '@ovation/domain';
import type { Problem } from '@ovation/protocol';

/** The kinds of refusal; `type` in the answer is `/problems/<name>` and never changes meaning. */
export const PROBLEMS = {
  malformed: { status: 400, title: 'The body cannot be read' },
  unauthenticated: { status: 401, title: 'Say who you are' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'This id was used for something else' },
  gone: { status: 410, title: 'No longer valid' },
  too_large: { status: 413, title: 'Too much at once' },
  unsupported: { status: 415, title: 'Not a form we read' },
  refused: { status: 422, title: 'Understood, but it cannot be accepted' },
  too_fast: { status: 429, title: 'Too fast' },
  internal: { status: 500, title: 'Our fault' },
  unavailable: { status: 503, title: 'Not now' },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** Thrown by handlers to end a request with a problem document. */
export class ProblemError extends Error {
  readonly problem: ProblemName;
  readonly faults: readonly Fault[];
  /** When to come back, where that is known: seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    problem: ProblemName,
    detail: string,
    faults: readonly Fault[] = [],
    retryAfter?: number,
  ) {
    super(detail);
    this.problem = problem;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }
}

export function problemDocument(
  name: ProblemName,
  detail: string,
  faults: readonly Fault[],
  instance: string,
): Problem {
  const { status, title } = PROBLEMS[name];
  const document = { type: `/problems/${name}`, title, status, detail, instance };
  if (faults.length === 0) return document;
  const errors = faults.map(({ pointer = '', code, detail }) => ({ pointer, code, detail }));
  return { ...document, errors };
}

/** Ends the request unless the result is good. */
export function orRefuse<T>(
  result: { ok: true; value: T } | { ok: false; fault: Fault },
  pointer = '',
): T {
  if (result.ok) return result.value;
  const { code, detail } = result.fault;
  throw new ProblemError('refused', detail, [
    { code, detail, pointer: result.fault.pointer ?? pointer },
  ]);
}
