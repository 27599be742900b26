import {
  convertMinor,
  currencyExponent,
  ok,
  parseRate,
  parseScaled,
  refuse,
  type Instant,
  type LoggedMoney,
  type Result,
} from '@ovation/domain';
import type { IncomingEvent } from '@ovation/protocol';
import type { Rules } from './rules.ts';

/** The most and the least that a number in the log may be, so that sums stay within a bigint. */
export const VALUE_MAX = 10n ** 17n;

/**
 * An amount in the organisation's currency. One sent in another is converted with the rate of the
 * day on which it happened, and keeps what was sent beside it.
 */
export function checkMoney(
  money: NonNullable<IncomingEvent['amount']>,
  rules: Rules,
  at: Instant,
): Result<LoggedMoney> {
  const exponent = currencyExponent(money.currency);
  if (exponent === undefined) {
    return refuse(
      'unknown_currency',
      `"${money.currency}" is no ISO 4217 currency code.`,
      '/amount/currency',
    );
  }
  const minor = parseScaled(money.amount, exponent);
  if (!minor.ok) return refuse(minor.fault.code, minor.fault.detail, '/amount/amount');
  if (minor.value < 0n || minor.value > VALUE_MAX) return OUT_OF_RANGE;
  const sent = { minor: String(minor.value), currency: money.currency };
  if (money.currency === rules.settings.currency) return ok(sent);
  return converted(sent, exponent, rules, at);
}

const OUT_OF_RANGE = refuse(
  'amount_out_of_range',
  'An amount is not negative (reverse a deal, refund a payment) and has at most 17 digits.',
  '/amount/amount',
);

function converted(
  sent: { readonly minor: string; readonly currency: string },
  exponent: number,
  { settings, calendar, rates }: Rules,
  at: Instant,
): Result<LoggedMoney> {
  const date = calendar.dateOf(at);
  const found = rates.get(sent.currency)?.find((one) => one.from <= date);
  const rate = found && parseRate(found.rate);
  if (!rate?.ok) {
    const { currency } = settings;
    return refuse(
      'no_rate',
      `There is no rate from ${sent.currency} to ${currency} for ${date}. ` +
        `Set one from that date or earlier: PUT /v1/rates.`,
      '/amount/currency',
    );
  }
  const own = currencyExponent(settings.currency) ?? 2;
  const minor = convertMinor(BigInt(sent.minor), exponent, rate.value, own);
  if (minor > VALUE_MAX) return OUT_OF_RANGE;
  return ok({
    minor: String(minor),
    currency: settings.currency,
    sent: { ...sent, rate: found!.rate, rateDate: found!.from },
  });
}
