import { allocate } from '../allocate.ts';
import { currencyExponent } from '../currency.ts';
import type { Scaled } from '../types.ts';
import { scaledOf } from './counted.ts';
import type { Play } from './play.ts';
import type { Award } from './standing.ts';

/**
 * Prizes never cost more than the budget: when more is won, all money is cut in the same proportion
 * to the last unit. Things keep their price and come first; they cannot be cut.
 */
export function withinBudget({ contest, reader }: Play, awards: readonly Award[]): Award[] {
  const { currency } = reader;
  const scale = currencyExponent(currency) ?? 2;
  const most = scaledOf(contest.budget, scale);
  if (most === null) return [...awards];
  const moneyOf = ({ item }: Award): Scaled =>
    item.kind === 'money' && item.currency === currency ? item.minor : 0n;
  const money = awards.map(moneyOf);
  const wanted = money.reduce((sum, minor) => sum + minor, 0n);
  const things = awards.reduce((sum, { item }) => {
    return sum + (item.kind === 'thing' ? (scaledOf(item.cost, scale) ?? 0n) : 0n);
  }, 0n);
  const left = most > things ? most - things : 0n;
  if (wanted <= left) return [...awards];
  const parts = allocate(left, money);
  return awards.flatMap((award, index): Award[] => {
    const { item } = award;
    if (item.kind !== 'money' || item.currency !== currency) return [award];
    return parts[index] === 0n ? [] : [{ ...award, item: { ...item, minor: parts[index]! } }];
  });
}
