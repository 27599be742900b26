import type { FastifyInstance } from 'fastify';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { announcementRoutes } from './announcements.ts';
import { correctionRoutes } from './corrections.ts';
import { entryRoutes } from './entries.ts';
import { floorRoutes } from './floor.ts';
import { noteRoutes } from './notes.ts';

/** The manager's working day: the floor, a word to somebody, and what waits for a decision. */
export function workRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  floorRoutes(app, deps);
  noteRoutes(app, deps);
  entryRoutes(app, deps, door);
  correctionRoutes(app, deps, door);
  announcementRoutes(app, deps);
}
