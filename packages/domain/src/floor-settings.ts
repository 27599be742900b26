import type { AchievementDefinition } from './achievement/definition.ts';
import type { BoardDefinition } from './board.ts';
import type { ContestId } from './contest/definition.ts';
import type { ContestState } from './contest/state.ts';
import type { PersonState } from './floor.ts';
import type { Metric } from './metric.ts';
import { DEFAULT_SETTINGS, type OrganisationSettings } from './organisation.ts';
import type { PersonId, Seq, TeamId } from './types.ts';

/** The part of a floor that settings events made. */
export interface FloorSettings {
  readonly settings: OrganisationSettings;
  readonly rulesSeq: Seq;
  readonly people: Readonly<Record<PersonId, PersonState>>;
  readonly teams: Readonly<Record<TeamId, { readonly parent: TeamId | null }>>;
  readonly targets: Readonly<Record<string, string>>;
  readonly matches: Readonly<Record<PersonId, PersonId>>;
  readonly places: Readonly<Record<PersonId, TeamId>>;
  readonly metrics: readonly Metric[];
  readonly boards: readonly BoardDefinition[];
  readonly contests: Readonly<Record<ContestId, ContestState>>;
  readonly achievements: readonly AchievementDefinition[];
  /** Sets of measures that a change brought: `[metric then, filter, seq, ready]`. */
  readonly sets: readonly (readonly [Metric, string | null, Seq, boolean])[];
}

/** One setting as it is kept: a person, a target, a metric, … */
export interface FloorSetting {
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

const BY_KEY = ['people', 'teams', 'targets', 'matches', 'places', 'contests'] as const;

/** Settings one by one, so that a change of one of them is all that has to be written. */
export function settingRows(saved: FloorSettings): FloorSetting[] {
  const { settings, rulesSeq } = saved;
  return [
    { kind: 'rules', key: '', value: settings },
    { kind: 'rulesSeq', key: '', value: rulesSeq },
    ...BY_KEY.flatMap((kind) =>
      Object.entries(saved[kind]).map(([key, value]) => ({ kind, key, value: value as unknown })),
    ),
    ...saved.metrics.map((metric) => ({ kind: 'metrics', key: metric.id, value: metric })),
    ...saved.boards.map((board) => ({ kind: 'boards', key: board.id, value: board })),
    ...saved.achievements.map((one) => ({ kind: 'achievements', key: one.id, value: one })),
    ...saved.sets.map((set) => ({
      kind: 'sets',
      key: `${set[0].id}|${set[1] ?? ''}|${set[2]}`,
      value: set,
    })),
  ];
}

/** The inverse of `settingRows`, in whatever order the rows come. */
export function settingsFrom(rows: readonly FloorSetting[]): FloorSettings {
  const byKind = new Map<string, FloorSetting[]>();
  for (const row of rows) {
    const known = byKind.get(row.kind);
    if (known) known.push(row);
    else byKind.set(row.kind, [row]);
  }
  const values = (kind: string) => (byKind.get(kind) ?? []).map((row) => row.value) as never[];
  const entries = (kind: string) =>
    Object.fromEntries((byKind.get(kind) ?? []).map((row) => [row.key, row.value])) as never;
  return {
    settings: values('rules')[0] ?? DEFAULT_SETTINGS,
    rulesSeq: values('rulesSeq')[0] ?? 0,
    people: entries('people'),
    teams: entries('teams'),
    targets: entries('targets'),
    matches: entries('matches'),
    places: entries('places'),
    contests: entries('contests'),
    metrics: values('metrics'),
    boards: values('boards'),
    achievements: values('achievements'),
    sets: values('sets'),
  };
}
