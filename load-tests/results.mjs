import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { missedBy } from './missed.mjs';

const KEPT = new URL('./results.json', import.meta.url);
const TEXT = new URL('./RESULTS.md', import.meta.url);
const GIB = 1024 ** 3;

/** Keeps what was measured beside what was kept before, and writes it all down. */
export function keepResults(figures, { commit, seconds }) {
  const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};
  const on = new Date().toISOString().slice(0, 10);
  for (const [name, figure] of Object.entries(figures)) {
    kept[name] = { ...figure, measured: { on, commit, seconds } };
  }
  writeFileSync(KEPT, `${JSON.stringify(kept, null, 1)}\n`);
  writeFileSync(TEXT, resultsText(kept));
}

const row = (...cells) => `| ${cells.join(' | ')} |`;
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const kib = (bytes) => (bytes / 1_024).toFixed(1);

/** A part of the text for each figure; what was not measured is left out. */
const PARTS = {
  durable: (one) => [
    `## Durable single events, ${one.inFlight} in flight`,
    '',
    row('', 'a second', 'p50 ms', 'p99 ms', 'failed'),
    row('---', '---:', '---:', '---:', '---:'),
    ...[
      ['`POST /v1/events`, on disk when answered', one.durable],
      ['yardstick: same framework and schema, stores nothing', one.bare],
      ['yardstick: one insert for each request', one.insert],
    ].map(([name, it]) => row(name, it.perSecond, it.P50Ms, it.P99Ms, it.failed)),
    '',
    `Durable to bare ${one.durableToBare}, durable to insert ${one.durableToInsert}.`,
  ],
  walls: (all) => [
    '## From an event to the walls',
    '',
    'Frame: from the commit of the newest event in a frame to its arrival at a screen. Event: from ' +
      'sending an event to the first frame that holds it; walls get two frames a second, which is ' +
      'part of it. The senders and all screens are one process.',
    '',
    row('screens', 'events a second', 'frames', 'frame p50 ms', 'p99', 'event p50 ms', 'p99'),
    row('---:', '---:', '---:', '---:', '---:', '---:', '---:'),
    ...all.map((one) => {
      const rate = `${one.perSecond} of ${one.perSecondAsked}`;
      const frame = [one.frames, one.frameP50Ms, one.frameP99Ms];
      return row(one.screens, rate, ...frame, one.eventP50Ms, one.eventP99Ms);
    }),
  ],
  glass: (one) => [
    '## On glass, in a real browser',
    '',
    `Event sent to row painted: p50 ${one.paintedP50Ms} ms, p99 ${one.paintedP99Ms} ms, one at a ` +
      `time. Main thread: ${percent(one.busyShare)} at 60 events a second, ` +
      `${percent(one.idleShare)} left alone (${one.busyToIdle} times), drawn in software.`,
  ],
  ranks: (one) => [
    `## An update with its exact rank among ${one.people} people`,
    '',
    row('', 'µs each'),
    row('---', '---:'),
    row('the index of ranks', one.indexMicros),
    row('Redis, `ZINCRBY` and `ZREVRANK`, 200 in a pipeline', one.redisMicros ?? 'no server'),
    row('sorting everybody', one.sortMicros),
    row('folding a win into a floor of so many', one.foldMicros),
    row('its board, and the rank of who won', one.boardMicros),
    '',
    `Redis takes ${one.redisToIndex} times as long, sorting ${one.sortToIndex} times.`,
  ],
  quotas: (one) => [
    `## Targets: ${one.people} people, ${one.targets} each, over ${one.sales} sales`,
    '',
    `All ${one.standings} standings from nothing: ${one.rebuildMs} ms. One more sale, with the ` +
      `standings of who made it: p50 ${one.perEventP50Ms} ms, p99 ${one.perEventP99Ms} ms.`,
  ],
  growth: (one) => [
    '## Microseconds an event costs as things grow',
    '',
    `From ${one.plain.people} people, ${one.plain.metrics} own metric and ${one.plain.boards} ` +
      'watched boards, each grown alone; every own metric looks at every win.',
    '',
    row('', '1 ×', '10 ×', '100 ×', '1,000 ×'),
    row('---', '---:', '---:', '---:', '---:'),
    ...['people', 'metrics', 'boards'].map((what) =>
      row(what, ...[1, 10, 100, 1_000].map((times) => one[what][times] ?? '–')),
    ),
  ],
  recount: (one) => [
    '## While a metric is counted anew',
    '',
    `${one.perSecond} events a second to ${one.screens} screens: frame p99 ${one.calmP99Ms} ms in ` +
      `calm, ${one.busyP99Ms} ms while ${one.changesCounted} changes of a metric were counted one ` +
      `after the other (${one.busyToCalm} times).`,
  ],
  contests: (one) => [
    `## ${one.contests} contests of ${one.people} people, each watched`,
    '',
    `${one.perSecond} events a second: frame p99 ${one.calmP99Ms} ms in calm, ${one.busyP99Ms} ms ` +
      `while they go on (${one.busyToCalm} times), with ${one.contestFrames} frames of contests. ` +
      `One event with the whole standing after it: ${one.liveTouchMicros} µs. An event on a floor ` +
      `with 200 decided contests behind it costs ${one.finishedToNone} times one on a floor ` +
      `without. A draft replayed on ${one.backtestWeeks} weeks (${one.backtestEvents} events): ` +
      `${one.backtestMs} ms.`,
  ],
  restart: (one) => [
    '## A projector that starts',
    '',
    `Over a log of ${one.events} events: ${one.replayMs} ms from the first event, ` +
      `${one.restartMs} ms from what it had written (${one.replayToRestart} times as fast).`,
  ],
  incentives: (one) => [
    '## Incentive pay',
    '',
    `${one.people} people, ${one.deals} deals, a plan of ${one.components} components: ` +
      `${one.exactMs} ms exactly, ${one.tracedMs} ms with every reason; the same plan in floats ` +
      `${one.floatMs} ms (${one.exactToFloat} times as long). One more deal, foretold and then ` +
      `taken: p50 ${one.perDealP50Ms} ms, p99 ${one.perDealP99Ms} ms (${one.perDealP99ToPerson} times ` +
      `counting all deals of one person). Ten times the people take ` +
      `${one.tenTimesPeople} times as long.`,
  ],
  crowd: (one) => [
    `## ${one.people} people over HTTP`,
    '',
    `One board of them all, 16 in flight, a second: ${one.writes} writes, ${one.topTen} times the ` +
      `first ten, ${one.myRank} times somebody's own rank.`,
  ],
  replay: (one) => [
    '## Folding from zero',
    '',
    `${one.events} events of ${one.people} people by the rules alone: ${one.perSecond} a second.`,
  ],
  weight: (one) => [
    '## What a wall loads',
    '',
    `JavaScript ${kib(one.scriptBytesGzip)} KiB in ${one.scripts} files, styles ` +
      `${kib(one.styleBytesGzip)} KiB, page ${kib(one.htmlBytesGzip)} KiB, all compressed with gzip.`,
  ],
};

const when = ({ measured: { on, commit, seconds } }) =>
  `*${on}, commit ${commit}, ${seconds} s a figure.*`;

function resultsText(kept) {
  const machine = `${availableParallelism()} shared cores, ${Math.round(totalmem() / GIB)} GiB`;
  const walls = Object.values(kept).filter((one) => 'screens' in one && 'frames' in one);
  const shown = { ...kept, ...(walls.length > 0 ? { walls } : {}) };
  const parts = Object.entries(PARTS).flatMap(([name, text]) => {
    const one = shown[name];
    if (one === undefined) return [];
    return [...text(one), '', when(Array.isArray(one) ? one[0] : one), ''];
  });
  const missed = missedBy(kept);
  return [
    '# Results',
    '',
    `Node ${process.versions.node}, ${machine}. Server, database and senders share the machine. ` +
      'Times are of this machine on this day; the ratios are what to compare.',
    '',
    ...parts,
    missed.length === 0
      ? 'All within `thresholds.js`.'
      : `Outside \`thresholds.js\`: ${missed.join('; ')}.`,
    '',
  ].join('\n');
}
