import {
  parseInstant,
  type ContestDefinition,
  type ContestDraft,
  type Instant,
} from '@ovation/domain';
import type { ContestDraftBody } from '@ovation/protocol';
import { ProblemError } from '../problem.ts';

/** Rules as they were sent, with instants as numbers. Ends the request for what is no instant. */
export function definitionFrom(id: string, body: ContestDraftBody): ContestDraft {
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

export const iso = (at: Instant): string => new Date(at).toISOString();

export function instantAt(text: string, pointer: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  const detail = 'Write an instant with its offset, such as 2026-12-01T09:00:00+03:30.';
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer }]);
}
