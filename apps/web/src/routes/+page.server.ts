import { redirect } from '@sveltejs/kit';
import { homeOf } from '$lib/desk/home.ts';
import type { PageServerLoad } from './$types';

/** The front door only shows the way. */
export const load: PageServerLoad = ({ locals }) => redirect(303, homeOf(locals.viewer));
