import {
  formatScaled,
  payCurve,
  quotaName,
  summedMeasures,
  type IncentiveInput,
  type PayCurve,
  type PlanDefinition,
} from '@ovation/domain';
import type { TargetsAnswer } from '@ovation/protocol';
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Frame } from '../chart/chart-maths.ts';

/** What moves along the bottom: a measure by its id; empty for what a team sells. */
export type Along = string;

/** What the curve can go along: sums, and the team's sales where somebody is paid on them. */
export function alongsOf(rules: PlanDefinition): readonly Along[] {
  const team = rules.components.some(({ kind }) => kind === 'override');
  return [...summedMeasures(rules).map(({ id }) => id), ...(team ? [''] : [])];
}

/** The measure that pays most visibly: by attainment, else the first that something goes by. */
export function mainAlong(rules: PlanDefinition): Along {
  const alongs = alongsOf(rules);
  const read = rules.components.flatMap((one) => ('measure' in one ? [one] : []));
  const attained = read.find((one) => 'position' in one && one.position === 'attainment');
  const wanted = [attained, ...read].map((one) => one?.measure ?? '');
  return wanted.find((id) => id !== '' && alongs.includes(id)) ?? alongs[0] ?? '';
}

/** Targets by their names that are asked for, the one of the measure itself first. */
export function asksTargets(rules: PlanDefinition, along: Along): readonly string[] {
  const own = rules.measures.find(({ id }) => id === along);
  const others = rules.measures.flatMap(({ quota }) => (quota === undefined ? [] : [quota]));
  return [...new Set([own ? quotaName(own) : '', ...others])];
}

/** Whether pay follows a target incentive that the rules do not say themselves. */
export const asksIncentive = ({ components }: PlanDefinition): boolean =>
  components.some(
    (one) =>
      (one.kind === 'weighted_objectives' ||
        (one.kind === 'curve' && one.pays === 'share_of_target')) &&
      one.target === undefined,
  );

/** The middle one of people's targets; `null` where nobody has one. */
export function middleTarget({ targets }: Pick<TargetsAnswer, 'targets'>): string | null {
  const own = targets.flatMap(({ scope, value }) => (scope === 'person' ? [value] : []));
  own.sort((a, b) => Number(a) - Number(b));
  return own[Math.floor(own.length / 2)] ?? null;
}

export interface CurveAsked {
  readonly along: Along;
  readonly targets: Readonly<Record<string, string>>;
  readonly targetIncentive?: string | undefined;
  readonly on: string;
  readonly calendar?: IncentiveInput['calendar'];
}

/** The curve of rules; `null` while they cannot be worked out. */
export function curveOf(rules: PlanDefinition, asked: CurveAsked): PayCurve | null {
  const { along, targets, ...rest } = asked;
  const measure = along === '' ? null : along;
  // Rules that came by the API may lack what the engine takes for granted.
  try {
    const made = payCurve({ definition: rules, measure, targets, ...rest });
    return made.ok ? made.value : null;
  } catch {
    return null;
  }
}

/** A place where the curve can be read: a whole percent of the target. */
export interface Reading {
  readonly percent: number;
  /** So much of the measure, and what it earns: decimals; `before` by the rules of now. */
  readonly sold: string;
  readonly pays: string;
  readonly before: string | null;
}

const textOf = (curve: PayCurve, minor: bigint): string =>
  formatScaled(minor, curve.exponent, curve.exponent);

export function readingsOf(draft: PayCurve, before: PayCurve | null): readonly Reading[] {
  const earned = new Map(before?.points.map((one) => [one.moves, one.earnedMinor]));
  const { target, stepExponent } = draft;
  return draft.points.flatMap(({ moves, earnedMinor }) => {
    const percent = (moves * 100n) / target;
    if (stepExponent > 0 && (target * percent) / 100n !== moves) return [];
    const was = earned.get(moves);
    return [
      {
        percent: Number(percent),
        sold: formatScaled(moves, stepExponent, stepExponent),
        pays: textOf(draft, earnedMinor),
        before: before && was !== undefined ? textOf(before, was) : null,
      },
    ];
  });
}

/** A jump of pay, where it is and how much it is; decimals. */
export interface CliffMark {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly percent: string;
  readonly jump: string;
}

export interface CurveDrawn {
  readonly draft: string;
  readonly before: string | null;
  readonly cliffs: readonly CliffMark[];
  readonly xTicks: readonly { readonly percent: number; readonly x: number }[];
  readonly yTicks: readonly { readonly value: string; readonly y: number }[];
  readonly x: (percent: number) => number;
  readonly y: (value: string) => number;
  /** Where a cap begins to cut, to the end of the picture; decimals. */
  readonly cap: { readonly x: number; readonly y: number; readonly pays: string } | null;
}

const TICKS = 4;
/** Percent stand so far apart, or further where there is less room. */
const FINE = 20;
const COARSE = 50;
const LABEL_PX = 42;

/** The geometry of a curve and of what it is compared with, in one frame. */
export function drawnCurve(draft: PayCurve, before: PayCurve | null, frame: Frame): CurveDrawn {
  const curves = before ? [draft, before] : [draft];
  const percentOf = ({ target }: PayCurve, moves: bigint) =>
    Number((moves * 1_000_000n) / target) / 10_000;
  const amountOf = (curve: PayCurve, minor: bigint) => Number(textOf(curve, minor));
  const last = max(curves, (curve) => percentOf(curve, curve.points.at(-1)!.moves)) ?? 1;
  const x = scaleLinear([0, last], [frame.left, frame.width - frame.right]);
  const highest = max(curves.flatMap((one) => one.points.map((p) => amountOf(one, p.earnedMinor))));
  const y = scaleLinear([0, highest || 1], [frame.height - frame.bottom, frame.top]).nice(TICKS);
  const pathOf = (curve: PayCurve) =>
    line<PayCurve['points'][number]>()
      .x(({ moves }) => x(percentOf(curve, moves)))
      .y(({ earnedMinor }) => y(amountOf(curve, earnedMinor)))([...curve.points]) ?? '';
  const top = draft.points.at(-1)!;
  const room = x(FINE) - x(0);
  const step = room < LABEL_PX ? COARSE : FINE;
  const xTicks = Array.from({ length: Math.floor(last / step) + 1 }, (_, n) => n * step);
  return {
    draft: pathOf(draft),
    before: before && pathOf(before),
    cliffs: draft.cliffs.map(({ moves, beforeMinor, afterMinor }) => ({
      x: x(percentOf(draft, moves)),
      from: y(amountOf(draft, beforeMinor)),
      to: y(amountOf(draft, afterMinor)),
      percent: String(percentOf(draft, moves)),
      jump: textOf(draft, afterMinor - beforeMinor),
    })),
    xTicks: xTicks.map((percent) => ({ percent, x: x(percent) })),
    yTicks: y.ticks(TICKS).map((value) => ({ value: value.toFixed(draft.exponent), y: y(value) })),
    x,
    y: (value) => y(Number(value)),
    cap: top.capped
      ? {
          ...{ x: frame.width - frame.right, y: y(amountOf(draft, top.earnedMinor)) },
          pays: textOf(draft, top.earnedMinor),
        }
      : null,
  };
}

/** A decimal in its smallest steps; what is finer than they are is cut off. */
export function minorOf(text: string, places: number): bigint {
  const [whole = '0', tail = ''] = text.split('.');
  return BigInt(`${whole}${tail.slice(0, places).padEnd(places, '0')}`);
}
