import type { Instant, WorkDay } from '@ovation/domain';
import { curveLinear, curveStepAfter, line } from 'd3-shape';
import type { DayTotal } from './recent-days.ts';

/** Room of the lines in the units of the chart; labels stand around it. */
export const PLOT = { left: 60, right: 800, top: 16.8, bottom: 310 } as const;
const HALF_DAY_MS = 43_200_000;
/** The label of the pace stands where the won line leaves room: early behind it, late before it. */
const LATE = 0.6;
const LABEL_LATE = 0.35;
const LABEL_EARLY = 0.75;

export interface PaceChartInput {
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly days: readonly DayTotal[];
  readonly workDays: readonly WorkDay[];
  readonly total: number;
  readonly target: number | null;
}

type Point = readonly [x: number, y: number];

export interface PaceChart {
  readonly won: string;
  /** Empty without a target. */
  readonly pace: string;
  readonly today: number;
  readonly totalY: number;
  readonly targetY: number | null;
  /** A point of the pace line with room for its label. */
  readonly label: Point | null;
  /** Whether the label stands above the line: the won line runs under it, or not yet there. */
  readonly above: boolean;
}

/** Cumulative days as steps against the pace line, which rests on nights and holidays. */
export function paceChart(input: PaceChartInput): PaceChart {
  const { from, to, now, total, target } = input;
  const most = Math.max(total, target ?? 0, 1);
  const x = along([from, to], [PLOT.left, PLOT.right]);
  const y = along([0, most], [PLOT.bottom, PLOT.top]);
  const place = ([at, value]: Point): [number, number] => [round(x(at)), round(y(value))];
  const paced = target === null ? [] : pacePoints(input, target);
  const won = wonPoints(input);
  const pace = paced.map(place);
  const late = (now - from) / (to - from) > LATE;
  const at = Math.floor(pace.length * (late ? LABEL_LATE : LABEL_EARLY));
  const draw = line<[number, number]>();
  return {
    won: draw.curve(curveStepAfter)(won.map(place)) ?? '',
    pace: pace.length > 0 ? (draw.curve(curveLinear)(pace) ?? '') : '',
    today: round(x(now)),
    totalY: round(y(total)),
    targetY: target === null ? null : round(y(target)),
    label: pace[at] ?? null,
    above: !late || (paced[at] !== undefined && wonBy(won, paced[at][0]) < paced[at][1]),
  };
}

function wonPoints({ from, now, days, total }: PaceChartInput): Point[] {
  let sum = 0;
  const steps = days
    .filter(([midnight]) => midnight <= now)
    .map(([midnight, amount]): Point => [
      Math.min(now, Math.max(from, midnight + HALF_DAY_MS)),
      (sum += Number(amount)),
    ]);
  return [[from, 0], ...steps, [now, total]];
}

const wonBy = (won: readonly Point[], at: Instant): number =>
  won.reduce((sum, [when, value]) => (when <= at ? value : sum), 0);

function pacePoints({ from, to, workDays }: PaceChartInput, target: number): Point[] {
  const all = workDays.reduce((sum, day) => sum + day.weight, 0);
  if (all === 0) return [];
  let sum = 0;
  const points = workDays.flatMap((day): Point[] => {
    const before = sum;
    sum += day.weight;
    return [
      [day.from, (before / all) * target],
      [day.to, (sum / all) * target],
    ];
  });
  return [[from, 0], ...points, [to, target]];
}

/** A clamped straight scale; the one of d3 would bring its formats along. */
const along =
  ([from, to]: Point, [start, end]: Point) =>
  (value: number): number =>
    start + (end - start) * Math.min(1, Math.max(0, (value - from) / (to - from || 1)));

const round = (value: number): number => Math.round(value * 10) / 10;
