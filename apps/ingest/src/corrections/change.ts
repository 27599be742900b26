import {
  isFact,
  ok,
  parseShare,
  refuse,
  sharesMakeWhole,
  type CreditShare,
  type EventKey,
  type FactBody,
  type Instant,
  type LogEvent,
  type Result,
} from '@ovation/domain';
import type { CorrectionChange } from '@ovation/protocol';
import { checkMoney } from '../check-money.ts';
import type { Rules } from '../rules.ts';

type Kind = CorrectionChange['kind'];

/** What can be asked of an event, by its type. */
export function kindsFor(event: LogEvent): readonly Kind[] {
  if (!isFact(event)) return [];
  if (event.type === 'deal.won') return ['amend', 'reassign', 'split', 'withdraw'];
  if (event.type.startsWith('deal.')) return ['reassign', 'split'];
  return ['withdraw'];
}

/** The people whom a change names. */
export function peopleIn(change: CorrectionChange): string[] {
  if (change.kind === 'reassign') return [change.person];
  return change.kind === 'split' ? change.credits.map((credit) => credit.person) : [];
}

/** What a change needs to be judged by. */
export interface ChangeContext {
  readonly rules: Rules;
  readonly now: Instant;
  /** Everybody there is. */
  readonly people: ReadonlySet<string>;
}

/** The correction in the log's form: it names the one event it corrects, of whatever source. */
export function correctionBody(
  event: LogEvent,
  change: CorrectionChange,
  context: ChangeContext,
): Result<FactBody> {
  if (!kindsFor(event).includes(change.kind)) {
    const detail = `An event of the type ${event.type} cannot be corrected like this.`;
    return refuse('cannot_correct', detail, '/change/kind');
  }
  const unknown = peopleIn(change).find((person) => !context.people.has(person));
  if (unknown !== undefined) {
    return refuse('unknown_person', 'There is no person with this id.', '/change/person');
  }
  switch (change.kind) {
    case 'amend':
      return amended(event.key, change.amount, event.occurredAt, context);
    case 'reassign': {
      const credits = [{ person: change.person, share: '1' }];
      return ok({ type: 'deal.reassigned', corrects: event.key, credits });
    }
    case 'split':
      return split(event.key, change.credits);
    case 'withdraw':
      return ok(
        event.type === 'deal.won'
          ? { type: 'deal.reversed', reverses: event.key }
          : { type: 'activity.withdrawn', withdraws: event.key },
      );
  }
}

function amended(
  corrects: EventKey,
  money: { amount: string; currency: string },
  at: Instant,
  { rules }: ChangeContext,
): Result<FactBody> {
  const amount = checkMoney(money, rules, at);
  if (amount.ok) return ok({ type: 'deal.amended', corrects, amount: amount.value });
  const { pointer = '', ...fault } = amount.fault;
  return { ok: false, fault: { ...fault, pointer: `/change${pointer}` } };
}

function split(corrects: EventKey, credits: readonly CreditShare[]): Result<FactBody> {
  const shares = [];
  for (const [index, credit] of credits.entries()) {
    const share = parseShare(credit.share);
    if (!share.ok) {
      const { code, detail } = share.fault;
      return refuse(code, detail, `/change/credits/${index}/share`);
    }
    shares.push(share.value);
  }
  if (!sharesMakeWhole(shares)) {
    return refuse('share_sum', 'The shares must add up to exactly 1.', '/change/credits');
  }
  if (new Set(credits.map((credit) => credit.person)).size < credits.length) {
    const detail = 'Two of the credits are for the same person. Make them one.';
    return refuse('person_twice', detail, '/change/credits');
  }
  return ok({ type: 'deal.split', corrects, credits });
}
