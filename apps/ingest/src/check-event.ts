import {
  COUNT_SCALE,
  currencyExponent,
  METRICS,
  ok,
  parseInstant,
  parseScaled,
  parseShare,
  refuse,
  sharesMakeWhole,
  type ActivityClass,
  type Instant,
  type LoggedMoney,
  type Result,
} from '@ovation/domain';
import { IncomingEvent } from '@ovation/protocol';
import { Compile } from 'typebox/compile';
import { schemaFault } from './schema-fault.ts';

/** A sender's clock may be this far ahead of ours. */
const AHEAD_MAX_MS = 5 * 60_000;
/** Nothing that a sales floor counts is older. */
const OLDEST: Instant = Date.UTC(1990, 0, 1);

const shape = Compile(IncomingEvent);

/** Classes of the activities we know; anything else is deal-making unless the sender says. */
const CLASS_OF: Readonly<Record<string, ActivityClass>> = {
  call: 'sourcing',
  email: 'sourcing',
  'e-mail': 'sourcing',
  meeting: 'relationship',
  visit: 'relationship',
  demo: 'deal-making',
  proposal: 'deal-making',
};

export interface CheckedEvent {
  readonly id: string;
  readonly type: IncomingEvent['type'];
  readonly occurredAt: Instant | null;
  /** Everybody it names, in the sender's words. */
  readonly credits: readonly { readonly person: string; readonly share: string }[];
  /** The rest of the body in the log's form. */
  readonly rest: Readonly<Record<string, unknown>>;
  readonly sent: IncomingEvent;
}

/** What the door knows while it checks. */
export interface DoorContext {
  readonly currency: string;
  readonly now: Instant;
  readonly sourceId: string;
  /** Stands in for an id that the sender did not give. */
  readonly fallbackId?: string;
}

/** Checks one event fully, so that nothing it says can fail later. */
export function checkEvent(sent: unknown, context: DoorContext): Result<CheckedEvent> {
  if (!shape.Check(sent)) return { ok: false, fault: schemaFault(shape.Errors(sent), sent) };
  const id = sent.id ?? context.fallbackId;
  if (id === undefined) {
    return refuse('id_missing', 'Give the event an "id" of yours, or send Idempotency-Key.', '/id');
  }
  const occurredAt = checkTime(sent.occurredAt, context.now);
  if (!occurredAt.ok) return occurredAt;
  const credits = checkCredits(sent);
  if (!credits.ok) return credits;
  const rest = checkKind(sent, id, context);
  if (!rest.ok) return rest;
  return ok({
    id,
    type: sent.type,
    occurredAt: occurredAt.value,
    credits: credits.value,
    rest: { ...rest.value, ...attributesOf(sent) },
    sent,
  });
}

function checkTime(text: string | undefined, now: Instant): Result<Instant | null> {
  if (text === undefined) return ok(null);
  const at = parseInstant(text);
  if (at === undefined) {
    return refuse(
      'bad_time',
      'Write a real instant with its offset, such as "2026-11-23T09:31:00+03:30".',
      '/occurredAt',
    );
  }
  if (at > now + AHEAD_MAX_MS) {
    return refuse('in_the_future', 'It has not happened yet: check the clock.', '/occurredAt');
  }
  if (at < OLDEST) return refuse('too_old', 'Nothing before 1990 is counted.', '/occurredAt');
  return ok(at);
}

function checkCredits(sent: IncomingEvent): Result<{ person: string; share: string }[]> {
  if (sent.person !== undefined && sent.credits !== undefined) {
    return refuse('credits_twice', 'Give either "person" or "credits", not both.', '/credits');
  }
  if (sent.person !== undefined) return ok([{ person: sent.person, share: '1' }]);
  const credits = sent.credits ?? [];
  const needsSomebody = ['deal.won', 'activity.logged', 'kpi.reported'].includes(sent.type);
  if (credits.length === 0) {
    return needsSomebody
      ? refuse('nobody_credited', 'Say in "credits" whose it is.', '/credits')
      : ok([]);
  }
  const shares = [];
  for (const [index, credit] of credits.entries()) {
    const share = parseShare(credit.share);
    if (!share.ok) return refuse(share.fault.code, share.fault.detail, `/credits/${index}/share`);
    shares.push(share.value);
  }
  if (!sharesMakeWhole(shares)) {
    return refuse('share_sum', 'The shares must add up to exactly 1.', '/credits');
  }
  return ok(credits);
}

/** The most and the least that a number in the log may be, so that sums stay within a bigint. */
const VALUE_MAX = 10n ** 17n;

function checkMoney(
  money: IncomingEvent['amount'],
  currency: string,
): Result<LoggedMoney | undefined> {
  if (money === undefined) return ok(undefined);
  const exponent = currencyExponent(money.currency);
  if (exponent === undefined) {
    return refuse(
      'unknown_currency',
      `"${money.currency}" is no ISO 4217 currency code.`,
      '/amount/currency',
    );
  }
  if (money.currency !== currency) {
    return refuse(
      'no_rate',
      `This organisation counts in ${currency} and has no rate for ${money.currency}.`,
      '/amount/currency',
    );
  }
  const minor = parseScaled(money.amount, exponent);
  if (!minor.ok) return refuse(minor.fault.code, minor.fault.detail, '/amount/amount');
  if (minor.value < 0n || minor.value > VALUE_MAX) {
    const detail = 'An amount is not negative (reverse a deal instead) and has at most 17 digits.';
    return refuse('amount_out_of_range', detail, '/amount/amount');
  }
  return ok({ minor: String(minor.value), currency: money.currency });
}

function checkKind(
  sent: IncomingEvent,
  id: string,
  context: DoorContext,
): Result<Record<string, unknown>> {
  const amount = checkMoney(sent.amount, context.currency);
  if (!amount.ok) return amount;
  const money = amount.value === undefined ? {} : { amount: amount.value };
  // Deals of two sources never meet by chance; a win without a deal is a deal of its own.
  const scoped = (deal: string) => `${context.sourceId}/${deal}`;
  const deal = sent.deal === undefined ? undefined : scoped(sent.deal);
  switch (sent.type) {
    case 'deal.won':
      if (amount.value === undefined) {
        return refuse('amount_missing', 'A won deal needs its "amount".', '/amount');
      }
      return ok({ deal: deal ?? `~${context.sourceId}/${id}`, ...money });
    case 'deal.opened':
    case 'deal.stage_changed':
    case 'deal.lost':
      if (deal === undefined) return refuse('deal_missing', 'Say which "deal".', '/deal');
      return ok({ deal, ...money });
    case 'deal.reversed':
      if (sent.reverses !== undefined) return ok({ reverses: scoped(sent.reverses) });
      if (deal !== undefined) return ok({ deal });
      return refuse('nothing_named', 'Say which "deal" or event ("reverses").', '/reverses');
    case 'activity.logged':
      if (sent.activity === undefined) {
        return refuse('activity_missing', 'Say which "activity", such as "call".', '/activity');
      }
      return ok({
        activity: sent.activity,
        class: sent.class ?? CLASS_OF[sent.activity.toLowerCase()] ?? 'deal-making',
      });
    case 'kpi.reported':
      return checkKpi(sent, context.currency);
  }
}

function checkKpi(sent: IncomingEvent, currency: string): Result<Record<string, unknown>> {
  if (sent.kpi === undefined) return refuse('kpi_missing', 'Say which "kpi".', '/kpi');
  if (sent.value === undefined) return refuse('value_missing', 'Give its "value".', '/value');
  const isMetric = METRICS.some((metric) => metric === sent.kpi);
  const scale = sent.kpi === 'revenue' ? (currencyExponent(currency) ?? 2) : COUNT_SCALE;
  const value = parseScaled(sent.value, isMetric ? scale : 12);
  if (!value.ok) return refuse(value.fault.code, value.fault.detail, '/value');
  if (value.value > VALUE_MAX || value.value < -VALUE_MAX) {
    if (isMetric) return refuse('value_out_of_range', 'At most 17 digits fit.', '/value');
  }
  return ok({ kpi: sent.kpi, value: isMetric ? String(value.value) : sent.value });
}

function attributesOf(sent: IncomingEvent): { attributes?: Record<string, string> } {
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(sent.attributes ?? {})) attributes[key] = String(value);
  if (sent.stage !== undefined) attributes['stage'] = sent.stage;
  if (sent.reason !== undefined) attributes['reason'] = sent.reason;
  return Object.keys(attributes).length > 0 ? { attributes } : {};
}
