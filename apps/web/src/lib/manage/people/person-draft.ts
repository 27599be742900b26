import type { Language } from '$lib/i18n/language.ts';
import type { Person, PersonChange } from '../roster.svelte.ts';
import { withName } from './second-name.ts';

/** A person as the form holds them; empty texts mean none. */
export interface PersonDraft {
  name: string;
  second: string;
  email: string;
  team: string;
  manager: string;
  startedOn: string;
  active: boolean;
}

export const idOf = (of: string | { readonly id: string } | null | undefined): string =>
  typeof of === 'string' ? of : (of?.id ?? '');

export const draftOf = (person: Person, second: Language): PersonDraft => ({
  name: person.name,
  second: person.names?.[second] ?? '',
  email: person.email ?? '',
  team: idOf(person.team),
  manager: idOf(person.manager),
  startedOn: person.startedOn ?? '',
  active: person.active,
});

/** Whether it moves the person to another team or under another manager. */
export const moves = (person: Person, draft: PersonDraft): boolean =>
  idOf(person.team) !== draft.team || idOf(person.manager) !== draft.manager;

/** What is sent: only what changed, so two who work on one person do not undo each other. */
export function changeOf(
  person: Person,
  draft: PersonDraft,
  second: Language,
  since: PersonChange['since'],
): PersonChange {
  const was = draftOf(person, second);
  const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...(was.name === draft.name.trim() ? {} : { name: draft.name.trim() }),
    ...(was.second === draft.second.trim()
      ? {}
      : { names: withName(person.names, second, draft.second) }),
    ...(was.email === draft.email.trim() ? {} : { email: orNone(draft.email) }),
    ...(was.team === draft.team ? {} : { team: orNone(draft.team) }),
    ...(was.manager === draft.manager ? {} : { manager: orNone(draft.manager) }),
    ...(moves(person, draft) && since !== undefined ? { since } : {}),
    ...(was.startedOn === draft.startedOn ? {} : { startedOn: orNone(draft.startedOn) }),
    ...(was.active === draft.active ? {} : { active: draft.active }),
  };
}
