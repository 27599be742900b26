import { redirect } from '@sveltejs/kit';
import { homeOf } from '$lib/desk/home.ts';
import { deskPage } from '$lib/desk/page-load.ts';
import { webDeps } from '$lib/server/deps.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { viewer } = event.locals;
  if (viewer?.user) redirect(303, homeOf(viewer));
  const demo = await webDeps().demo();
  return { ...deskPage(event), demo: demo?.accounts ?? [] };
};
