import { createCalendar } from '@ovation/domain';
import { newId } from '@ovation/host';
import { createSource, inOrg, readImportRuns, saveImportRun } from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import type { ImportPorts } from '../import/ports.ts';
import { importRoutes } from '../import/route.ts';
import { ensurePerson } from '../people.ts';
import { ensureTeam } from '../teams.ts';

/** Imported events come from a source of their own, so that importing twice changes nothing. */
const IMPORT_SOURCE = 'src_import';

/** Connects imports to the same door as every other event. */
export async function importDoor(
  app: FastifyInstance,
  deps: IngestDeps,
  door: Door,
): Promise<void> {
  const started = new WeakMap<FastifyRequest, number>();
  const mayImport = (request: FastifyRequest) => mayOrEnd(deps.sql, request, 'imports:write');
  await app.register(importRoutes, {
    async portsFor(request, dryRun): Promise<ImportPorts> {
      const { orgId, author } = await mayImport(request);
      started.set(request, deps.clock.now());
      const settings = await door.settingsOf(orgId);
      const calendar = createCalendar(settings);
      const caller = { orgId, sourceId: IMPORT_SOURCE, quiet: true };
      await inOrg(deps.sql, orgId, (tx) =>
        createSource(tx, orgId, { id: IMPORT_SOURCE, name: 'Import', kind: 'import' }),
      );
      return {
        dryRun,
        currency: settings.currency,
        startOfDay: (isoDate) => new Date(calendar.startOf(isoDate)).toISOString(),
        ensureTeam: (name, parent) => ensureTeam(deps, orgId, author, name, parent),
        async ensurePerson(name, team) {
          const person = await ensurePerson(deps, orgId, author, name, team);
          if (person.created) door.aliases.forget();
          return person;
        },
        async append(events) {
          const verdicts = await door.take(caller, events);
          return verdicts.map((verdict) =>
            'fault' in verdict
              ? { ok: false, code: verdict.fault.code, detail: verdict.fault.detail }
              : { ok: true, duplicate: verdict.duplicate },
          );
        },
      };
    },
    async save(request, report) {
      const { orgId } = await mayImport(request);
      const finished = deps.clock.now();
      const run = {
        id: newId('imp'),
        startedAt: new Date(started.get(request) ?? finished),
        finishedAt: new Date(finished),
      };
      await saveImportRun(deps.sql, orgId, { ...run, dryRun: report.dryRun, report });
      return {
        id: run.id,
        startedAt: run.startedAt.toISOString(),
        finishedAt: run.finishedAt.toISOString(),
      };
    },
    async list(request) {
      const { orgId } = await mayImport(request);
      const runs = await readImportRuns(deps.sql, orgId);
      return runs.map((run) => ({ ...run, state: 'done' }));
    },
  });
}
