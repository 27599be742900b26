import { unitOf, type AchievementDefinition, type Instant } from '@ovation/domain';
import type { AchievementAnswer, AchievementBody } from '@ovation/protocol';
import type { AchievementRow } from '@ovation/store';
import type { BookOfDefinitions } from '../figures/book.ts';
import { mustBeInstant } from '../routes/boards.ts';

/** Rules as they were sent, with their instant as a number. Ends the request for none. */
export function definitionFrom(id: string, body: AchievementBody): AchievementDefinition {
  const { since, ...rest } = body;
  const from = since === undefined ? {} : { since: mustBeInstant(since, 'definition/since') };
  return { ...(rest as Omit<AchievementDefinition, 'id' | 'since'>), id, ...from };
}

/** Rules as the API tells them. */
export function bodyFrom({
  id: _,
  since,
  ...rest
}: Omit<AchievementDefinition, 'id'> & { readonly id?: string }): AchievementBody {
  const body = rest as AchievementBody;
  return since === undefined ? body : { ...body, since: iso(since) };
}

const iso = (at: Instant): string => new Date(at).toISOString();

export function achievementAnswer(
  book: BookOfDefinitions,
  { definition, ...words }: AchievementRow,
  holders: number,
): AchievementAnswer {
  const metric = book.byId.get(definition.rules.metric);
  const unit = metric ? unitOf(metric, book.settings.currency) : null;
  return { ...words, definition: bodyFrom(definition), unit, holders };
}
