import { readConfig } from '@ovation/host';
import { runImportCli } from '@ovation/ingest';
import { Type } from 'typebox';
import { DataFolder, type ServerNote } from './data-folder.ts';

/** Where `npm run import` finds the server unless it is told. */
export const ImportConfig = Type.Object({
  OVATION_DATA: Type.String({ default: '.ovation' }),
  OVATION_URL: Type.Optional(Type.String()),
  OVATION_API_KEY: Type.Optional(Type.String()),
  OVATION_BOOTSTRAP_KEY: Type.Optional(Type.String()),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
});

/** Imports files into the running server of the data folder; answers the exit code. */
export async function runImport(argv: readonly string[]): Promise<number> {
  const config = readConfig(ImportConfig);
  const folder = new DataFolder(config.OVATION_DATA);
  const note = await folder.read('server.json');
  const running = note === undefined ? undefined : (JSON.parse(note) as ServerNote).url;
  const url = config.OVATION_URL ?? running ?? `http://127.0.0.1:${config.PORT}`;
  const key =
    config.OVATION_API_KEY ?? (await folder.read('api-key')) ?? config.OVATION_BOOTSTRAP_KEY;
  const { stdout, stderr } = process;
  const io = { stdout, stderr, isTTY: stdout.isTTY ?? false };
  return runImportCli([...argv], io, { url, ...(key === undefined ? {} : { key }) });
}
