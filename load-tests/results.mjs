import { writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';

const GIB = 1024 ** 3;

/** Writes what was measured, with when, where in general words, and against what. */
export function writeResults(figures, { commit, seconds, missed }) {
  const { durable, weight, replay, glass } = figures;
  const walls = Object.values(figures).filter((one) => 'screens' in one);
  const machine = `${availableParallelism()} shared cores, ${Math.round(totalmem() / GIB)} GiB`;
  const row = (...cells) => `| ${cells.join(' | ')} |`;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const kib = (bytes) => (bytes / 1_024).toFixed(1);
  const post = (name, one) => row(name, one.perSecond, one.P50Ms, one.P99Ms, one.failed);
  const lines = [
    '# Results',
    '',
    `${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.versions.node}, ` +
      `${machine}. Server, database and senders share the machine, ${seconds} s a figure. ` +
      'Times are of this machine on this day; the ratios are what to compare.',
    '',
    `## Durable single events, ${durable.inFlight} in flight`,
    '',
    row('', 'a second', 'p50 ms', 'p99 ms', 'failed'),
    row('---', '---:', '---:', '---:', '---:'),
    post('`POST /v1/events`, on disk when answered', durable.durable),
    post('yardstick: same framework and schema, stores nothing', durable.bare),
    post('yardstick: one insert for each request', durable.insert),
    '',
    `Durable to bare ${durable.durableToBare}, durable to insert ${durable.durableToInsert}.`,
    '',
    '## From an event to the walls',
    '',
    'Frame: from the commit of the newest event in a frame to its arrival at a screen. Event: from ' +
      'sending an event to the first frame that holds it; walls get two frames a second, which is ' +
      'part of it. The senders and all screens are one process.',
    '',
    row(
      'screens',
      'events a second',
      'frames',
      'frame p50 ms',
      'frame p99 ms',
      'event p50 ms',
      'event p99 ms',
      'failed',
    ),
    row('---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:'),
    ...walls.map((one) =>
      row(
        one.screens,
        `${one.perSecond} of ${one.perSecondAsked}`,
        one.frames,
        one.frameP50Ms,
        one.frameP99Ms,
        one.eventP50Ms,
        one.eventP99Ms,
        one.failed,
      ),
    ),
    '',
    '## On glass, in a real browser',
    '',
    glass
      ? `Event sent to row painted: p50 ${glass.paintedP50Ms} ms, p99 ${glass.paintedP99Ms} ms, one at a ` +
        `time. Main thread: ${percent(glass.busyShare)} at 60 events a second, ` +
        `${percent(glass.idleShare)} left alone (${glass.busyToIdle} times), drawn in software.`
      : 'No browser was installed: not measured.',
    '',
    '## Folding from zero',
    '',
    `${replay.events} events of ${replay.people} people by the rules alone: ${replay.perSecond} a second.`,
    '',
    '## What a wall loads',
    '',
    `JavaScript ${kib(weight.scriptBytesGzip)} KiB in ${weight.scripts} files, styles ` +
      `${kib(weight.styleBytesGzip)} KiB, page ${kib(weight.htmlBytesGzip)} KiB, all compressed with gzip.`,
    '',
    missed.length === 0
      ? 'All within `thresholds.js`.'
      : `Outside \`thresholds.js\`: ${missed.join(', ')}.`,
    '',
  ];
  writeFileSync(new URL('./RESULTS.md', import.meta.url), lines.join('\n'));
}
