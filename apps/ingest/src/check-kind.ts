import {
  COUNT_SCALE,
  currencyExponent,
  METRICS,
  ok,
  parseScaled,
  refuse,
  type ActivityClass,
  type EventType,
  type LoggedMoney,
  type Result,
} from '@ovation/domain';
import type { IncomingEvent } from '@ovation/protocol';
import { VALUE_MAX } from './check-money.ts';

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

type Field = keyof IncomingEvent;
type Body = Record<string, unknown>;

/** A fact and what of it is already checked. */
export interface Kinded {
  readonly sent: IncomingEvent;
  readonly id: string;
  readonly sourceId: string;
  readonly currency: string;
  readonly amount?: LoggedMoney;
  readonly people: number;
}

interface Kind {
  /** What it may say besides its id, type and time. */
  readonly fields: readonly Field[];
  /** Whether somebody must be credited. */
  readonly credited?: true;
  /** A correction or withdrawal: it has no credits of its own unless it sets them. */
  readonly corrects?: true;
  /** Its own part of the log's body. */
  readonly body: (fact: Kinded) => Result<Body>;
}

const FACT = ['person', 'credits', 'team', 'attributes', 'reason'] as const;
const DEAL = [...FACT, 'deal', 'amount', 'stage'] as const;
const PAID = [...FACT, 'deal', 'amount', 'payment'] as const;
const FIX = ['deal', 'corrects', 'reason'] as const;

/** What each kind of event may say, must say, and how that stands in the log. */
export const KINDS: Readonly<Record<EventType, Kind>> = {
  'deal.opened': { fields: DEAL, body: dealBody },
  'deal.stage_changed': { fields: DEAL, body: stageBody },
  'deal.won': { fields: DEAL, credited: true, body: wonBody },
  'deal.lost': { fields: DEAL, body: dealBody },
  'deal.amended': { fields: [...FIX, 'amount', 'attributes'], corrects: true, body: amendedBody },
  'deal.reassigned': {
    fields: [...FIX, 'person', 'credits'],
    credited: true,
    corrects: true,
    body: reassignedBody,
  },
  'deal.split': {
    fields: [...FIX, 'credits'],
    credited: true,
    corrects: true,
    body: correctedBody,
  },
  'deal.reversed': { fields: ['deal', 'reverses', 'reason'], corrects: true, body: reversedBody },
  'payment.received': { fields: PAID, credited: true, body: paymentBody },
  'payment.refunded': { fields: PAID, body: refundBody },
  'activity.logged': {
    fields: [...FACT, 'deal', 'activity', 'class'],
    credited: true,
    body: activityBody,
  },
  'activity.withdrawn': { fields: ['withdraws', 'reason'], corrects: true, body: withdrawnBody },
  'kpi.reported': { fields: [...FACT, 'kpi', 'value'], credited: true, body: kpiBody },
};

/** What to do instead, where a field is often put on the wrong kind of event. */
const INSTEAD: Partial<Record<Field, string>> = {
  amount: 'Leave it out, or put it into "attributes".',
  stage: 'Leave it out, or put it into "attributes".',
  team: 'The team of a correction is that of the people it names.',
  corrects: 'Only deal.amended, deal.reassigned and deal.split correct an event.',
  reverses: 'Only deal.reversed reverses an event.',
  withdraws: 'Only activity.withdrawn withdraws an event.',
  payment: 'Only payment.received and payment.refunded name a payment.',
  person: 'To credit other people, send deal.reassigned or deal.split.',
  credits: 'To credit other people, send deal.reassigned or deal.split.',
};

/** Refuses what an event of this kind cannot say: it would be lost without a word. */
export function checkFields(sent: IncomingEvent): Result<null> {
  const { fields } = KINDS[sent.type];
  const stray = (Object.keys(sent) as Field[]).find(
    (field) => !['id', 'type', 'occurredAt'].includes(field) && !fields.includes(field),
  );
  if (stray === undefined) return ok(null);
  const instead = INSTEAD[stray] ?? 'Leave it out.';
  return refuse(
    'field_not_here',
    `"${stray}" says nothing on ${sent.type}. ${instead}`,
    `/${stray}`,
  );
}

// Deals of two sources never meet by chance, nor do events or payments.
const scoped = (fact: Kinded, name: string): string => `${fact.sourceId}/${name}`;
const moneyOf = ({ amount }: Kinded): Body => (amount === undefined ? {} : { amount });
const reasonOf = ({ sent }: Kinded): Body =>
  sent.reason === undefined ? {} : { reason: sent.reason };

function dealBody(fact: Kinded): Result<Body> {
  const { deal } = fact.sent;
  if (deal === undefined) return refuse('deal_missing', 'Say which "deal".', '/deal');
  return ok({ deal: scoped(fact, deal), ...moneyOf(fact) });
}

function stageBody(fact: Kinded): Result<Body> {
  const { stage, attributes } = fact.sent;
  if (stage === undefined && (attributes?.['stage'] ?? '') === '') {
    return refuse('stage_missing', 'Say which "stage" the deal is in now.', '/stage');
  }
  return dealBody(fact);
}

function wonBody(fact: Kinded): Result<Body> {
  if (fact.amount === undefined) {
    return refuse('amount_missing', 'A won deal needs its "amount".', '/amount');
  }
  // A win without a deal is a deal of its own.
  if (fact.sent.deal === undefined)
    return ok({ deal: `~${scoped(fact, fact.id)}`, ...moneyOf(fact) });
  return dealBody(fact);
}

/** The one thing that a correction names: a deal, or an event of the same source. */
function namedBody(fact: Kinded, by: 'corrects' | 'reverses'): Result<Body> {
  const { deal, [by]: event } = fact.sent;
  if (deal !== undefined && event !== undefined) {
    return refuse('named_twice', `Give either "deal" or "${by}", not both.`, `/${by}`);
  }
  if (event !== undefined) return ok({ [by]: scoped(fact, event), ...reasonOf(fact) });
  if (deal !== undefined) return ok({ deal: scoped(fact, deal), ...reasonOf(fact) });
  return refuse('nothing_named', `Say which "deal" or event ("${by}").`, `/${by}`);
}

function correctedBody(fact: Kinded): Result<Body> {
  return namedBody(fact, 'corrects');
}

function reversedBody(fact: Kinded): Result<Body> {
  return namedBody(fact, 'reverses');
}

function amendedBody(fact: Kinded): Result<Body> {
  const { attributes } = fact.sent;
  if (fact.amount === undefined && Object.keys(attributes ?? {}).length === 0) {
    const detail = 'Give the new "amount" or the "attributes" that change.';
    return refuse('nothing_changed', detail, '/amount');
  }
  const named = correctedBody(fact);
  return named.ok ? ok({ ...named.value, ...moneyOf(fact) }) : named;
}

function reassignedBody(fact: Kinded): Result<Body> {
  if (fact.people > 1) {
    const detail = 'A deal is reassigned to one person. Send deal.split to share it.';
    return refuse('several_people', detail, '/credits');
  }
  return correctedBody(fact);
}

function paymentBody(fact: Kinded): Result<Body> {
  if (fact.amount === undefined) {
    return refuse('amount_missing', 'A payment needs its "amount".', '/amount');
  }
  const { deal, payment = fact.id } = fact.sent;
  const of = deal === undefined ? {} : { deal: scoped(fact, deal) };
  // `$` keeps payments apart from deals of the same name.
  return ok({ payment: `$${scoped(fact, payment)}`, ...of, ...moneyOf(fact) });
}

function refundBody(fact: Kinded): Result<Body> {
  if (fact.sent.payment === undefined) {
    return refuse('payment_missing', 'Say which "payment" is refunded.', '/payment');
  }
  return paymentBody(fact);
}

function activityBody(fact: Kinded): Result<Body> {
  const { activity, deal, class: sentClass } = fact.sent;
  if (activity === undefined) {
    return refuse('activity_missing', 'Say which "activity", such as "call".', '/activity');
  }
  const known = Object.hasOwn(CLASS_OF, activity.toLowerCase());
  return ok({
    activity,
    class: sentClass ?? (known ? CLASS_OF[activity.toLowerCase()] : 'deal-making'),
    ...(deal === undefined ? {} : { deal: scoped(fact, deal) }),
  });
}

function withdrawnBody(fact: Kinded): Result<Body> {
  const { withdraws } = fact.sent;
  if (withdraws === undefined) {
    const detail = 'Say which event of yours it takes back ("withdraws").';
    return refuse('nothing_named', detail, '/withdraws');
  }
  return ok({ withdraws: scoped(fact, withdraws), ...reasonOf(fact) });
}

function kpiBody({ sent, currency }: Kinded): Result<Body> {
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
