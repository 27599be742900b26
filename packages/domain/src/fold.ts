import type { AchievementDefinition } from './achievement/definition.ts';
import type { BoardDefinition } from './board.ts';
import { BEGINNING } from './calendar.ts';
import { differenceOf, teamFor, type Credit } from './credit.ts';
import { contestMetrics } from './contest/definition.ts';
import { contestAfter, type ContestState } from './contest/state.ts';
import type { ContestBody, FactBody, LogEvent, SettingsBody } from './event.ts';
import {
  aloneKey,
  factOf,
  groupOf,
  isFact,
  NO_FACTS,
  type Correction,
  type FactGroup,
  type Reversal,
} from './fact-group.ts';
import {
  EVERYBODY,
  hasFilter,
  targetKey,
  type Filled,
  type Floor,
  type PersonState,
} from './floor.ts';
import { subjectOf } from './measure-book.ts';
import { madeOf } from './measure.ts';
import type { Metric } from './metric.ts';
import type { DealKey, EventKey, PersonId, Seq, TeamId } from './types.ts';

/** Where a floor keeps the groups that it folds; the projector lends it one batch at a time. */
export interface FactBook {
  get(key: DealKey): FactGroup | undefined;
  set(key: DealKey, group: FactGroup): void;
  /** The deal or payment that an event spoke of, if the event is known and has one. */
  groupOf(eventKey: EventKey): DealKey | undefined;
}

/** What one event changed. */
export interface Change {
  /** Counted just before it, for a change of a metric that had not come to them. */
  readonly filled: readonly Filled[];
  readonly removed: readonly Credit[];
  readonly added: readonly Credit[];
  readonly group: DealKey | null;
  /** People, teams, targets, metrics, boards or the own rules are other than before. */
  readonly settings: boolean;
}

const NOTHING: Change = { filled: [], removed: [], added: [], group: null, settings: false };

/** Folds one event into the floor. Throws when the event is not the next one. */
export function applyEvent(floor: Floor, book: FactBook, event: LogEvent): Change {
  if (event.seq !== floor.seq + 1) {
    throw new Error(`event ${event.seq} does not follow ${floor.seq}`);
  }
  floor.seq = event.seq;
  floor.clock = Math.max(floor.clock, event.recordedAt);
  if (isFact(event)) {
    const key = groupOf(event) ?? aloneKey(event.key);
    const waiting = book.get(aloneKey(event.key));
    // An event alone is not kept, unless something waited for it.
    const keep = key !== aloneKey(event.key) || waiting !== undefined;
    return groupChange(floor, book, event.seq, { key, keep }, (group) => ({
      facts: [...group.facts, factOf(event)],
      corrections: [...group.corrections, ...(waiting?.corrections ?? [])].filter(onlyOnce),
      reversals: [...group.reversals, ...(waiting?.reversals ?? [])].filter(onlyOnce),
    }));
  }
  switch (event.type) {
    case 'deal.amended':
    case 'deal.reassigned':
    case 'deal.split':
      return corrected(floor, book, event);
    case 'deal.reversed':
      return reversed(floor, book, event, event.deal, event.reverses);
    case 'activity.withdrawn':
      return reversed(floor, book, event, undefined, event.withdraws);
    case 'celebration.asked':
    case 'tick':
      return NOTHING;
    default:
      return { ...NOTHING, ...applySettings(floor, event), settings: true };
  }
}

const onlyOnce = <T>(one: T, index: number, all: readonly T[]): boolean =>
  all.indexOf(one) === index;

type CorrectionEvent = Extract<
  FactBody,
  { type: 'deal.amended' | 'deal.reassigned' | 'deal.split' }
> &
  LogEvent;

function corrected(floor: Floor, book: FactBook, event: CorrectionEvent): Change {
  const { key: by, seq, occurredAt: at, corrects } = event;
  const key = event.deal ?? whereIs(book, corrects);
  if (key === undefined) return NOTHING;
  const amount = 'amount' in event ? event.amount : undefined;
  const correction: Correction = {
    key: by,
    seq,
    at,
    ...(corrects === undefined ? {} : { corrects }),
    ...(amount === undefined ? {} : { minor: BigInt(amount.minor) }),
    ...('credits' in event ? { credits: event.credits } : {}),
    ...('attributes' in event && event.attributes ? { attributes: event.attributes } : {}),
  };
  return groupChange(floor, book, seq, { key, keep: true }, (group) => ({
    ...group,
    corrections: [...group.corrections, correction],
  }));
}

function reversed(
  floor: Floor,
  book: FactBook,
  event: LogEvent,
  deal: DealKey | undefined,
  reverses: EventKey | undefined,
): Change {
  const key = deal ?? whereIs(book, reverses);
  if (key === undefined) return NOTHING;
  const { seq, occurredAt: at } = event;
  const reversal: Reversal = reverses === undefined ? { seq, at } : { seq, at, reverses };
  return groupChange(floor, book, seq, { key, keep: true }, (group) => ({
    ...group,
    reversals: [...group.reversals, reversal],
  }));
}

/** The group of a named event; while it is unknown, what is said of it waits under its own name. */
function whereIs(book: FactBook, event: EventKey | undefined): DealKey | undefined {
  return event === undefined ? undefined : (book.groupOf(event) ?? aloneKey(event));
}

function groupChange(
  floor: Floor,
  book: FactBook,
  seq: Seq,
  { key, keep }: { key: DealKey; keep: boolean },
  change: (group: FactGroup) => FactGroup,
): Change {
  const before = book.get(key) ?? NO_FACTS;
  const after = change(before);
  if (keep) book.set(key, after);
  const filled = floor.fillBefore(key, before);
  const { removed, added } = differenceOf(
    floor.creditsOfGroup(before, seq),
    floor.creditsOfGroup(after, seq),
  );
  for (const credit of removed) floor.takeBack(credit);
  for (const credit of added) floor.give(credit);
  return { filled, removed, added, group: keep ? key : null, settings: false };
}

type Moves = Pick<Change, 'removed' | 'added'>;
const NO_MOVES: Moves = { removed: [], added: [] };

function applySettings(floor: Floor, event: SettingsBody & LogEvent): Moves {
  switch (event.type) {
    case 'organisation.changed':
      floor.changeRules(event.settings, event.seq);
      return NO_MOVES;
    case 'team.changed':
      return teamChanged(floor, event.seq, event.team, event.parent);
    case 'person.changed': {
      floor.staffSeq = event.seq;
      floor.people.set(event.person, moved(floor.people.get(event.person), event));
      return recredit(floor, event.seq, event.person);
    }
    case 'person.matched':
      return matched(floor, event.seq, event.subject, event.person);
    case 'subject.placed':
      if (event.team === null) floor.places.delete(event.subject);
      else floor.places.set(event.subject, event.team);
      return recredit(floor, event.seq, floor.personOf(event.subject));
    case 'target.set': {
      const { scope, entity, metric, period, window, value } = event;
      const key = targetKey(scope, entity, metric, period, window);
      if (value === null) floor.targets.delete(key);
      else floor.targets.set(key, BigInt(value));
      return NO_MOVES;
    }
    case 'metric.published':
      publish(floor, event);
      return NO_MOVES;
    case 'metric.retired': {
      const metric = floor.metrics.get(event.metric);
      if (metric) floor.metrics.set(metric.id, { ...metric, retired: event.retired });
      return NO_MOVES;
    }
    case 'board.saved':
      saveBoard(floor, event.board, event.seq);
      return NO_MOVES;
    case 'board.removed':
      floor.boards.delete(event.board);
      dropFilter(floor, event.board);
      return NO_MOVES;
    case 'achievement.saved':
      saveAchievement(floor, event.achievement, event.seq);
      return NO_MOVES;
    case 'achievement.removed':
      floor.achievements.delete(event.achievement);
      dropFilter(floor, event.achievement);
      return NO_MOVES;
    default:
      if ('contest' in event) contestChanged(floor, event);
      return NO_MOVES;
  }
}

/** A contest with conditions of its own has its metrics counted by them. */
function contestChanged(floor: Floor, event: ContestBody & LogEvent): void {
  const before = floor.contests.get(event.contest);
  const after = contestAfter(before, event);
  if (after === undefined) return;
  floor.contests.set(event.contest, after);
  const filter = (state: ContestState | undefined) =>
    state && JSON.stringify([contestMetrics(state.definition), state.definition.scoring.where]);
  if (filter(before) === filter(after)) return;
  dropFilter(floor, event.contest);
  const { where = [] } = after.definition.scoring;
  if (where.length === 0) return;
  const bases = contestMetrics(after.definition).flatMap((metric) => floor.basesOf(metric));
  for (const base of new Set(bases)) floor.beginSet(base, event.contest, event.seq);
}

type Publishing = Extract<SettingsBody, { type: 'metric.published' }> & LogEvent;

function publish(floor: Floor, event: Publishing): void {
  const known = floor.metrics.get(event.metric.id);
  const before = (known?.versions ?? []).filter((one) => one.from < event.version.from);
  const metric: Metric = {
    ...event.metric,
    versions: [...before, event.version],
    retired: known?.retired ?? false,
  };
  floor.metrics.set(metric.id, metric);
  if (madeOf(event.version.definition).length === 0) floor.beginMetric(metric, event.seq);
  else for (const one of countedApart(floor)) countFiltered(floor, one, event.seq);
}

/** A board that is saved as it was, but for its name or order, is not counted again. */
function saveBoard(floor: Floor, board: BoardDefinition, seq: Seq): void {
  const was = floor.boards.get(board.id);
  floor.boards.set(board.id, board);
  const filter = ({ metric, where = [] }: BoardDefinition) => JSON.stringify([metric, where]);
  if (was === undefined || filter(was) !== filter(board)) dropFilter(floor, board.id);
  countFiltered(floor, board, seq);
}

/** A badge with conditions of its own has its metric counted by them. */
function saveAchievement(floor: Floor, badge: AchievementDefinition, seq: Seq): void {
  const was = floor.achievements.get(badge.id);
  floor.achievements.set(badge.id, badge);
  const filter = ({ rules, where = [] }: AchievementDefinition) =>
    JSON.stringify([rules.metric, where]);
  if (was === undefined || filter(was) !== filter(badge)) dropFilter(floor, badge.id);
  countFiltered(floor, { ...badge, metric: badge.rules.metric }, seq);
}

type Filtered = Pick<BoardDefinition, 'id' | 'metric' | 'where'>;

const countedApart = (floor: Floor): Filtered[] => [
  ...floor.boards.values(),
  ...[...floor.achievements.values()].map((one) => ({ ...one, metric: one.rules.metric })),
];

/** Begins to count what a filter needs and nothing counts yet. */
function countFiltered(floor: Floor, board: Filtered, seq: Seq): void {
  if (!hasFilter(board)) return;
  for (const base of floor.basesOf(board.metric)) {
    const counted = floor.measures.of(subjectOf(base.id, board.id)).length > 0;
    if (!counted) floor.beginSet(base, board.id, seq);
  }
}

function dropFilter(floor: Floor, board: string): void {
  for (const metric of floor.metrics.keys()) {
    for (const set of floor.measures.drop(subjectOf(metric, board))) floor.forget(set);
  }
}

/** Gives a person's credits to the team they belonged to, and to whom they are taken to be. */
function recredit(floor: Floor, seq: Seq, person: PersonId): Moves {
  const changes = [...floor.creditsFor(person)].flatMap((was) => {
    const now = floor.personOf(was.subject);
    const team = teamFor(floor, { ...was, person: now });
    if (now === was.person && team === was.team) return [];
    return [{ was, now: { ...was, person: now, team, seq } }];
  });
  for (const { was } of changes) floor.takeBack(was);
  for (const { now } of changes) floor.give(now);
  return { removed: changes.map(({ was }) => was), added: changes.map(({ now }) => now) };
}

function matched(floor: Floor, seq: Seq, subject: PersonId, person: PersonId | null): Moves {
  const before = floor.personOf(subject);
  if (person === null) floor.matches.delete(subject);
  else floor.matches.set(subject, person);
  floor.staffSeq = seq;
  return recredit(floor, seq, before);
}

/** A team hangs below another now: what it has counts for those above it from now on. */
function teamChanged(floor: Floor, seq: Seq, team: TeamId, parent: TeamId | null): Moves {
  floor.staffSeq = seq;
  if ((floor.teams.get(team)?.parent ?? null) !== parent) {
    const below = [...floor.creditsFor(EVERYBODY)].filter((credit) =>
      floor.lineOf(credit.team).includes(team),
    );
    for (const credit of below) floor.takeBack(credit);
    floor.teams.set(team, { parent });
    for (const credit of below) floor.give(credit);
    floor.rulesSeq = seq;
  } else {
    floor.teams.set(team, { parent });
  }
  return NO_MOVES;
}

/** A move is dated: what happened before it stays with the old team. */
function moved(
  before: PersonState | undefined,
  event: Extract<SettingsBody, { type: 'person.changed' }>,
): PersonState {
  const stays = event.since === null && before?.memberships.at(-1)?.team === event.team;
  if (before && stays) return { ...before, active: event.active };
  const from = event.since ?? BEGINNING;
  const others = (before?.memberships ?? []).filter((one) => one.from !== from);
  const joined = event.gone ? [] : [{ from, team: event.team }];
  const memberships = [...others, ...joined].sort((a, b) => a.from - b.from);
  return { memberships, active: event.active };
}
