import { currencyExponent, formatScaled, type LogEvent, type LoggedMoney } from '@ovation/domain';
import type { EventLine } from '@ovation/protocol';

/** An event in one line, as its sender said it. */
export function eventLine(event: LogEvent): EventLine {
  const attributes = ('attributes' in event && event.attributes) || {};
  return {
    seq: event.seq,
    key: event.key,
    type: event.type,
    occurredAt: new Date(event.occurredAt).toISOString(),
    recordedAt: new Date(event.recordedAt).toISOString(),
    deal: 'deal' in event && event.deal !== undefined ? withoutSource(event.deal) : null,
    account: attributes['account'] ?? null,
    activity: event.type === 'activity.logged' ? event.activity : null,
    amount: 'amount' in event && event.amount ? amountOf(event.amount) : null,
    attributes,
  };
}

/** Deals, payments and wins without a deal, as their sender calls them. */
const withoutSource = (key: string): string => key.slice(key.indexOf('/') + 1);

/** What was sent, in the currency it was sent in. */
export function amountOf({ minor, currency, sent }: LoggedMoney): NonNullable<EventLine['amount']> {
  const said = sent ?? { minor, currency };
  const scale = currencyExponent(said.currency) ?? 2;
  return { amount: formatScaled(BigInt(said.minor), scale, scale), currency: said.currency };
}
