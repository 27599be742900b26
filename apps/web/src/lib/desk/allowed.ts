import { may, type Action } from '@ovation/domain';
import { page } from '$app/state';

/** Whether the reader of this page may do that; the server asks again. */
export const allowed = (action: Action): boolean =>
  page.data.viewer ? may(page.data.viewer, action) : false;
