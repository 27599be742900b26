import type { ContestDefinition } from '@ovation/domain';
import type { Named } from '@ovation/protocol';
import type { Book } from '../figures/book.ts';

/** Names of everybody who could be in a contest: people, teams and its own squads. */
export function namesIn(book: Book, { who }: Pick<ContestDefinition, 'who'>): Map<string, Named> {
  const all = [...book.people, ...book.teams].map(({ id, name, names }): [string, Named] => [
    id,
    Object.keys(names).length > 0 ? { id, name, names } : { id, name },
  ]);
  return new Map([
    ...all,
    ...(who.squads ?? []).map(({ id, name }): [string, Named] => [id, { id, name }]),
  ]);
}
