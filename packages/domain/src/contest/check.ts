import { parseScaled } from '../decimal.ts';
import { definitionOf } from '../measure.ts';
import { unitOf, type Metric, type MetricId } from '../metric.ts';
import type { Instant, PersonId, TeamId } from '../types.ts';
import { checkPrizes } from './check-prizes.ts';
import { contestMetrics, type ContestDefinition, type ContestKindName } from './definition.ts';

/** Something that is wrong with rules, or worth a thought; the pointer leads into them. */
export interface ContestFinding {
  readonly code: string;
  /** One sentence that says what to do. */
  readonly detail: string;
  readonly pointer: string;
  /** What a sentence in another language needs. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What rules are judged by: what the organisation counts and who is there. */
export interface ContestContext {
  readonly metrics: Pick<ReadonlyMap<MetricId, Metric>, 'get'>;
  readonly people: ReadonlySet<PersonId>;
  readonly teams: ReadonlySet<TeamId>;
  readonly currency: string;
  readonly now: Instant;
}

/** Rules as far as they are written. */
export type ContestDraft = Partial<ContestDefinition> & { readonly id: string };

/** A contest lasts at least so long, and at most; milliseconds. */
const SHORTEST_MS = 5 * 60_000;
const LONGEST_MS = 400 * 86_400_000;
/** How long ago a contest may have begun when it is published. */
const PAST_MS = 31 * 86_400_000;
const DAY_MS = 86_400_000;

/** Kinds that follow single events, so that what they count has to add up from them. */
const ADDS_UP: ReadonlySet<ContestKindName> = new Set([
  'first_to',
  'tiers',
  'every',
  'collective',
  'power_hour',
  'raffle',
  'wheel',
  'streak',
  'relay',
  'pot',
]);

/** The parts without which a contest cannot be published, in the order of the wizard. */
export const CONTEST_PARTS = [
  'of',
  'scoring',
  'who',
  'from',
  'to',
  'graceHours',
  'rules',
  'ties',
  'prizes',
] as const;

/** The parts that a draft still lacks. */
export const missingParts = (draft: ContestDraft): readonly (typeof CONTEST_PARTS)[number][] =>
  CONTEST_PARTS.filter((part) => draft[part] === undefined);

export function isWholeContest(draft: ContestDraft): draft is ContestDefinition {
  return missingParts(draft).length === 0;
}

/** Everything that keeps rules from being published, as far as the rules alone tell. */
export function contestFaults(draft: ContestDraft, context: ContestContext): ContestFinding[] {
  const missing = missingParts(draft).map((part) =>
    finding('missing', `Say "${part}" before the contest is published.`, `/${part}`, { part }),
  );
  return [
    ...missing,
    ...windowFaults(draft, context.now),
    ...scoringFaults(draft, context),
    ...ruleFaults(draft, context),
    ...whoFaults(draft, context),
    ...checkPrizes(draft, context.currency),
  ];
}

export const finding = (
  code: string,
  detail: string,
  pointer: string,
  values?: ContestFinding['values'],
): ContestFinding =>
  values === undefined ? { code, detail, pointer } : { code, detail, pointer, values };

function windowFaults({ from, to, series, ties, graceHours }: ContestDraft, now: Instant) {
  const faults: ContestFinding[] = [];
  const add = (code: string, detail: string, pointer: string) =>
    faults.push(finding(code, detail, pointer));
  if (from !== undefined && to !== undefined) {
    if (to - from < SHORTEST_MS) add('too_short', 'Let it last at least five minutes.', '/to');
    if (to - from > LONGEST_MS) add('too_long', 'Let it last 400 days at most.', '/to');
  }
  if (to !== undefined && to <= now) add('over', 'Choose an end that is still to come.', '/to');
  if (from !== undefined && from < now - PAST_MS) {
    add('too_early', 'A contest may have begun 31 days ago at most.', '/from');
  }
  if (series !== undefined && to !== undefined && series.until <= to) {
    add('series_ends', 'Let the series go on after the first one ends.', '/series/until');
  }
  if (series !== undefined && from !== undefined && to !== undefined) {
    const most = { day: 1, week: 7, month: 31 }[series.every] * DAY_MS;
    if (to - from > most + DAY_MS / 24) {
      add('series_overlaps', 'One of a series has to end before the next begins.', '/series/every');
    }
  }
  if (ties === 'sudden_death' && graceHours === 0) {
    add('no_sudden_death', 'Sudden death needs hours of grace after the end.', '/graceHours');
  }
  return faults;
}

function scoringFaults({ scoring, rules }: ContestDraft, context: ContestContext) {
  const faults: ContestFinding[] = [];
  if (scoring === undefined) return faults;
  const check = (id: MetricId, pointer: string) => {
    const metric = context.metrics.get(id);
    if (!metric || metric.retired) {
      faults.push(finding('unknown_metric', 'Choose a metric that exists.', pointer));
    } else if (rules && ADDS_UP.has(rules.kind) && !addsUp(metric)) {
      const detail = 'This kind follows single events: choose a metric that counts or sums.';
      faults.push(finding('does_not_add_up', detail, pointer, { kind: rules.kind }));
    }
  };
  if ('metric' in scoring) check(scoring.metric, '/scoring/metric');
  else {
    scoring.points.forEach((one, index) => {
      const pointer = `/scoring/points/${index}`;
      check(one.metric, `${pointer}/metric`);
      if (isZero(one.weight)) {
        faults.push(finding('zero', 'Give at least some points.', `${pointer}/weight`));
      }
    });
  }
  return faults;
}

/** Whether a metric is the sum of what single events bring. */
export function addsUp(metric: Metric): boolean {
  const { kind } = definitionOf(metric);
  return kind === 'sum' || kind === 'count';
}

function ruleFaults({ rules, of, scoring, from, to }: ContestDraft, context: ContestContext) {
  const faults: ContestFinding[] = [];
  if (rules === undefined) return faults;
  const add = (code: string, detail: string, pointer: string) =>
    faults.push(finding(code, detail, `/rules/${pointer}`));
  const decimals = scoring === undefined ? 6 : scaleOf(scoring, context);
  for (const [key, text] of numbersIn(rules)) {
    const parsed = parseScaled(text, decimals);
    if (!parsed.ok) add(parsed.fault.code, parsed.fault.detail, key);
    else if (parsed.value <= 0n) add('zero', 'Choose a number above zero.', key);
  }
  if (rules.kind === 'tiers') {
    const steps = rules.steps.map((step) => parseScaled(step, 12));
    const rising = steps.every((step, index) => {
      const before = steps[index - 1];
      return !step.ok || !before?.ok || step.value > before.value;
    });
    if (!rising) add('not_rising', 'Let each step be higher than the one before.', 'steps');
  }
  if (rules.kind === 'bingo' && rules.cells.length !== rules.size ** 2) {
    add('cells', `A card of ${rules.size} needs ${rules.size ** 2} cells.`, 'cells');
  }
  if (rules.kind === 'bingo') {
    rules.cells.forEach((cell, index) => {
      if (context.metrics.get(cell.metric)) return;
      add('unknown_metric', 'Choose a metric that exists.', `cells/${index}/metric`);
    });
  }
  if (rules.kind === 'power_hour') {
    rules.hours.forEach((span, index) => {
      if (span.to > span.from) return;
      add('backwards', 'Let the hour end after it begins.', `hours/${index}/to`);
    });
  }
  if ('rounds' in rules && from !== undefined && to !== undefined) {
    const days = Math.floor((to - from) / DAY_MS);
    if (rules.rounds > Math.max(1, days)) {
      add('too_many_rounds', 'A round lasts a day at least: have fewer rounds.', 'rounds');
    }
  }
  faults.push(...sideFaults(rules.kind, of));
  return faults;
}

/** Whether the kind fits who competes. */
function sideFaults(kind: ContestKindName, of: ContestDraft['of']): ContestFinding[] {
  if (of === undefined) return [];
  if (kind === 'relay' && of !== 'squads') {
    return [finding('needs_squads', 'A relay is run by squads: make some.', '/of')];
  }
  if (kind === 'teams' && of === 'people') {
    return [finding('needs_teams', 'Team against team needs teams or squads.', '/of')];
  }
  return [];
}

/** The decimals in rules, with where they stand. */
function numbersIn(rules: NonNullable<ContestDraft['rules']>): [string, string][] {
  switch (rules.kind) {
    case 'first_to':
    case 'all_who_reach':
    case 'collective':
      return [['goal', rules.goal]];
    case 'tiers':
      return rules.steps.map((step, index) => [`steps/${index}`, step]);
    case 'every':
      return [['step', rules.step]];
    case 'raffle':
      return [['ticket', rules.ticket]];
    case 'streak':
      return [['daily', rules.daily]];
    case 'relay':
      return [['leg', rules.leg]];
    default:
      return [];
  }
}

/** The decimals that fit what is scored. */
function scaleOf(
  scoring: NonNullable<ContestDraft['scoring']>,
  { metrics, currency }: ContestContext,
): number {
  const metric = 'metric' in scoring ? metrics.get(scoring.metric) : undefined;
  return metric ? unitOf(metric, currency).scale : 6;
}

function whoFaults({ who, of, rules }: ContestDraft, { people, teams }: ContestContext) {
  const faults: ContestFinding[] = [];
  if (who === undefined) return faults;
  const known = (ids: readonly string[] | undefined, all: ReadonlySet<string>, key: string) =>
    ids?.forEach((id, index) => {
      if (all.has(id)) return;
      faults.push(finding('unknown', 'This one is not there (any more).', `/who/${key}/${index}`));
    });
  known(who.teams, teams, 'teams');
  known(who.people, people, 'people');
  known(who.except, people, 'except');
  who.squads?.forEach((squad, index) => known(squad.members, people, `squads/${index}/members`));
  const members = who.squads?.flatMap((squad) => squad.members) ?? [];
  if (new Set(members).size < members.length) {
    faults.push(finding('twice', 'Somebody is in two squads. Leave them in one.', '/who/squads'));
  }
  if (of === 'squads' && (who.squads?.length ?? 0) < 2) {
    faults.push(finding('needs_squads', 'Make two squads at least.', '/who/squads'));
  }
  if (who.minDays !== undefined && who.maxDays !== undefined && who.minDays > who.maxDays) {
    const detail = 'Nobody has been here longer than they have been here: swap the two.';
    faults.push(finding('nobody', detail, '/who/minDays'));
  }
  if (rules?.kind === 'duel' && of === 'people' && who.people?.length !== 2) {
    faults.push(finding('two', 'A duel is between two: choose both.', '/who/people'));
  }
  if (rules?.kind === 'bracket' && rules.seeding === 'hand' && of === 'people' && !who.people) {
    faults.push(finding('no_order', 'Choose people in the order of their seeds.', '/who/people'));
  }
  return faults;
}

function isZero(text: string): boolean {
  const parsed = parseScaled(text, 12);
  return parsed.ok && parsed.value === 0n;
}

/** Contests that count one of the same metrics in some of the same time. */
export function clashing(
  draft: ContestDraft,
  others: readonly ContestDefinition[],
): readonly ContestDefinition[] {
  const { scoring, from, to } = draft;
  if (scoring === undefined || from === undefined || to === undefined) return [];
  const rules = draft.rules ?? { kind: 'highest' as const };
  const mine = new Set(contestMetrics({ scoring, rules }));
  return others.filter(
    (one) =>
      one.id !== draft.id &&
      one.from < to &&
      one.to > from &&
      contestMetrics(one).some((metric) => mine.has(metric)),
  );
}
