import {
  createCalendar,
  currencyExponent,
  formatScaled,
  parseScaled,
  workingTime,
  type Instant,
  type OrganisationSettings,
} from '@ovation/domain';
import type { DemoEvent } from './market.ts';
import type { DemoPerson } from './people.ts';
import { Random } from './random.ts';

/** A monthly revenue target, in the shape of the API save for the entity. */
export interface DemoTarget {
  readonly scope: 'person' | 'team' | 'organisation';
  /** E-mail of the person, slug of the team, `null` for the organisation. */
  readonly entity: string | null;
  readonly metric: 'revenue';
  readonly period: 'month';
  /** First date of the month in the organisation's calendar, ISO 8601. */
  readonly start: string;
  /** Decimal string in the organisation's currency. */
  readonly value: string;
}

export interface TargetOptions {
  readonly seed: number;
  readonly now: Instant;
  readonly settings: OrganisationSettings;
  readonly people: readonly DemoPerson[];
  /** The season up to now. */
  readonly events: Iterable<DemoEvent>;
}

/** Months before the current one from which a person's usual month is taken. */
const LOOK_BACK_MONTHS = 3;
/** Even late in the month somebody's leave must not make for a tiny target. */
const TRUST_MAX = 0.85;
/** Where people will end the month if they go on like this: from well behind to well ahead. */
const ATTAINMENT = [0.82, 1.22] as const;

/**
 * Targets of the current month such that the floor as a whole is about on pace, some people ahead
 * and some behind. A team's target is the sum of its people's, the organisation's that of the teams.
 */
export function targets(options: TargetOptions): DemoTarget[] {
  const { now, settings, people, seed } = options;
  const calendar = createCalendar(settings);
  const month = calendar.windowOf('month', now);
  const { elapsed, total } = workingTime(calendar.workDays(month), now);
  const gone = total === 0 ? 0 : elapsed / total;
  const exponent = currencyExponent(settings.currency) ?? 2;
  const { current, usual } = revenue(options, exponent);
  const common = { metric: 'revenue', period: 'month', start: month.key } as const;
  const format = (units: number) =>
    formatScaled(BigInt(units) * 10n ** BigInt(exponent), exponent, exponent);

  const byTeam = new Map<string, number>();
  const rows: DemoTarget[] = [];
  for (const { email, team } of people) {
    const random = new Random(`${seed} target ${email}`);
    // Early in the month the usual month tells more, later the pace of this one.
    const trust = Math.min(TRUST_MAX, 1.5 * gone);
    const onPace = gone === 0 ? 0 : (current.get(email) ?? 0) / gone;
    const projected = trust * onPace + (1 - trust) * (usual.get(email) ?? 0);
    const value = roundTarget(projected / random.between(...ATTAINMENT));
    byTeam.set(team, (byTeam.get(team) ?? 0) + value);
    rows.push({ ...common, scope: 'person', entity: email, value: format(value) });
  }
  for (const [team, value] of byTeam) {
    rows.push({ ...common, scope: 'team', entity: team, value: format(value) });
  }
  const whole = [...byTeam.values()].reduce((sum, value) => sum + value, 0);
  return [...rows, { ...common, scope: 'organisation', entity: null, value: format(whole) }];
}

/** Two significant digits, as people set targets; never 0. */
function roundTarget(units: number): number {
  const step = 10 ** Math.max(3, Math.floor(Math.log10(Math.max(units, 1))) - 1);
  return Math.max(step, Math.round(units / step) * step);
}

/** Whole units of the currency by e-mail: this month so far, and in a usual month. */
function revenue({ events, now, settings }: TargetOptions, exponent: number) {
  const calendar = createCalendar(settings);
  const month = calendar.windowOf('month', now);
  let first = month;
  for (let back = 0; back < LOOK_BACK_MONTHS; back += 1) first = calendar.previous(first);
  const current = new Map<string, number>();
  const usual = new Map<string, number>();
  for (const { type, amount, credits = [], occurredAt = '' } of events) {
    const at = Date.parse(occurredAt);
    if (type !== 'deal.won' || !amount || at < first.from || at >= now) continue;
    const minor = parseScaled(amount.amount, exponent);
    const units = minor.ok ? Number(minor.value) / 10 ** exponent : 0;
    for (const { person, share } of credits) {
      // Shares are fractions or decimals; a demo's target needs neither exactly.
      const part = units * Number(share);
      if (at >= month.from) current.set(person, (current.get(person) ?? 0) + part);
      else usual.set(person, (usual.get(person) ?? 0) + part / LOOK_BACK_MONTHS);
    }
  }
  return { current, usual };
}
