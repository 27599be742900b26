import type { Award } from './standing.ts';

type Divisible = Extract<Award['item'], { kind: 'money' | 'points' }>;

/**
 * Splits prizes evenly among the same people, one after the other. What does not come out even goes
 * one unit each to the next in order, going on where the prize before left off: whatever number of
 * prizes is split, no two have a difference of more than one unit of anything.
 */
export class Splitter {
  readonly #next = new Map<string, number>();

  /** A part for each; `undefined` for nothing. */
  split(item: Divisible, among: number): (Divisible | undefined)[] {
    const amount = item.kind === 'money' ? item.minor : BigInt(item.points);
    const count = BigInt(among);
    const [each, odd] = [amount / count, Number(amount % count)];
    const name = item.kind === 'money' ? item.currency : item.kind;
    const first = this.#next.get(name) ?? 0;
    this.#next.set(name, (first + odd) % among);
    return Array.from({ length: among }, (_, index) => {
      const more = (index - first + among) % among < odd ? 1n : 0n;
      const part = each + more;
      if (part === 0n) return undefined;
      return item.kind === 'money' ? { ...item, minor: part } : { ...item, points: Number(part) };
    });
  }
}
