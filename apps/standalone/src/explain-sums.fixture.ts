import { convertMinor, divideHalfAway, parseRate, parseScaled, type Unit } from '@ovation/domain';
import type { ExplainAnswer, ExplainEvent, ExplainPart } from '@ovation/protocol';

/** An explanation added up again by whoever reads it, from its texts alone. */

function scaled(text: string, { scale }: Pick<Unit, 'scale'>): bigint {
  const parsed = parseScaled(text, scale);
  if (!parsed.ok) throw new Error(`${text} has no ${scale} decimals`);
  return parsed.value;
}
const scaledOrNull = (text: string | null, unit: Unit): bigint | null =>
  text === null ? null : scaled(text, unit);
const total = (values: readonly bigint[]): bigint => values.reduce((sum, one) => sum + one, 0n);

/** What does not add up, in words; nothing when all of it does. */
export function faultsOf(answer: ExplainAnswer): string[] {
  const { parts, unit, rankedBy } = answer;
  const inside = parts.flatMap(partFaults);
  const value = answer.value === null ? null : scaled(answer.value, unit);
  const made = rankedBy === 'value' ? madeOf(parts, answer.definition.kind, unit) : value;
  return made === value ? inside : [...inside, `parts make ${made}, the value is ${value}`];
}

/** A value from its parts, as the kind of its metric says. */
function madeOf(parts: readonly ExplainPart[], kind: string, unit: Unit): bigint | null {
  const [first, second] = parts;
  if (kind === 'scorecard') return total(parts.map((part) => scaled(part.points ?? '0', unit)));
  if (first?.role !== 'top') return first ? scaledOrNull(first.total, unit) : null;
  if (first.total === null || !second || second.total === null) return null;
  const below = scaled(second.total, second.unit);
  if (below === 0n) return null;
  const percent = unit.kind === 'percent' ? 100n : 1n;
  const above = scaled(first.total, first.unit) * percent * 10n ** BigInt(unit.scale);
  const digits = (of: ExplainPart) => 10n ** BigInt(of.unit.scale);
  return divideHalfAway(above * digits(second), below * digits(first));
}

function partFaults(part: ExplainPart): string[] {
  const { role, unit, events, more, parts } = part;
  const own = part.total === null ? null : scaled(part.total, unit);
  const inner = parts.flatMap(partFaults);
  if (part.points !== null && part.weight !== null) {
    const all = own ?? 0n;
    const most = part.cap === null ? all : scaled(part.cap, unit);
    const counted = all > most ? most : all;
    const weight = scaled(part.weight, { scale: 6 });
    const points = divideHalfAway(counted * weight, 10n ** BigInt(unit.scale));
    if (points !== scaled(part.points, { scale: 6 })) inner.push(`${role}: ${part.points} points`);
  }
  if (part.aggregate === null) return inner;
  const values = events.map((one) => scaled(one.value, unit));
  const rest = more === null || more.value === null ? [] : [scaled(more.value, unit)];
  const together = [...values, ...rest];
  const sum = aggregated(part, together, rest);
  const found = events.length + (more?.count ?? 0);
  return [
    ...inner,
    ...(sum === own ? [] : [`${role}: events come to ${sum}, the total is ${own}`]),
    ...(found === part.count ? [] : [`${role}: ${found} events of ${part.count}`]),
    ...events.flatMap((event) => eventFaults(event, unit)),
  ];
}

function aggregated(
  { aggregate, capped, unit, events }: ExplainPart,
  all: readonly bigint[],
  rest: readonly bigint[],
): bigint | null {
  if (aggregate === 'sum') return total(all) + (capped === null ? 0n : scaled(capped, unit));
  if (aggregate === 'distinct') {
    const items = new Set(events.flatMap(({ item }) => (item === null ? [] : [item])));
    return BigInt(items.size) * 10n ** BigInt(unit.scale) + total(rest);
  }
  if (aggregate === 'latest') return all[0] ?? null;
  return all.reduce<bigint | null>((best, one) => {
    if (best === null) return one;
    return aggregate === 'min' ? (one < best ? one : best) : one > best ? one : best;
  }, null);
}

/** The only cap on one event among the metrics of the law: 500.00. */
const CAP_OF_AN_EVENT = 50_000n;

/** A share of the whole to the last unit, and an amount that is the one that was sent. */
function eventFaults({ event, share, whole, value, rate }: ExplainEvent, unit: Unit): string[] {
  if (share === null) return [`${event.key} has no share`];
  const [n = '0', d = '1'] = share.split('/');
  const [part, all] = [scaled(value, unit), scaled(whole, unit)];
  const off = part * scaled(d, { scale: 9 }) - all * scaled(n, { scale: 9 });
  const near = (off < 0n ? -off : off) < scaled(d, { scale: 9 });
  const faults = near ? [] : [`${event.key}: ${share} of ${whole} is not ${value}`];
  if (unit.kind !== 'money' || event.amount === null) return faults;
  const sent = scaled(event.amount.amount, { scale: 2 });
  const by = rate && parseRate(rate.rate);
  const amount = by?.ok ? convertMinor(sent, 2, by.value, unit.scale) : sent;
  const counted = all < 0n ? -all : all;
  // A metric that caps what one event adds counts the cap of what is above it.
  const capped = amount > CAP_OF_AN_EVENT && counted === CAP_OF_AN_EVENT;
  return amount === counted || capped
    ? faults
    : [...faults, `${event.key}: ${amount} is not ${whole}`];
}
