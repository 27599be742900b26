// `npm run check`: what can be said about the code without running it. All steps run, then it says
// which failed; a step is a program of the project's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

const bin = (path) => join(root, 'node_modules', path);
const TSC = bin('typescript/bin/tsc');
const web = join(root, 'apps', 'web');

const STEPS = [
  { name: 'types of the server', args: [TSC, '-b'] },
  { name: 'types of the tests', args: [TSC, '-p', 'tsconfig.test.json'] },
  { name: 'types of the load tests', args: [TSC, '-p', 'load-tests/tsconfig.json'] },
  { name: 'routes of the pages', args: [bin('@sveltejs/kit/svelte-kit.js'), 'sync'], cwd: web },
  {
    name: 'types of the pages',
    args: [bin('svelte-check/bin/svelte-check'), '--output', 'human'],
    cwd: web,
  },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  {
    name: 'format',
    args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  },
];

const wanted = process.argv.slice(2);
const failed = [];
for (const { name, args, cwd = root } of STEPS) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const config = args[1] === '-p' ? join(root, args[2]) : undefined;
  if (config !== undefined && !existsSync(config)) continue;
  const from = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  const seconds = ((performance.now() - from) / 1_000).toFixed(1);
  console.error(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exit(1);
}
