// `npm test`: everything, in one go, ending with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, root } from './build.mjs';
import { install } from './start.mjs';

install();
build();

const folder = mkdtempSync(join(tmpdir(), 'ovation-results-'));
const file = join(folder, 'results.json');
const run = (args, env = {}) =>
  spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status;

const checked = run([join(root, 'tools/check.mjs')]);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const tested = run([
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
]);

let counts = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
try {
  counts = JSON.parse(readFileSync(file, 'utf8'));
} catch {
  console.error('The tests left no results.');
}
rmSync(folder, { recursive: true, force: true });
const passed = counts.numPassedTests + (checked === 0 ? 1 : 0);
const crashed = tested !== 0 && counts.numFailedTests === 0 ? 1 : 0;
const failed = counts.numFailedTests + crashed + (checked === 0 ? 0 : 1);
const skipped = counts.numPendingTests + counts.numTodoTests;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
