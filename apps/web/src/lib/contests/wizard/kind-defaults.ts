import type { ContestKindName } from '@ovation/domain';
import type { ContestDraftBody } from '@ovation/protocol';

type Rules = NonNullable<ContestDraftBody['rules']>;

/** Every kind, the usual ones first, with what its rules begin with. */
const DEFAULTS: { readonly [K in ContestKindName]: Extract<Rules, { kind: K }> } = {
  highest: { kind: 'highest' },
  first_to: { kind: 'first_to', goal: '10' },
  all_who_reach: { kind: 'all_who_reach', goal: '10' },
  most_improved: { kind: 'most_improved', windows: 4, by: 'percent' },
  tiers: { kind: 'tiers', steps: ['5', '10', '15'] },
  every: { kind: 'every', step: '5' },
  percent_of_target: { kind: 'percent_of_target', period: 'month' },
  teams: { kind: 'teams', by: 'average' },
  collective: { kind: 'collective', goal: '100' },
  power_hour: { kind: 'power_hour', hours: [{ from: 600, to: 660 }] },
  duel: { kind: 'duel' },
  bracket: { kind: 'bracket', seeding: 'history', thirdPlace: true },
  league: { kind: 'league', divisions: 2, rounds: 3, move: 1, seeding: 'history' },
  elimination: { kind: 'elimination', rounds: 4, out: 1, left: 1 },
  raffle: { kind: 'raffle', ticket: '5', most: 20 },
  wheel: {
    kind: 'wheel',
    faces: [
      { factor: '1', weight: 6 },
      { factor: '2', weight: 3 },
      { factor: '5', weight: 1 },
    ],
  },
  bingo: {
    kind: 'bingo',
    size: 3,
    cells: Array.from({ length: 9 }, (_, index) => ({
      metric: index % 2 === 0 ? 'activities' : 'deals',
      goal: String(1 + Math.floor(index / 2)),
    })),
    win: 'most_lines',
  },
  streak: { kind: 'streak', daily: '5' },
  relay: { kind: 'relay', leg: '20' },
  pot: { kind: 'pot', start: '100', per: '1' },
};

export const ALL_KINDS = Object.keys(DEFAULTS) as readonly ContestKindName[];
/** What is shown before somebody asks for more. */
export const USUAL_KINDS = 4;

/** What a kind's rules begin with. */
export const defaultRules = (kind: ContestKindName): Rules => structuredClone(DEFAULTS[kind]);

/** `10:00-11:00, 16:00-17:30` as minutes of the day; `null` when it cannot be read. */
export function hoursFrom(text: string): { from: number; to: number }[] | null {
  const spans = text
    .split(/[,،]/)
    .map((part) => /^\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*$/.exec(part));
  if (spans.some((span) => span === null)) return null;
  return spans.map((span) => {
    const [fromHour, fromMinute, toHour, toMinute] = span!.slice(1).map(Number) as number[];
    return { from: fromHour! * 60 + fromMinute!, to: toHour! * 60 + toMinute! };
  });
}

export function hoursText(hours: readonly { from: number; to: number }[]): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return hours.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(', ');
}

/** `1×6, 2×3` as faces of a wheel; `null` when it cannot be read. */
export function facesFrom(text: string): { factor: string; weight: number }[] | null {
  const faces = text
    .split(/[,،]/)
    .map((part) => /^\s*(\d+(?:\.\d+)?)\s*[×x*]\s*(\d+)\s*$/.exec(part));
  if (faces.length < 2 || faces.some((face) => face === null)) return null;
  return faces.map((face) => ({ factor: face![1]!, weight: Number(face![2]) }));
}

export const facesText = (faces: readonly { factor: string; weight: number }[]): string =>
  faces.map(({ factor, weight }) => `${factor}×${weight}`).join(', ');

/** `5, 10, 15` as decimals; `null` when one of them is none. */
export function listFrom(text: string): string[] | null {
  const parts = text.split(/[,،]/).map((part) => part.trim());
  return parts.every((part) => /^\d+(\.\d+)?$/.test(part)) ? parts : null;
}
