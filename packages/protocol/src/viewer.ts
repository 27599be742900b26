import type { OrganisationSettings, Role } from '@ovation/domain';
import type { Named } from './socket-events.ts';

/** Who is looking, as every page and `GET /v1/viewer` knows them. */
export interface Viewer {
  readonly role: Role;
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly settings: OrganisationSettings;
    /** A demonstration organisation: anybody may sign in as a demo user. */
    readonly demo: boolean;
  };
  /** The signed-in user; `null` for a screen. */
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  /** The person whose numbers are "mine"; `null` for users who are not ranked and for screens. */
  readonly person: Named | null;
  readonly team: Named | null;
  readonly screen: { readonly id: string; readonly name: string } | null;
}

export const SESSION_COOKIE = 'ovation_session';
export const SCREEN_COOKIE = 'ovation_screen';
export const LANGUAGE_COOKIE = 'ovation_language';
