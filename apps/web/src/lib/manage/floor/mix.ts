import { ACTIVITY_CLASSES, type ActivityClass } from '@ovation/domain';
import type { FloorEventAnswer, FloorPersonAnswer } from '@ovation/protocol';

export type Mix = FloorPersonAnswer['mix'];

export const mixTotal = (mix: Mix): number =>
  ACTIVITY_CLASSES.reduce((sum, one) => sum + mix[one], 0);

const NO_MIX: Mix = { 'deal-making': 0, sourcing: 0, relationship: 0 };

type Known = Pick<FloorPersonAnswer, 'mix' | 'last'>;

/** What a team's people have together. */
export function mixOf(people: readonly (Known | undefined)[]): Mix {
  const sum: Record<ActivityClass, number> = { ...NO_MIX };
  for (const one of people) {
    for (const name of ACTIVITY_CLASSES) sum[name] += one?.mix[name] ?? 0;
  }
  return sum;
}

/** The newest event of some people. */
export function newestOf(people: readonly (Known | undefined)[]): FloorEventAnswer | null {
  const events = people.flatMap((one) => one?.last ?? []);
  return events.reduce<FloorEventAnswer | null>(
    (newest, one) => (newest === null || Date.parse(one.at) > Date.parse(newest.at) ? one : newest),
    null,
  );
}

/** Room of the bar's parts: nothing takes none, and a little can still be seen. */
const LEAST_PERCENT = 6;

export function mixWidths(mix: Mix): { readonly name: ActivityClass; readonly percent: number }[] {
  const total = mixTotal(mix);
  if (total === 0) return [];
  return ACTIVITY_CLASSES.filter((name) => mix[name] > 0).map((name) => ({
    name,
    percent: Math.max(LEAST_PERCENT, (mix[name] / total) * 100),
  }));
}
