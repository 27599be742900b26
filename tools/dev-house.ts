// One run of the house from its sources; `tools/dev.ts` starts it again when they change.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '@ovation/standalone';
import { createServer } from 'vite';

const root = join(fileURLToPath(import.meta.url), '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

const house = await run({
  argv: process.argv.slice(2),
  appVersion: version,
  print: (text) => process.stdout.write(text),
  pages: async (server) => {
    const vite = await createServer({
      root: join(root, 'apps/web'),
      server: { middlewareMode: true, hmr: { server } },
    });
    return vite.middlewares;
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void house.stop().then(() => process.exit(0)));
}
