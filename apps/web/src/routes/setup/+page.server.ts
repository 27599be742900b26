import { deskPage } from '$lib/desk/page-load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({
  ...deskPage(event),
  token: event.url.searchParams.get('token') ?? '',
});
