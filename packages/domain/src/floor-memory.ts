import type { Floor } from './floor.ts';
import type { FloorSettings } from './floor-settings.ts';
import { STARTER_METRICS } from './starter-metrics.ts';
import type { Seq } from './types.ts';

/** The part of a floor that settings events made, to be kept. */
export function saveSettings(floor: Floor): FloorSettings {
  const sets = floor.measures.all().filter((set) => set.seq > 0 || set.subject.includes('?'));
  return {
    settings: floor.settings,
    rulesSeq: floor.rulesSeq,
    people: Object.fromEntries(floor.people),
    teams: Object.fromEntries(floor.teams),
    targets: Object.fromEntries([...floor.targets].map(([key, value]) => [key, String(value)])),
    matches: Object.fromEntries(floor.matches),
    places: Object.fromEntries(floor.places),
    metrics: [...floor.metrics.values()].filter((metric) => !STARTER_METRICS.includes(metric)),
    boards: [...floor.boards.values()],
    contests: Object.fromEntries(floor.contests),
    achievements: [...floor.achievements.values()],
    sets: sets.map((set) => {
      const filter = set.subject.split('?')[1] ?? null;
      return [set.metric, filter, set.seq, set.ready] as const;
    }),
  };
}

/** Puts what was kept into a new floor; `seq`: the newest event that is in it. */
export function loadSettings(floor: Floor, saved: FloorSettings, seq: Seq): void {
  floor.seq = seq;
  for (const [id, person] of Object.entries(saved.people)) floor.people.set(id, person);
  for (const [id, team] of Object.entries(saved.teams)) floor.teams.set(id, team);
  for (const [key, value] of Object.entries(saved.targets)) floor.targets.set(key, BigInt(value));
  for (const [id, person] of Object.entries(saved.matches)) floor.matches.set(id, person);
  for (const [id, team] of Object.entries(saved.places)) floor.places.set(id, team);
  for (const metric of saved.metrics) floor.metrics.set(metric.id, metric);
  for (const board of saved.boards) floor.boards.set(board.id, board);
  for (const [id, contest] of Object.entries(saved.contests)) floor.contests.set(id, contest);
  for (const badge of saved.achievements) floor.achievements.set(badge.id, badge);
  floor.changeRules(saved.settings, saved.rulesSeq);
  // Oldest first, so that each takes its place behind the one that it replaces.
  for (const [metric, filter, from, ready] of [...saved.sets].sort((a, b) => a[2] - b[2])) {
    const set = floor.beginSet(metric, filter, from, ready);
    // What was being counted is counted from the beginning, with all that came since.
    if (!ready) set.until = seq;
  }
}
