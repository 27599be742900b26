import { createCalendar, type Calendar, type PeriodKind } from './calendar.ts';
import { activityCredits, dealCredits, shared, type Credit, type TeamAt } from './credit.ts';
import { NO_DEAL, type Deal, type DealFact } from './deal.ts';
import type { EventBody, LogEvent, TargetScope } from './event.ts';
import type { MetricId } from './metric.ts';
import { METRICS } from './starter-metrics.ts';
import { DEFAULT_SETTINGS, type OrganisationSettings } from './organisation.ts';
import { Tally } from './tally.ts';
import type { DealKey, EventKey, Instant, PersonId, Scaled, Seq, TeamId } from './types.ts';

/** From when a person belongs to a team; the latest that has begun is the one that counts. */
export interface Membership {
  readonly from: Instant;
  readonly team: TeamId | null;
}

export interface PersonState {
  readonly memberships: readonly Membership[];
  readonly active: boolean;
}

/** The part of a floor that settings events made: small, so it is kept whole in the snapshot. */
export interface FloorSettings {
  readonly settings: OrganisationSettings;
  readonly rulesSeq: Seq;
  readonly people: Readonly<Record<PersonId, PersonState>>;
  readonly teams: Readonly<Record<TeamId, { readonly parent: TeamId | null }>>;
  readonly targets: Readonly<Record<string, string>>;
}

/** Where a floor keeps the deals that it folds; the projector lends it one batch at a time. */
export interface DealBook {
  get(key: DealKey): Deal | undefined;
  set(key: DealKey, deal: Deal): void;
  /** The deal that an event spoke of, if the event is known. */
  dealOf(eventKey: string): DealKey | undefined;
}

/** What one event changed. */
export interface Change {
  readonly removed: readonly Credit[];
  readonly added: readonly Credit[];
  readonly deal: DealKey | null;
  /** People, teams, targets or the organisation's own rules are other than before. */
  readonly settings: boolean;
}

const NOTHING: Change = { removed: [], added: [], deal: null, settings: false };

export const targetKey = (
  scope: TargetScope,
  entity: string | null,
  metric: MetricId,
  period: PeriodKind,
  window: string,
): string => [scope, entity ?? '', metric, period, window].join('|');

/**
 * Everything a sales floor knows, folded from its log. It is changed in place by `applyEvent`, one
 * event at a time in the order of `seq`, and reads no clock: `clock` is the latest `recordedAt`.
 * The same log gives the same floor, in batches of any size.
 */
export class Floor {
  seq: Seq = 0;
  clock: Instant = 0;
  rulesSeq: Seq = 0;
  /** When people or teams last changed. */
  staffSeq: Seq = 0;
  settings: OrganisationSettings = DEFAULT_SETTINGS;
  calendar: Calendar = createCalendar(DEFAULT_SETTINGS);
  readonly people = new Map<PersonId, PersonState>();
  readonly teams = new Map<TeamId, { readonly parent: TeamId | null }>();
  readonly targets = new Map<string, Scaled>();
  /** By metric, then by person, `team` id, or `*` for the whole organisation. */
  readonly tallies: Readonly<Record<MetricId, Map<string, Tally>>> = emptyTallies();

  readonly teamAt: TeamAt = (person, at) =>
    this.people.get(person)?.memberships.findLast((one) => one.from <= at)?.team ?? null;

  tally(metric: MetricId, entity: string): Tally {
    const all = this.tallies[metric];
    const known = all.get(entity);
    if (known) return known;
    const created = new Tally();
    all.set(entity, created);
    return created;
  }

  /** The entities that a credit counts for. */
  entitiesOf(credit: Credit): string[] {
    return credit.team === null ? [credit.person, '*'] : [credit.person, credit.team, '*'];
  }

  give(credit: Credit): void {
    if (credit.endedAt !== null) return;
    for (const entity of this.entitiesOf(credit)) this.tally(credit.metric, entity).add(credit);
  }

  takeBack(credit: Credit): void {
    if (credit.endedAt !== null) return;
    for (const entity of this.entitiesOf(credit)) this.tally(credit.metric, entity).remove(credit);
  }

  saveSettings(): FloorSettings {
    return {
      settings: this.settings,
      rulesSeq: this.rulesSeq,
      people: Object.fromEntries(this.people),
      teams: Object.fromEntries(this.teams),
      targets: Object.fromEntries([...this.targets].map(([key, value]) => [key, String(value)])),
    };
  }

  loadSettings(saved: FloorSettings): void {
    this.changeRules(saved.settings, saved.rulesSeq);
    for (const [id, person] of Object.entries(saved.people)) this.people.set(id, person);
    for (const [id, team] of Object.entries(saved.teams)) this.teams.set(id, team);
    for (const [key, value] of Object.entries(saved.targets)) this.targets.set(key, BigInt(value));
  }

  changeRules(settings: OrganisationSettings, seq: Seq): void {
    this.settings = settings;
    this.rulesSeq = seq;
    this.calendar = createCalendar(settings);
  }
}

function emptyTallies(): Record<MetricId, Map<string, Tally>> {
  const tallies = METRICS.map((metric) => [metric, new Map<string, Tally>()]);
  return Object.fromEntries(tallies) as Record<MetricId, Map<string, Tally>>;
}

/** Folds one event into the floor. Throws when the event is not the next one. */
export function applyEvent(floor: Floor, deals: DealBook, event: LogEvent): Change {
  if (event.seq !== floor.seq + 1) {
    throw new Error(`event ${event.seq} does not follow ${floor.seq}`);
  }
  floor.seq = event.seq;
  floor.clock = Math.max(floor.clock, event.recordedAt);
  const change = changeOf(floor, deals, event);
  for (const credit of change.removed) floor.takeBack(credit);
  for (const credit of change.added) floor.give(credit);
  return change;
}

function changeOf(floor: Floor, deals: DealBook, event: LogEvent): Change {
  switch (event.type) {
    case 'deal.opened':
    case 'deal.stage_changed':
    case 'deal.won':
    case 'deal.lost':
      return dealChange(floor, deals, event.deal, (deal) => ({
        facts: [...deal.facts, factOf(event, floor.teamAt)],
        reversals: [...deal.reversals, ...(deals.get(waitingFor(event.key))?.reversals ?? [])],
      }));
    case 'deal.reversed': {
      const key = event.deal ?? dealReversedBy(deals, event.reverses);
      if (key === undefined) return NOTHING;
      const reversal =
        event.reverses === undefined
          ? { at: event.occurredAt }
          : { at: event.occurredAt, reverses: event.reverses };
      return dealChange(floor, deals, key, (deal) => ({
        ...deal,
        reversals: [...deal.reversals, reversal],
      }));
    }
    case 'activity.logged':
      return { ...NOTHING, added: activityCredits(event, floor.teamAt) };
    case 'kpi.reported':
      return { ...NOTHING, added: reportedCredits(floor, event) };
    case 'tick':
      return NOTHING;
    default:
      applySettings(floor, event);
      return { ...NOTHING, settings: true };
  }
}

/** The entry under which a reversal waits for the event that it names. */
export const waitingFor = (eventKey: EventKey): DealKey => `?${eventKey}`;

function dealReversedBy(deals: DealBook, reverses: EventKey | undefined): DealKey | undefined {
  if (reverses === undefined) return undefined;
  return deals.dealOf(reverses) ?? waitingFor(reverses);
}

function dealChange(
  floor: Floor,
  deals: DealBook,
  key: DealKey,
  amend: (deal: Deal) => Deal,
): Change {
  const before = deals.get(key) ?? NO_DEAL;
  const after = amend(before);
  deals.set(key, after);
  return {
    removed: dealCredits(before, floor.teamAt),
    added: dealCredits(after, floor.teamAt),
    deal: key,
    settings: false,
  };
}

type DealEvent = Extract<LogEvent, { deal: DealKey; credits: unknown }>;

function factOf(event: DealEvent, teamAt: TeamAt): DealFact {
  const says = event.type === 'deal.won' ? 'won' : event.type === 'deal.lost' ? 'lost' : 'open';
  const stage = event.attributes?.['stage'];
  const fact = {
    key: event.key,
    seq: event.seq,
    at: event.occurredAt,
    says,
    minor: BigInt(event.amount?.minor ?? '0'),
    credits: event.credits.map((credit) => ({
      ...credit,
      team: teamAt(credit.person, event.occurredAt),
    })),
  } as const;
  return stage === undefined ? fact : { ...fact, stage };
}

/** A reading counts where its KPI is one of the organisation's metrics; others only stay known. */
function reportedCredits(
  floor: Floor,
  event: Extract<LogEvent, { type: 'kpi.reported' }>,
): Credit[] {
  const metric = METRICS.find((known) => known === event.kpi);
  if (metric === undefined) return [];
  const { key, occurredAt, credits } = event;
  const value = BigInt(event.value);
  return shared({ fact: key, metric, at: occurredAt, endedAt: null, value, credits }, floor.teamAt);
}

type SettingsEvent = Extract<
  EventBody,
  { type: 'organisation.changed' | 'team.changed' | 'person.changed' | 'target.set' }
>;

function applySettings(floor: Floor, event: SettingsEvent & LogEvent): void {
  switch (event.type) {
    case 'organisation.changed':
      floor.changeRules(event.settings, event.seq);
      return;
    case 'team.changed':
      floor.staffSeq = event.seq;
      floor.teams.set(event.team, { parent: event.parent });
      return;
    case 'person.changed':
      floor.staffSeq = event.seq;
      floor.people.set(event.person, moved(floor.people.get(event.person), event));
      return;
    case 'target.set': {
      const { scope, entity, metric, period, window, value } = event;
      const key = targetKey(scope, entity, metric, period, window);
      if (value === null) floor.targets.delete(key);
      else floor.targets.set(key, BigInt(value));
    }
  }
}

/** A move is dated: what happened before it stays with the old team. */
function moved(
  before: PersonState | undefined,
  event: Extract<EventBody, { type: 'person.changed' }>,
): PersonState {
  const stays = event.since === null && before?.memberships.at(-1)?.team === event.team;
  if (before && stays) return { ...before, active: event.active };
  const from = event.since ?? Number.MIN_SAFE_INTEGER;
  const others = (before?.memberships ?? []).filter((one) => one.from !== from);
  const memberships = [...others, { from, team: event.team }].sort((a, b) => a.from - b.from);
  return { memberships, active: event.active };
}
