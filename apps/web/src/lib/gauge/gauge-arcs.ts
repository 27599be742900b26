import { arc } from 'd3-shape';
import { scaleLinear } from 'd3-scale';

/**
 * The quota gauge as numbers and paths: a band from −120° to 120° for 0 to 125 % of the target.
 * Past the end the band rests at its stop and the figure carries the news.
 */
export const GAUGE = { width: 358, height: 210, x: 179, y: 140, inner: 104, outer: 124 } as const;

const ATTAINMENT_MAX = 1.25;
const TURN = (120 * Math.PI) / 180;
/** Closer than this the two labels would run into each other, so only pace keeps its own. */
const LABEL_APART = 0.12;
/** Beside the band there is room for a word, above it for a line. */
const BESIDE = 0.75;

export interface GaugeInput {
  /** Share of the target reached: 1 is on target. */
  readonly attainment: number;
  /** Share of the period's working time that is gone; `null` while it has no working days. */
  readonly expected: number | null;
}

/** A mark across the band and the place of its label. */
export interface GaugeTick {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly labelX: number;
  readonly labelY: number;
  /** Which end of the label touches the mark. */
  readonly side: 'left' | 'right';
  /** The label stands beside the band, so it is broken into two lines. */
  readonly stacked: boolean;
}

export interface GaugeArcs {
  readonly track: string;
  readonly reached: string;
  /** What is missing to pace; empty when ahead of it. */
  readonly missing: string;
  readonly pace: GaugeTick | null;
  readonly target: GaugeTick;
  readonly targetLabelled: boolean;
}

const angleOf = scaleLinear([0, ATTAINMENT_MAX], [-TURN, TURN]).clamp(true);
const band = arc<{ from: number; to: number }>()
  .innerRadius(GAUGE.inner)
  .outerRadius(GAUGE.outer)
  .startAngle((part) => angleOf(part.from))
  .endAngle((part) => angleOf(part.to));

const tenth = (value: number): number => Math.round(value * 10) / 10;

function path(from: number, to: number): string {
  return angleOf(to) > angleOf(from) ? (band({ from, to }) ?? '') : '';
}

function tick(share: number, inner: number, outer: number): GaugeTick {
  const angle = angleOf(share);
  const at = (radius: number) => ({
    x: tenth(GAUGE.x + radius * Math.sin(angle)),
    y: tenth(GAUGE.y - radius * Math.cos(angle)),
  });
  const [from, to, label] = [at(inner), at(outer), at(outer + 6)];
  return {
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
    labelX: label.x,
    labelY: label.y,
    side: angle < 0 ? 'left' : 'right',
    stacked: Math.abs(Math.sin(angle)) > BESIDE,
  };
}

export function gaugeArcs({ attainment, expected }: GaugeInput): GaugeArcs {
  return {
    track: path(0, ATTAINMENT_MAX),
    reached: path(0, Math.max(0, attainment)),
    missing: expected === null ? '' : path(Math.max(0, attainment), expected),
    pace: expected === null ? null : tick(expected, GAUGE.inner - 7, GAUGE.outer + 9),
    target: tick(1, GAUGE.inner - 5, GAUGE.outer + 5),
    targetLabelled: expected === null || Math.abs(expected - 1) > LABEL_APART,
  };
}
