import { formatExact, formatScaled, type Figure } from '@ovation/domain';
import type { PayTrace } from '@ovation/protocol';

/** In what a figure is paid. */
interface Payout {
  readonly currency: string;
  readonly exponent: number;
}

/** Lines of one trace, the largest first; the rest is told as a sum, so that it stays small. */
const LINES_MAX = 400;

/**
 * How a figure came about, node by node: the measure and where it stood, each slice with its rate,
 * what shaped it, and the one rounding. Numbers are exact; money is in whole units.
 */
export function traceOf(figure: Figure, { currency, exponent }: Payout): PayTrace {
  const money = (value: Parameters<typeof formatExact>[0]) => formatExact(value, exponent);
  const minor = (value: bigint) => formatScaled(value, exponent, exponent);
  const { measure, lines, shapes, payoutFx } = figure;
  const onMeasure = measure?.money === false ? formatExact : money;
  const shown = lines.slice(0, LINES_MAX);
  const rest = lines.slice(LINES_MAX).reduce((sum, line) => sum + line.minor, 0n);
  return {
    node: figure.component,
    kind: figure.kind,
    ...(figure.mode === undefined ? {} : { mode: figure.mode }),
    ...{ plan: figure.plan, version: figure.version, currency },
    measure: measure && {
      ...{ id: measure.id, window: measure.window, money: measure.money },
      before: onMeasure(measure.before),
      after: onMeasure(measure.after),
      quota: measure.quota && onMeasure(measure.quota),
      quota_from: measure.quotaFrom.map(({ amount, ramp, days }) => ({
        ...{ amount, ramp: formatExact(ramp), days: formatExact(days) },
      })),
    },
    lines: shown.map((line) => ({
      ...{ node: line.by, fact: line.fact, deal: line.deal },
      exact: money(line.exact),
      pays: minor(line.minor),
      ...(line.before && { before: onMeasure(line.before) }),
      ...(line.after && { after: onMeasure(line.after) }),
      ...(line.slices && {
        slices: line.slices.map((slice) => ({
          ...(slice.from && { from: onMeasure(slice.from) }),
          ...(slice.to && { to: onMeasure(slice.to) }),
          amount: onMeasure(slice.amount),
          // What a count is paid at is money.
          rate: measure?.money === false ? money(slice.rate) : formatExact(slice.rate),
          pays: money(slice.pays),
        })),
      }),
      ...(line.fx && {
        fx: { pair: line.fx.pair, on: line.fx.on, rate: formatExact(line.fx.rate) },
      }),
    })),
    more: lines.length > LINES_MAX ? { lines: lines.length - LINES_MAX, pays: minor(rest) } : null,
    then: shapes.map(({ by: node, trace, in: before, out }) => ({
      node,
      ...trace,
      ...('times' in trace ? { times: formatExact(trace.times) } : {}),
      in: money(before),
      out: money(out),
    })),
    ...(figure.about && { about: figure.about }),
    fx: payoutFx && {
      ...{ pair: payoutFx.pair, on: payoutFx.on, rate: formatExact(payoutFx.rate) },
    },
    exact: money(figure.exact),
    rounded: minor(figure.minor),
  };
}
