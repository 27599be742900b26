import {
  formatExact,
  formatScaled,
  type Figure,
  type IncentiveFact,
  type PayeeResult,
  type PlanDefinition,
} from '@ovation/domain';
import type { PayPosition } from '@ovation/protocol';
import { basisOf } from './basis.ts';
import { payeeWith, type LivePayBook } from './live.ts';
import type { PayNames } from './names.ts';

type Ratio = Figure['exact'];
interface Asked {
  readonly book: LivePayBook;
  readonly names: PayNames;
  readonly payee: PayeeResult;
  readonly period: string;
  /** The date on which a further deal would count. */
  readonly on: string;
}

const times = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d });
const minus = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const isAbove = (a: Ratio, b: Ratio): boolean => a.n * b.d > b.n * a.d;

/** A decimal of a plan, exactly. */
function ratioOf(text: string): Ratio {
  const [whole, part = ''] = text.split('.');
  return { n: BigInt(`${whole}${part}`), d: 10n ** BigInt(part.length) };
}

/** How far somebody is on each component that pays by tiers, and what the next tier brings. */
export function positionsOf(asked: Asked): PayPosition[] {
  const { payee, period, book } = asked;
  const figures = payee.periods.find((one) => one.period === period)?.figures ?? [];
  return figures.flatMap((figure) => {
    const version = book.versions.find(
      (one) => one.planId === figure.plan && one.number === figure.version,
    );
    const position = version && positionOf(asked, figure, version.definition as PlanDefinition);
    return position ? [position] : [];
  });
}

function positionOf(
  asked: Asked,
  figure: Figure,
  definition: PlanDefinition,
): PayPosition | undefined {
  const component = definition.components.find(({ id }) => id === figure.component);
  const { measure } = figure;
  if (component?.kind !== 'tiers' || !measure) return undefined;
  const { exponent } = asked.payee;
  const shown = (value: Ratio) => formatExact(value, measure.money ? exponent : 0);
  const unit = measure.money ? { n: 10n ** BigInt(exponent), d: 1n } : { n: 1n, d: 1n };
  const byQuota = component.position === 'attainment';
  if (byQuota && measure.quota === null) return undefined;
  const edgeOf = (from: string) => times(ratioOf(from), byQuota ? measure.quota! : unit);
  const now = component.bands.findLast(({ from }) => !isAbove(edgeOf(from), measure.after));
  const next = component.bands.find(({ from }) => isAbove(edgeOf(from), measure.after));
  const missing = next && minus(edgeOf(next.from), measure.after);
  return {
    plan: asked.names.of(figure.plan),
    ...{ component: figure.component, measure: measure.id, window: measure.window },
    ...{ money: measure.money, value: shown(measure.after) },
    quota: measure.quota && shown(measure.quota),
    percent: measure.quota && percentOf(measure.after, measure.quota),
    rate: now?.rate ?? null,
    bands: component.bands.map(({ from, rate }) => ({ from: shown(edgeOf(from)), rate })),
    basis: basisOf(asked.book, definition, component),
    next:
      next && missing
        ? {
            ...{ from: next.from, missing: shown(missing), rate: next.rate },
            adds:
              measure.money && asked.period === asked.book.current
                ? addsOf(asked, definition, figure, missing)
                : null,
          }
        : null,
  };
}

/** One decimal, cut: nobody is told that they reached what they did not. */
function percentOf(value: Ratio, quota: Ratio): string | null {
  if (quota.n <= 0n || value.n < 0n) return null;
  return formatScaled((value.n * quota.d * 1_000n) / (value.d * quota.n), 1, 1);
}

/** What one deal that just reaches the next tier would add to the pay. */
function addsOf(
  { book, payee, period, on }: Asked,
  definition: PlanDefinition,
  figure: Figure,
  missing: Ratio,
): string | null {
  const measure = definition.measures.find(({ id }) => id === figure.measure?.id);
  if (measure?.sum !== 'amount') return null;
  const where = measure.where ?? {};
  const minor = (missing.n + missing.d - 1n) / missing.d;
  const fact: IncentiveFact = {
    ...{ source: 'supposed', sourceId: `tier/${figure.component}`, deal: 'supposed/tier' },
    kind: (where['kind']?.[0] ?? 'booked') as IncentiveFact['kind'],
    ...{ effectiveOn: on, currency: definition.currency },
    amount: formatScaled(minor, payee.exponent, payee.exponent),
    attributes: Object.fromEntries(
      Object.entries(where).flatMap(([field, values]) =>
        field === 'kind' || values[0] === undefined ? [] : [[field, values[0]]],
      ),
    ),
    credits: [{ person: payee.person, share: '1' }],
  };
  const earned = (of: PayeeResult | undefined) =>
    of?.periods.find((one) => one.period === period)?.earnedMinor ?? 0n;
  const adds = earned(payeeWith(book.engine, payee.person, [fact])) - earned(payee);
  return formatScaled(adds, payee.exponent, payee.exponent);
}
