// `node load-tests/run.mjs [seconds] [--only=ranks,quotas] [--write]`: the scenarios without k6,
// in houses of their own. One JSON line a figure on standard output; `--write` keeps them in
// results.json, with when and of which commit, and writes RESULTS.md from all that is kept.
import { execFileSync } from 'node:child_process';
import { openHouse } from './lib/house.mjs';
import { contests } from './parts/contests.mjs';
import { crowd } from './parts/crowd.mjs';
import { durable } from './parts/durable.mjs';
import { makeReps } from './parts/events.mjs';
import { glass } from './parts/glass.mjs';
import { growth } from './parts/growth.mjs';
import { incentives } from './parts/incentives.mjs';
import { quotas } from './parts/quotas.mjs';
import { ranks } from './parts/ranks.mjs';
import { recount } from './parts/recount.mjs';
import { replay } from './parts/replay.mjs';
import { restart } from './parts/restart.mjs';
import { walls } from './parts/walls.mjs';
import { weight } from './parts/weight.mjs';
import { keepResults } from './results.mjs';
import { missedBy } from './missed.mjs';

const SCREENS = 500;
const RATES = [200, 1_000];

const words = process.argv.slice(2);
const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? '8');
const only = words
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');

/** In one house after the other, in this order: what comes first disturbs what follows. */
const IN_A_HOUSE = {
  weight,
  glass: (house) => glass(house, seconds),
  ...Object.fromEntries(
    RATES.map((perSecond) => [
      `walls-${perSecond}`,
      (house) => walls(house, { screens: SCREENS, perSecond, seconds }),
    ]),
  ),
  durable: (house) => durable(house, seconds),
  recount: (house) => recount(house, seconds),
};
const ALONE = {
  replay,
  ranks,
  quotas,
  incentives,
  growth,
  restart,
  crowd: () => crowd(seconds),
  contests: () => contests(seconds),
};

const figures = {};
const wanted = (name) => only === undefined || only.includes(name);
const tell = (name, figure) => {
  if (!figure) return console.error(`${name}: not measured here.`);
  figures[name] = figure;
  console.log(JSON.stringify({ figure: name, ...figure }));
};

if (Object.keys(IN_A_HOUSE).some(wanted)) {
  const house = await openHouse();
  try {
    await makeReps(house);
    for (const [name, measure] of Object.entries(IN_A_HOUSE)) {
      if (wanted(name)) tell(name, await measure(house));
    }
  } finally {
    await house.close();
  }
}
for (const [name, measure] of Object.entries(ALONE)) if (wanted(name)) tell(name, await measure());

const missed = missedBy(figures);
if (words.includes('--write')) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  keepResults(figures, { commit, seconds });
}
if (missed.length > 0) {
  console.error(`Outside the thresholds: ${missed.join('; ')}`);
  process.exitCode = 1;
}
