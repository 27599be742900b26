import { redirect } from '@sveltejs/kit';
import { deskPage } from '$lib/desk/page-load.ts';
import type { LayoutServerLoad } from './$types';

/** For whoever is signed in; a screen has no numbers of its own. */
export const load: LayoutServerLoad = (event) => {
  if (!event.locals.viewer?.user) redirect(303, '/sign-in');
  return deskPage(event);
};
