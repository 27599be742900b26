import { error, redirect } from '@sveltejs/kit';
import { may } from '@ovation/domain';
import { deskPage } from '$lib/desk/page-load.ts';
import type { LayoutServerLoad } from './$types';

const FORBIDDEN = 403;

/** For those who look after a floor; everybody else is told so in words. */
export const load: LayoutServerLoad = (event) => {
  const { viewer } = event.locals;
  if (!viewer?.user) redirect(303, '/sign-in');
  if (!may(viewer, 'people:read')) error(FORBIDDEN, 'not a manager');
  return deskPage(event);
};
