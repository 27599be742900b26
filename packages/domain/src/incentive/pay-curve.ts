import type { Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import type { Fault } from '../result.ts';
import { guarded, openBook, type Refused } from './calculate.ts';
import type { PlanComponent, PlanCondition } from './definition.ts';
import { constantsOf } from './condition.ts';
import { exact, isDecimal, moneyOf, times } from './exact.ts';
import type { IncentiveBook } from './book.ts';
import type { PayeeResult } from './result.ts';
import {
  supposedExponent,
  supposedFacts,
  supposedInput,
  SUPPOSED_DEALS_MAX,
  SUPPOSED_PERSON,
  supposedTarget,
  type Supposed,
} from './supposed.ts';

/** A place on the curve: so much of the measure earns so much, both in their smallest steps. */
export interface CurvePoint {
  readonly moves: bigint;
  readonly earnedMinor: bigint;
  /** A cap cut what is earned here. */
  readonly capped: boolean;
}
/** A place where the last step of the measure brings far more than a step is worth. */
export interface CurveCliff {
  readonly moves: bigint;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
}
export interface PayCurve {
  readonly currency: string;
  /** Digits of the minor unit of pay, and of the steps of the measure. */
  readonly exponent: number;
  readonly stepExponent: number;
  /** 100 %, in steps of the measure. */
  readonly target: bigint;
  /** By `moves`, rising; both sides of each cliff. */
  readonly points: readonly CurvePoint[];
  readonly cliffs: readonly CurveCliff[];
}

/** The picture goes this far, or past the last edge of the rules; percent. */
const UNTIL = 160n;
const UNTIL_MAX = 400n;
/** More than one step of money can bring at any rate that is meant; minor units. */
const CLIFF_MIN = 20n;

/**
 * What a supposed person earns along a measure, by the engine that pays: at every percent of the
 * target, at each edge of the rules and one step before it. Refused where the rules cannot be
 * worked out, with `no_target` where there is nothing to measure by.
 */
export function payCurve(asked: Supposed, until: bigint = UNTIL): Refused<PayCurve> {
  const target = supposedTarget(asked);
  if (target === null) return { ok: false, fault: [NO_TARGET] };
  const opened = openBook(supposedInput(asked));
  if (!opened.ok) return opened;
  return guarded(() => {
    const { definition, measure } = asked;
    const stepExponent = supposedExponent(definition, measure);
    const edges = edgesOf(asked, target);
    const pointAt = (moves: bigint) => earnedAt(opened.value, asked, moves);
    const points = placesOf(target, edges, until, stepExponent > 0).map(pointAt);
    const cliffs = stepExponent > 0 ? cliffsOf(points, new Set(edges)) : [];
    const { currency } = definition;
    const exponent = currencyExponent(currency) ?? 2;
    return { currency, exponent, stepExponent, target, points, cliffs };
  });
}

const NO_TARGET: Fault = {
  code: 'no_target',
  detail: 'Give a target above zero to measure by.',
  pointer: '/target',
};

function earnedAt(book: IncentiveBook, asked: Supposed, moves: bigint): CurvePoint {
  const facts = moves === 0n ? [] : supposedFacts(asked, moves);
  book.add(facts);
  try {
    const { periods } = book.payee(SUPPOSED_PERSON) as PayeeResult;
    const earnedMinor = periods.reduce((sum, period) => sum + period.earnedMinor, 0n);
    const capped = periods.some(({ figures }) =>
      figures.some(({ shapes }) => shapes.some(({ trace }) => trace.kind === 'cap' && trace.hit)),
    );
    return { moves, earnedMinor, capped };
  } finally {
    book.drop(facts);
  }
}

/** Every percent, each edge and the step before it; of counts, what so many deals can show. */
function placesOf(target: bigint, edges: readonly bigint[], until: bigint, money: boolean) {
  const last = edges.reduce((most, edge) => (edge > most ? edge : most), 0n);
  const past = (last * 100n * 11n) / (target * 10n);
  const percent = past > until ? (past > UNTIL_MAX ? UNTIL_MAX : past) : until;
  const places = new Set<bigint>([0n]);
  for (let at = 1n; at <= percent; at += 1n) places.add((target * at) / 100n);
  const end = (target * percent) / 100n;
  for (const edge of edges) {
    if (edge <= 0n || edge > end) continue;
    places.add(edge);
    if (money) places.add(edge - 1n);
  }
  const most = money ? end : BigInt(SUPPOSED_DEALS_MAX);
  return [...places].filter((one) => one <= most).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function cliffsOf(points: readonly CurvePoint[], edges: ReadonlySet<bigint>): CurveCliff[] {
  return points.flatMap(({ moves, earnedMinor: afterMinor }, index) => {
    const before = points[index - 1];
    if (!before || !edges.has(moves) || before.moves !== moves - 1n) return [];
    const jump = afterMinor - before.earnedMinor;
    const size = jump < 0n ? -jump : jump;
    return size < CLIFF_MIN ? [] : [{ moves, beforeMinor: before.earnedMinor, afterMinor }];
  });
}

/** Where rules change along the measure, in its steps, rounded up to the first that is there. */
function edgesOf({ definition, measure }: Supposed, target: bigint): bigint[] {
  const exponent = supposedExponent(definition, measure);
  const attained = (text: string) => times(exact(text), { n: target, d: 1n });
  const found = definition.components.flatMap((component): Ratio[] =>
    edgeTexts(component).flatMap(({ text, position }) => {
      if (!isDecimal(text)) return [];
      return [position === 'attainment' ? attained(text) : moneyOf(text, exponent)];
    }),
  );
  return [...new Set(found.map(({ n, d }) => (n + d - 1n) / d))];
}

interface EdgeText {
  readonly text: string;
  readonly position: 'amount' | 'attainment';
}

function edgeTexts(component: PlanComponent): EdgeText[] {
  const at = (texts: readonly string[], position: EdgeText['position'] = 'amount') =>
    texts.map((text) => ({ text, position }));
  switch (component.kind) {
    case 'tiers':
      return at(
        component.bands.map(({ from }) => from),
        component.position,
      );
    case 'curve':
      return at(
        component.points.map((point) => point.at),
        component.position,
      );
    case 'milestone':
      return at(
        component.steps.map((step) => step.at),
        component.position,
      );
    case 'matrix':
      return [component.rows, component.columns].flatMap((axis) => at(axis.from, axis.position));
    case 'weighted_objectives':
      return component.objectives.flatMap(({ threshold = '0', most = '1' }) =>
        at([threshold, most], 'attainment'),
      );
    case 'gate':
      return conditionEdges(component.when);
    case 'modifier':
      return [
        ...(component.when ? conditionEdges(component.when) : []),
        ...at(
          (component.bands ?? []).map(({ from }) => from),
          component.position,
        ),
      ];
    default:
      return [];
  }
}

/** Constants of comparisons, of which it is not looked at what they compare: both are tried. */
const conditionEdges = (condition: PlanCondition): EdgeText[] =>
  constantsOf(condition).flatMap((text) => [
    { text, position: 'amount' as const },
    { text, position: 'attainment' as const },
  ]);
