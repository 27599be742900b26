import { parseInstant, type ContestDefinition, type Instant } from '@ovation/domain';
import type { ContestDraftBody } from '@ovation/protocol';
import { ProblemError } from '../problem.ts';

type Draft = Partial<ContestDefinition> & { readonly id: string };

/** Rules as they were sent, with instants as numbers. Ends the request for what is no instant. */
export function definitionFrom(id: string, body: ContestDraftBody): Draft {
  const { from, to, series, ...rest } = body;
  return {
    ...(rest as Partial<ContestDefinition>),
    id,
    ...(from === undefined ? {} : { from: instantAt(from, '/definition/from') }),
    ...(to === undefined ? {} : { to: instantAt(to, '/definition/to') }),
    ...(series === undefined
      ? {}
      : { series: { ...series, until: instantAt(series.until, '/definition/series/until') } }),
  };
}

/** Rules as the API tells them. */
export function bodyFrom(definition: Partial<ContestDefinition>): ContestDraftBody {
  const { id: _, from, to, series, ...rest } = definition;
  return {
    ...(rest as ContestDraftBody),
    ...(from === undefined ? {} : { from: iso(from) }),
    ...(to === undefined ? {} : { to: iso(to) }),
    ...(series === undefined ? {} : { series: { ...series, until: iso(series.until) } }),
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();

export function instantAt(text: string, pointer: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  const detail = 'Write an instant with its offset, such as 2026-12-01T09:00:00+03:30.';
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer }]);
}

/** What has to be there before a contest can be published, in the order of the wizard. */
const NEEDED = ['of', 'scoring', 'rules', 'who', 'from', 'to', 'graceHours', 'ties', 'prizes'] as const;

/** The parts that a draft still lacks. */
export const missingIn = (draft: Draft): readonly (typeof NEEDED)[number][] =>
  NEEDED.filter((key) => draft[key] === undefined);

export function isWhole(draft: Draft): draft is ContestDefinition {
  return missingIn(draft).length === 0;
}
