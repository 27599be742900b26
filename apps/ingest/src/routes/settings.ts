import type { FastifyInstance } from 'fastify';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { auditRoutes } from './audit.ts';
import { keyRoutes } from './keys.ts';
import { membershipRoutes } from './memberships.ts';
import { organisationRoutes } from './organisation.ts';
import { quarantineRoutes } from './quarantine.ts';
import { rateRoutes } from './rates.ts';
import { sourceRoutes } from './sources.ts';
import { teamRoutes } from './teams.ts';
import { unmatchedRoutes } from './unmatched.ts';

/** What an organisation decides about itself and about whoever sends. */
export function settingsRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  organisationRoutes(app, deps, door);
  rateRoutes(app, deps, door);
  quarantineRoutes(app, deps, door);
  sourceRoutes(app, deps);
  keyRoutes(app, deps);
  teamRoutes(app, deps, door);
  membershipRoutes(app, deps);
  unmatchedRoutes(app, deps, door);
  auditRoutes(app, deps, door);
}
