// `node load-tests/run.mjs [seconds] [--write]`: the scenarios without k6, in a house of their own.
// One JSON line a figure on standard output; `--write` also writes RESULTS.md.
import { execFileSync } from 'node:child_process';
import { openHouse } from './lib/house.mjs';
import { makeReps } from './parts/events.mjs';
import { durable } from './parts/durable.mjs';
import { glass } from './parts/glass.mjs';
import { replay } from './parts/replay.mjs';
import { walls } from './parts/walls.mjs';
import { weight } from './parts/weight.mjs';
import { writeResults } from './results.mjs';
import { THRESHOLDS } from './thresholds.js';

const SCREENS = 500;
const RATES = [200, 1_000];

const seconds = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? '8');
const figures = {};
const tell = (name, figure) => {
  figures[name] = figure;
  console.log(JSON.stringify({ figure: name, ...figure }));
};

const house = await openHouse();
try {
  await makeReps(house);
  tell('weight', await weight(house));
  const seen = await glass(house, seconds);
  if (seen) tell('glass', seen);
  else console.error('No browser is installed: nothing was painted.');
  for (const perSecond of RATES) {
    tell(`walls-${perSecond}`, await walls(house, { screens: SCREENS, perSecond, seconds }));
  }
  tell('durable', await durable(house, seconds));
} finally {
  await house.close();
}
tell('replay', replay());

const missed = [
  figures.durable.durableToBare < THRESHOLDS.durableToBareRatioMin && 'durable to bare',
  figures.durable.durableToInsert < THRESHOLDS.durableToInsertRatioMin && 'durable to insert',
  ...RATES.map(
    (rate) => figures[`walls-${rate}`].frameP99Ms > THRESHOLDS.frameP99Ms && `frames at ${rate}/s`,
  ),
  figures.weight.scriptBytesGzip > THRESHOLDS.wallScriptBytesMax && 'weight of the wall',
].filter(Boolean);
if (process.argv.includes('--write')) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  writeResults(figures, { commit, seconds, missed });
}
if (missed.length > 0) {
  console.error(`Outside the thresholds: ${missed.join(', ')}`);
  process.exitCode = 1;
}
