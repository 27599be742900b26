import { currencyExponent } from '../currency.ts';
import { parseScaled } from '../decimal.ts';
import { finding, type ContestDraft, type ContestFinding } from './check.ts';
import type { ContestKindName, Prize, PrizeFor } from './definition.ts';

/** For whom each kind may have prizes. */
const FITTING: Readonly<Record<ContestKindName, readonly PrizeFor['to'][]>> = {
  highest: ['ranks'],
  first_to: ['ranks', 'reached'],
  all_who_reach: ['reached'],
  tiers: ['reached', 'ranks'],
  every: ['each_time', 'ranks'],
  percent_of_target: ['ranks', 'reached'],
  most_improved: ['ranks'],
  teams: ['ranks'],
  collective: ['reached'],
  power_hour: ['ranks'],
  duel: ['ranks'],
  bracket: ['ranks'],
  league: ['ranks'],
  elimination: ['ranks'],
  raffle: ['drawn'],
  wheel: ['ranks'],
  bingo: ['ranks'],
  streak: ['ranks'],
  relay: ['ranks'],
  pot: ['pot', 'ranks'],
};

/** For whom prizes of a kind can be, the usual one first. */
export const prizesFitting = (kind: ContestKindName): readonly PrizeFor['to'][] => FITTING[kind];

/** What is wrong with prizes: for nobody that the kind knows, malformed, or past the budget. */
export function checkPrizes(
  { rules, prizes, budget }: ContestDraft,
  currency: string,
): ContestFinding[] {
  const faults: ContestFinding[] = [];
  if (prizes === undefined) return faults;
  const ids = prizes.map((prize) => prize.id);
  if (new Set(ids).size < ids.length) {
    faults.push(finding('twice', 'Give each prize an id of its own.', '/prizes'));
  }
  prizes.forEach((prize, index) => {
    const at = `/prizes/${index}`;
    if (rules !== undefined && !FITTING[rules.kind].includes(prize.for.to)) {
      const values = { kind: rules.kind, to: prize.for.to };
      const detail = `"${rules.kind}" gives no prizes for "${prize.for.to}". Choose another.`;
      faults.push(finding('does_not_fit', detail, `${at}/for/to`, values));
    }
    faults.push(...shapeFaults(prize, at), ...moneyFaults(prize, at, currency));
  });
  const tiers = rules?.kind === 'tiers' ? rules.steps.length : undefined;
  prizes.forEach((prize, index) => {
    const step = prize.for.to === 'reached' ? prize.for.step : undefined;
    if (tiers === undefined || step === undefined || step <= tiers) return;
    const detail = `There are ${tiers} steps. Choose one of them.`;
    faults.push(finding('no_such_step', detail, `/prizes/${index}/for/step`, { most: tiers }));
  });
  if (budget !== undefined && rules !== undefined) {
    faults.push(...budgetFaults(prizes, budget, currency));
  }
  return faults;
}

function shapeFaults(prize: Prize, at: string): ContestFinding[] {
  const { for: whom, item } = prize;
  const faults: ContestFinding[] = [];
  if (whom.to === 'ranks' && whom.from > whom.until) {
    faults.push(finding('backwards', 'Begin with the better place.', `${at}/for/until`));
  }
  if (whom.to === 'pot') {
    const sum = Array.isArray(whom.percents) ? whom.percents.reduce((a, b) => a + b, 0) : 100;
    if (sum !== 100) {
      const detail = `The parts of the pot come to ${sum} %. Make them 100 %.`;
      faults.push(finding('not_whole', detail, `${at}/for/percents`, { sum }));
    }
    if (item !== undefined) {
      faults.push(finding('pot_is_money', 'A part of the pot is money: leave it.', `${at}/item`));
    }
  } else if (item === undefined) {
    faults.push(finding('missing', 'Say what is won.', `${at}/item`, { part: 'item' }));
  }
  return faults;
}

function moneyFaults({ item }: Prize, at: string, currency: string): ContestFinding[] {
  if (item?.kind !== 'money') return [];
  const scale = currencyExponent(item.currency);
  if (scale === undefined) {
    return [finding('unknown_currency', 'Choose a currency of ISO 4217.', `${at}/item/currency`)];
  }
  const amount = parseScaled(item.amount, scale);
  if (!amount.ok) return [finding(amount.fault.code, amount.fault.detail, `${at}/item/amount`)];
  if (amount.value <= 0n) {
    return [finding('zero', 'Choose an amount above zero.', `${at}/item/amount`)];
  }
  if (item.currency !== currency) {
    const detail = `Prizes are in ${currency}, as everything here.`;
    return [finding('other_currency', detail, `${at}/item/currency`, { currency })];
  }
  return [];
}

/** What one piece of a prize costs, in minor units of the organisation's currency. */
export function priceOf(item: Prize['item'], currency: string): bigint {
  const scale = currencyExponent(currency) ?? 2;
  const text = item?.kind === 'money' ? item.amount : item?.kind === 'thing' ? item.cost : '0';
  const parsed = parseScaled(text ?? '0', scale);
  return parsed.ok ? parsed.value : 0n;
}

/** What prizes for certain places cost at the most; what is open-ended is left out. */
export function certainCost(prizes: readonly Prize[], currency: string): bigint {
  return prizes.reduce((sum, prize) => {
    const { for: whom } = prize;
    const pieces =
      whom.to === 'ranks' ? whom.until - whom.from + 1 : whom.to === 'drawn' ? whom.winners : 0;
    return sum + BigInt(Math.max(0, pieces)) * priceOf(prize.item, currency);
  }, 0n);
}

function budgetFaults(prizes: readonly Prize[], budget: string, currency: string) {
  const scale = currencyExponent(currency) ?? 2;
  const most = parseScaled(budget, scale);
  if (!most.ok) return [finding(most.fault.code, most.fault.detail, '/budget')];
  if (certainCost(prizes, currency) <= most.value) return [];
  const detail = 'The prizes cost more than the budget. Raise it, or give less.';
  return [finding('over_budget', detail, '/budget')];
}
