import type {
  AchievementKindName,
  BadgeIcon,
  BadgeLevel,
  BadgeWindow,
  Condition,
  MetricId,
  TeamId,
} from '@ovation/domain';
import type { AchievementBody } from '@ovation/protocol';
import { typedNumber } from '../desk/typed-number.ts';
import { condition, type ConditionDraft, type FaultKey } from '../metrics/definition-draft.ts';

/** One step while it is written. */
export interface StepDraft {
  readonly at: string;
  readonly points: string;
}

/** A badge while it is made; what its kind does not ask for is kept aside. */
export interface AchievementDraft {
  readonly icon: BadgeIcon;
  readonly kind: AchievementKindName;
  readonly metric: MetricId;
  readonly window: BadgeWindow;
  readonly of: 'own' | 'everybody';
  readonly after: string;
  readonly daily: string;
  readonly freeze: string;
  /** `HH:MM`. */
  readonly from: string;
  readonly to: string;
  readonly teams: readonly TeamId[];
  readonly where: readonly ConditionDraft[];
  readonly levels: 'one' | 'three';
  /** Three, of which the first may be the only one. */
  readonly steps: readonly StepDraft[];
  readonly repeat: 'once' | 'window';
  readonly paused: boolean;
  readonly since: string | undefined;
}

export const NEW_ACHIEVEMENT: AchievementDraft = {
  icon: 'star',
  kind: 'sum',
  metric: 'deals',
  window: 'month',
  of: 'own',
  after: '3',
  daily: '1',
  freeze: '0',
  from: '00:00',
  to: '09:00',
  teams: [],
  where: [],
  levels: 'one',
  steps: [
    { at: '5', points: '20' },
    { at: '10', points: '40' },
    { at: '20', points: '80' },
  ],
  repeat: 'window',
  paused: false,
  since: undefined,
};

/** A record and a first are there or not. */
export const hasSteps = (kind: AchievementKindName): boolean =>
  kind !== 'record' && kind !== 'first';

/** A badge as something to write on. */
export function achievementDraft(body: AchievementBody): AchievementDraft {
  const { rules, steps } = body;
  const base = NEW_ACHIEVEMENT;
  return {
    ...base,
    icon: body.icon,
    kind: rules.kind,
    metric: rules.metric,
    window: 'window' in rules ? rules.window : base.window,
    of: 'of' in rules ? rules.of : base.of,
    after: 'after' in rules ? String(rules.after) : base.after,
    daily: 'daily' in rules ? rules.daily : base.daily,
    freeze: 'freeze' in rules ? String(rules.freeze) : base.freeze,
    from: 'hours' in rules ? clockOf(rules.hours.from) : base.from,
    to: 'hours' in rules ? clockOf(rules.hours.to) : base.to,
    teams: ('teams' in rules && rules.teams) || [],
    where: (body.where ?? []).flatMap(({ field, is, isNot, atLeast, atMost }) => [
      ...(is ? [{ field, op: 'is' as const, values: is, bound: '' }] : []),
      ...(isNot ? [{ field, op: 'isNot' as const, values: isNot, bound: '' }] : []),
      ...(atLeast ? [{ field, op: 'atLeast' as const, values: [], bound: atLeast }] : []),
      ...(atMost ? [{ field, op: 'atMost' as const, values: [], bound: atMost }] : []),
    ]),
    levels: steps.length > 1 ? 'three' : 'one',
    steps: base.steps.map((usual, index) => {
      const step = steps[index];
      return step ? { at: step.at, points: String(step.points) } : usual;
    }),
    repeat: body.repeat,
    paused: body.paused ?? false,
    since: body.since,
  };
}

export type AchievementFaults = Readonly<Record<string, FaultKey>>;

/** The badge that was written, or what it still lacks. */
export function achievementBody(
  draft: AchievementDraft,
): { ok: true; body: AchievementBody } | { ok: false; faults: AchievementFaults } {
  const faults: Record<string, FaultKey> = {};
  const number = (text: string, at: string): string => {
    const typed = typedNumber(text);
    if (typed === null || typed === '' || typed.startsWith('-')) faults[at] = 'needNumber';
    return typed ?? '';
  };
  const whole = (text: string, at: string): number => {
    const typed = Number(number(text, at));
    if (!Number.isInteger(typed)) faults[at] = 'needNumber';
    return typed;
  };
  const where: Condition[] = draft.where.map((one, n) =>
    condition(one, `badge.where.${n}`, faults),
  );
  const rules = rulesOf(draft, { number, whole });
  const levels: readonly BadgeLevel[] =
    hasSteps(draft.kind) && draft.levels === 'three' ? ['bronze', 'silver', 'gold'] : ['plain'];
  const steps = levels.map((level, n) => ({
    level,
    at: hasSteps(draft.kind) ? number(draft.steps[n]!.at, `steps.${n}.at`) : '1',
    points: whole(draft.steps[n]!.points, `steps.${n}.points`),
  }));
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const body = {
    icon: draft.icon,
    rules,
    ...(where.length > 0 ? { where } : {}),
    steps,
    repeat: draft.repeat,
    ...(draft.paused ? { paused: true } : {}),
    ...(draft.since === undefined ? {} : { since: draft.since }),
  };
  return { ok: true, body: body as AchievementBody };
}

interface Read {
  number(text: string, at: string): string;
  whole(text: string, at: string): number;
}

function rulesOf(draft: AchievementDraft, read: Read): AchievementBody['rules'] {
  const { kind, metric, window } = draft;
  switch (kind) {
    case 'record':
      return { kind, metric, window, after: read.whole(draft.after, 'after') };
    case 'first':
      return { kind, metric, window: draft.of === 'own' ? 'all' : window, of: draft.of };
    case 'streak':
      return {
        kind,
        metric,
        daily: read.number(draft.daily, 'daily'),
        freeze: read.whole(draft.freeze, 'freeze'),
      };
    case 'time':
      return { kind, metric, window, hours: { from: minuteOf(draft.from), to: untilOf(draft.to) } };
    case 'team':
      return {
        kind,
        metric,
        window,
        ...(draft.teams.length > 0 ? { teams: [...draft.teams] } : {}),
      };
    default:
      return { kind, metric, window };
  }
}

const DAY_MINUTES = 1_440;
const two = (value: number): string => String(value).padStart(2, '0');
const clockOf = (minute: number): string =>
  `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;

function minuteOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Midnight at the end is the end of the day. */
const untilOf = (clock: string): number => minuteOf(clock) || DAY_MINUTES;
