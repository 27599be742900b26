import { WEB_DEPS, type WebDeps } from '../../../server/deps.ts';

export type { WebDeps } from '../../../server/deps.ts';

/** What the serving process set up before the first request. */
export function webDeps(): WebDeps {
  const deps = (globalThis as { [WEB_DEPS]?: WebDeps })[WEB_DEPS];
  if (!deps) {
    throw new Error(
      'The pages were started without their server: set globalThis[Symbol.for("ovation.web")].',
    );
  }
  return deps;
}
