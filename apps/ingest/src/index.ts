export { buildIngest, type Ingest } from './app.ts';
export type { Door } from './door.ts';
export type { IngestDeps, SetupRight } from './deps.ts';
export { hashPassword } from './routes/access.ts';
export { addPerson, addTeam } from './people.ts';
export { setTarget } from './targets.ts';
export { writeSettings, type Author } from './settings-writer.ts';
export { runImportCli } from './import/cli.ts';
