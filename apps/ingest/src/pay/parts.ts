import type { Figure, LedgerDelta, PayeeResult } from '@ovation/domain';
import type { PayPart } from '@ovation/protocol';
import type { PayEntryRow } from '@ovation/store';
import { basisOf, componentOf, rulesOf } from './basis.ts';
import type { LivePayBook } from './live.ts';
import type { PayNames } from './names.ts';
import { BESIDE } from './settle.ts';
import { moneyText } from './wire.ts';

interface Asked {
  readonly book: LivePayBook;
  readonly names: PayNames;
  readonly payee: PayeeResult;
  readonly period: string;
  /** What is posted in the period. */
  readonly posted: readonly PayEntryRow[];
  /** What the next calculation posts in it. */
  readonly waiting: readonly LedgerDelta[];
  readonly payableMinor: bigint;
  readonly closed: boolean;
}

type Step = Omit<PayPart, 'amount'> & { readonly minor: bigint };
const NOTHING = { plan: null, component: null, kind: null, basis: null, origin: null } as const;

/**
 * The steps from nothing to what a period pays, in the order in which they are told: components,
 * each with what shaped it, then what came besides. They add up to `payable`, always: what is not
 * explained by the others is held back or was posted elsewhere.
 */
export function partsOf(asked: Asked): PayPart[] {
  const { book, payee, period, payableMinor, closed } = asked;
  const figures = payee.periods.find((one) => one.period === period)?.figures ?? [];
  const steps = [
    ...figures.flatMap((figure) => stepsOf(asked, figure)),
    ...entrySteps(asked),
    ...lateSteps(asked),
  ];
  const rest = steps.reduce((left, { minor }) => left - minor, payableMinor);
  const why = closed ? 'elsewhere' : 'held';
  return [...steps, { ...NOTHING, why, minor: rest } as const]
    .filter(({ minor }) => minor !== 0n)
    .map(({ minor, ...step }) => ({ ...step, amount: moneyText(minor, book.currency) }));
}

/** A component by itself, and then what a limit, multiplier or condition made of it. */
function stepsOf({ book, names }: Asked, figure: Figure): Step[] {
  const rules = rulesOf(book, figure);
  const sums = new Map<string, bigint>();
  for (const { by, minor } of figure.lines) sums.set(by, (sums.get(by) ?? 0n) + minor);
  // What has no line of its own is the component's: then they still add up.
  const told = [...sums.values()].reduce((sum, minor) => sum + minor, 0n);
  const { component } = figure;
  sums.set(component, (sums.get(component) ?? 0n) + figure.minor - told);
  const ordered = [component, ...[...sums.keys()].filter((by) => by !== component)];
  return ordered.map((by) => ({
    why: by === component ? 'earned' : by === 'clawback' ? 'taken_back' : 'shaped',
    ...{ plan: names.of(figure.plan), component: by, origin: null },
    kind: componentOf(rules, by)?.kind ?? null,
    basis: basisOf(book, rules, componentOf(rules, by)),
    minor: sums.get(by)!,
  }));
}

/** What was posted besides the components' own: one step for each type and period. */
function entrySteps({ posted, period }: Asked): Step[] {
  const sums = new Map<string, Step>();
  for (const { type, origin, minor, runHash } of posted) {
    if (BESIDE.has(type) || (runHash !== null && origin === period)) continue;
    const key = `${type} ${origin}`;
    const known = sums.get(key)?.minor ?? 0n;
    const of = origin === period ? null : origin;
    sums.set(key, { ...NOTHING, why: 'entry', kind: type, origin: of, minor: known + minor });
  }
  return [...sums.values()];
}

/** What belongs to earlier periods and is posted with the next calculation. */
function lateSteps({ waiting, period }: Asked): Step[] {
  const sums = new Map<string, bigint>();
  for (const { originPeriod, amountMinor } of waiting) {
    if (originPeriod === period) continue;
    sums.set(originPeriod, (sums.get(originPeriod) ?? 0n) + amountMinor);
  }
  return [...sums].map(([origin, minor]) => ({ ...NOTHING, why: 'late', origin, minor }));
}
