// What can be run: the whole house, one app of it, or the import.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const print = (text) => process.stdout.write(text);

/** Apps on their own say where they listen, once they do. */
async function said(starting) {
  const running = await starting;
  print(`${running.url}\n`);
  return running;
}

const PARTS = {
  standalone: async (argv) => {
    const { run } = await import('../apps/standalone/dist/index.js');
    return run({ argv, appVersion: version, print });
  },
  ingest: async () => said((await import('../apps/ingest/dist/index.js')).runIngest(version)),
  projector: async () => said((await import('../apps/projector/dist/index.js')).runProjector()),
  gateway: async () => said((await import('../apps/gateway/dist/index.js')).runGateway(version)),
  web: async () => said((await import('../apps/web/dist/index.js')).runWeb()),
  import: async (argv) => {
    const { runImport } = await import('../apps/standalone/dist/index.js');
    process.exitCode = await runImport(argv);
    return undefined;
  },
};

export async function start(part, argv) {
  let running;
  // A signal before the start is done ends the process; the next start tidies up after it.
  try {
    running = await PARTS[part](argv);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  if (!running) return;
  let asked = false;
  const stop = async () => {
    // A second signal means now.
    if (asked) process.exit(1);
    asked = true;
    await running.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
