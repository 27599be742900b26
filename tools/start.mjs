// `npm start`: installs what is missing, builds what is stale, runs. Uses nothing but Node.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, build } from './build.mjs';

/** Installs when the lock file is not the one that was installed. */
export function install() {
  const stamp = join(root, 'node_modules', '.ovation-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}

async function main() {
  const argv = process.argv.slice(2);
  const at = argv.indexOf('--run');
  const part = at < 0 ? 'standalone' : argv[at + 1];
  const rest = at < 0 ? argv : [...argv.slice(0, at), ...argv.slice(at + 2)];
  install();
  if (rest.includes('--dev')) {
    const { register } = await import('tsx/esm/api');
    register();
    await import('./dev.ts');
    return;
  }
  build();
  const { start } = await import('./parts.mjs');
  await start(part, rest);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
