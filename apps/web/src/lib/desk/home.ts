import type { Viewer } from '@ovation/protocol';

/** Where somebody's day begins. */
export function homeOf(viewer: Viewer | null): string {
  if (viewer === null) return '/sign-in';
  if (viewer.role === 'owner' || viewer.role === 'manager') return '/manage';
  return viewer.role === 'screen' ? '/tv' : '/me';
}
