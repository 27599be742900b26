import {
  closedPeriodOf,
  ok,
  parseInstant,
  parseShare,
  refuse,
  sharesMakeWhole,
  type Instant,
  type Result,
} from '@ovation/domain';
import { IncomingEvent } from '@ovation/protocol';
import { Compile } from 'typebox/compile';
import { canonicalAlias } from './alias.ts';
import { checkFields, KINDS } from './check-kind.ts';
import { checkMoney } from './check-money.ts';
import type { Rules } from './rules.ts';
import { schemaFault } from './schema-fault.ts';

/** A sender's clock may be this far ahead of ours. */
const AHEAD_MAX_MS = 5 * 60_000;
/** Nothing that a sales floor counts is older. */
const OLDEST: Instant = Date.UTC(1990, 0, 1);

const shape = Compile(IncomingEvent);

export interface CheckedEvent {
  readonly id: string;
  readonly type: IncomingEvent['type'];
  readonly occurredAt: Instant | null;
  /** Everybody it names, in the sender's words; `null` where its kind has no credits. */
  readonly credits: readonly { readonly person: string; readonly share: string }[] | null;
  /** A fact, which may be quiet; the others correct one. */
  readonly isFact: boolean;
  /** The rest of the body in the log's form. */
  readonly rest: Readonly<Record<string, unknown>>;
  readonly sent: IncomingEvent;
}

/** What the door knows while it checks. */
export interface DoorContext {
  readonly rules: Rules;
  readonly now: Instant;
  readonly sourceId: string;
}

/** Checks one event fully, so that nothing it says can fail later. */
export function checkEvent(sent: unknown, context: DoorContext): Result<CheckedEvent> {
  if (!shape.Check(sent)) return { ok: false, fault: schemaFault(shape.Errors(sent), sent) };
  const { id } = sent;
  if (id === undefined) {
    return refuse('id_missing', 'Give the event an "id" of yours, or send Idempotency-Key.', '/id');
  }
  const time = checkTime(sent.occurredAt, context.now);
  if (!time.ok) return time;
  const fields = checkFields(sent);
  if (!fields.ok) return fields;
  const credits = checkCredits(sent);
  if (!credits.ok) return credits;
  const rest = checkRest(sent, id, time.value, credits.value.length, context);
  if (!rest.ok) return rest;
  const kind = KINDS[sent.type];
  const isFact = kind.corrects === undefined;
  return ok({
    id,
    type: sent.type,
    occurredAt: time.value,
    credits: isFact || kind.credited ? credits.value : null,
    isFact,
    rest: rest.value,
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
  if (credits.length === 0) {
    return KINDS[sent.type].credited
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

/** Everything but the credits. */
function checkRest(
  sent: IncomingEvent,
  id: string,
  occurredAt: Instant | null,
  people: number,
  { rules, now, sourceId }: DoorContext,
): Result<Record<string, unknown>> {
  const at = occurredAt ?? now;
  const money = sent.amount && checkMoney(sent.amount, rules, at);
  if (money && !money.ok) return money;
  const { currency } = rules.settings;
  const amount = money ? { amount: money.value } : {};
  const own = KINDS[sent.type].body({ sent, id, sourceId, currency, people, ...amount });
  if (!own.ok) return own;
  const team = teamOf(sent.team, rules);
  if (!team.ok) return team;
  const late = lateness(sent, at, rules, now);
  if (!late.ok) return late;
  return ok({ ...own.value, ...attributesOf(sent), ...team.value, ...late.value });
}

/** A team by its id or by its name, in any spelling. */
function teamOf(word: string | undefined, { teams }: Rules): Result<{ team?: string }> {
  if (word === undefined) return ok({});
  const byId = teams.find((team) => team.id === word);
  if (byId) return ok({ team: byId.id });
  const name = canonicalAlias(word);
  const [found, ...more] = teams.filter((team) => canonicalAlias(team.name) === name);
  if (!found) return refuse('unknown_team', 'There is no team with this id or name.', '/team');
  if (more.length > 0) {
    return refuse('several_teams', 'Several teams have this name: send the id of one.', '/team');
  }
  return ok({ team: found.id });
}

/** What the organisation's policy makes of a fact of a closed period. */
function lateness(
  sent: IncomingEvent,
  at: Instant,
  { settings: { closing }, calendar }: Rules,
  now: Instant,
): Result<{ countsAt?: Instant }> {
  if (closing === undefined || closing.late === 'accept') return ok({});
  const window = closedPeriodOf(calendar, closing, at, now);
  if (window === undefined) return ok({});
  if (closing.late === 'open_period') {
    // A correction counts where the fact does that it corrects.
    return ok(KINDS[sent.type].corrects ? {} : { countsAt: now });
  }
  return refuse(
    'period_closed',
    `The ${closing.period} that began on ${window.key} is closed. ` +
      'Send it with a date in an open period, or let an owner open the period in the settings.',
    '/occurredAt',
  );
}

function attributesOf(sent: IncomingEvent): { attributes?: Record<string, string> } {
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(sent.attributes ?? {})) attributes[key] = String(value);
  if (sent.stage !== undefined) attributes['stage'] = sent.stage;
  // On a correction the reason is the correction's, not the deal's.
  const corrects = KINDS[sent.type].corrects;
  if (sent.reason !== undefined && !corrects) attributes['reason'] = sent.reason;
  return Object.keys(attributes).length > 0 ? { attributes } : {};
}
