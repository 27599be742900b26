// Builds what `npm start` runs: plain JavaScript of the packages and the pages. Skips what is fresh.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SKIPPED = new Set(['node_modules', 'dist', 'build', '.svelte-kit']);

/** Names, sizes and times of all sources under some folders: changes whenever one does. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (!SKIPPED.has(name)) visit(join(path, name));
      }
    } else if (!path.endsWith('.test.ts')) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex');
}

function once(name, paths, outputs, work) {
  const stamp = join(root, 'node_modules', '.cache', 'ovation', name);
  const now = fingerprint(paths);
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (known === now && outputs.every((path) => existsSync(join(root, path)))) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

/** Runs a program of the project's own with its output shown; ends this process when it fails. */
export function mustRun(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
}

const bin = (path) => join(root, 'node_modules', path);

export function build() {
  const common = ['package-lock.json', 'tsconfig.base.json', 'packages'];
  once('server', [...common, 'tsconfig.json', 'apps'], ['apps/standalone/dist/index.js'], () => {
    console.error('Building the server …');
    mustRun(process.execPath, [bin('typescript/bin/tsc'), '-b']);
  });
  once('pages', [...common, 'svelte.config.js', 'apps/web'], ['apps/web/build/handler.js'], () => {
    console.error('Building the pages …');
    mustRun(process.execPath, [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: join(root, 'apps', 'web'),
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
