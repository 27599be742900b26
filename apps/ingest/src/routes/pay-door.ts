import type { FastifyInstance } from 'fastify';
import type { IngestDeps } from '../deps.ts';
import { PaidGroups } from '../pay/groups.ts';
import { LivePay } from '../pay/live.ts';
import { payRoutes } from './pay.ts';
import { payDeskRoutes } from './pay-desk.ts';
import { planDeskRoutes } from './plan-desk.ts';
import { statementRoutes } from './statements.ts';

/** Plans, pay and statements, which share what they keep of deals. */
export function payDoor(app: FastifyInstance, deps: IngestDeps): void {
  const groups = new PaidGroups(deps.sql);
  planDeskRoutes(app, deps, groups);
  const live = new LivePay(deps, groups);
  payRoutes(app, deps, live);
  statementRoutes(app, deps, live);
  payDeskRoutes(app, deps, live);
}
