// `npm run dev`: the house from its sources, pages with hot reload, and a restart when a source of
// the server changes.
import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..');
const data = resolve(root, process.env['OVATION_DATA'] ?? '.ovation');
const args = process.argv.slice(2).filter((arg) => arg !== '--dev');
/** Editors write a file in several steps. */
const SETTLE_MS = 150;

let child: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;

function start(): void {
  child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', join(root, 'tools/dev-house.ts'), ...args],
    // Kit takes the working folder for the app's; the data stays where `npm start` has it.
    { cwd: join(root, 'apps/web'), stdio: 'inherit', env: { ...process.env, OVATION_DATA: data } },
  );
}

function restart(): void {
  if (!child || child.exitCode !== null) return start();
  child.once('exit', start);
  child.kill('SIGTERM');
}

for (const folder of ['packages', 'apps']) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    const ours =
      name?.endsWith('.ts') && !/node_modules|dist|build|\.svelte-kit|\.test\./.test(name);
    if (!ours || name?.startsWith('web/src')) return;
    clearTimeout(timer);
    timer = setTimeout(restart, SETTLE_MS);
  });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    child?.once('exit', () => process.exit(0));
    child?.kill('SIGTERM');
  });
}
start();
