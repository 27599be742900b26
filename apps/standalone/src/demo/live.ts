import { createCalendar, type Instant, type OrganisationSettings } from '@ovation/domain';
import {
  activity,
  LOSS_REASONS,
  money,
  prospect,
  STAGES,
  type DemoEvent,
  type Prospect,
} from './market.ts';
import type { DemoPerson } from './people.ts';
import { Random } from './random.ts';

export interface LiveOptions {
  readonly seed: number;
  /** Different at every start (a start time will do), so that no id comes twice. */
  readonly nonce: string;
  now(): Instant;
  readonly settings: OrganisationSettings;
  readonly people: readonly DemoPerson[];
}

/** Wait `delayMs`, then send the events; they carry no time, so their arrival counts. */
export interface LiveStep {
  readonly delayMs: number;
  readonly events: readonly DemoEvent[];
}

interface OpenDeal extends Prospect {
  readonly person: DemoPerson;
  stage: number;
}

interface Tempo {
  readonly activityMs: readonly [number, number];
  readonly winMs: readonly [number, number];
}

/** A show, not a forecast: far busier than the season, with smaller deals. */
const OPEN_HOURS: Tempo = { activityMs: [2_000, 6_000], winMs: [120_000, 300_000] };
/** Somebody who looks at night must still see that it lives. */
const CLOSED_HOURS: Tempo = { activityMs: [5_000, 10_000], winMs: [180_000, 420_000] };
const FIRST_WIN_MS = [12_000, 25_000] as const;
/** After a pause (a laptop asleep) nothing is caught up. */
const LATE_MS = 15_000;
const OPEN_DEALS_MAX = 60;
const DOLLARS = { median: 2_600, sigma: 0.6, low: 1_200, high: 18_000 } as const;
const BIG_FISH = { share: 0.04, low: 20_000, high: 60_000 } as const;
const REVERSED_SHARE = 0.01;
const REVERSED_AFTER_MS = [240_000, 900_000] as const;
/** How often the last winner wins again, on top of skill. */
const HOT_HAND = 0.15;

/** What an open deal may do at a tick; the rest of the ticks are activities. */
const OPENS = 0.1;
const MOVES = 0.05;
const LOSES = 0.025;

/**
 * The demo's present: pull the next step, wait, send, pull again. In working hours something
 * happens every 2 to 6 s and a win every 2 to 5 min; outside them slower, never still.
 */
export function live(options: LiveOptions): { next(): LiveStep } {
  return new LiveFloor(options);
}

class LiveFloor {
  readonly #options: LiveOptions;
  readonly #random: Random;
  readonly #calendar;
  readonly #open: OpenDeal[] = [];
  #count = 0;
  #activityAt: Instant;
  #winAt: Instant;
  #reversal: { readonly at: Instant; readonly deal: string } | undefined;
  #lastWinner: DemoPerson | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#random = new Random(`${options.seed} live ${options.nonce}`);
    this.#calendar = createCalendar(options.settings);
    const now = options.now();
    this.#activityAt = now + this.#random.whole(...this.#tempo(now).activityMs);
    this.#winAt = now + this.#random.whole(...FIRST_WIN_MS);
  }

  next(): LiveStep {
    const now = this.#options.now();
    const due = Math.min(this.#activityAt, this.#winAt);
    if (now - due > LATE_MS) {
      this.#activityAt = now + this.#random.whole(...this.#tempo(now).activityMs);
      this.#winAt = Math.max(this.#winAt, this.#activityAt + 1_000);
    }
    const at = Math.max(now, Math.min(this.#activityAt, this.#winAt));
    const tempo = this.#tempo(at);
    const wins = this.#winAt <= this.#activityAt;
    if (wins) this.#winAt = at + this.#random.whole(...tempo.winMs);
    else this.#activityAt = at + this.#random.whole(...tempo.activityMs);
    return { delayMs: Math.round(at - now), events: wins ? this.#win(at) : this.#tick(at) };
  }

  #tempo(at: Instant): Tempo {
    const today = this.#calendar.workDays(this.#calendar.windowOf('day', at));
    return today.some((day) => at >= day.from && at < day.to) ? OPEN_HOURS : CLOSED_HOURS;
  }

  #id(kind: string): string {
    this.#count += 1;
    return `live-${this.#options.nonce}-${this.#count}-${kind}`;
  }

  #somebody(): DemoPerson {
    return this.#random.weighted(this.#options.people, ({ skill }) => skill);
  }

  #tick(at: Instant): DemoEvent[] {
    if (this.#reversal && this.#reversal.at <= at) {
      const { deal } = this.#reversal;
      this.#reversal = undefined;
      const reason = 'withdrawn in the cooling-off period';
      return [{ id: this.#id('reversed'), type: 'deal.reversed', deal, reason }];
    }
    const dice = this.#random.next();
    if (dice < OPENS && this.#open.length < OPEN_DEALS_MAX) return [this.#opened(this.#somebody())];
    if (dice < OPENS + MOVES) return this.#moved();
    if (dice < OPENS + MOVES + LOSES) return this.#lost();
    return [this.#activity()];
  }

  #activity(): DemoEvent {
    return activity(this.#random, this.#id('activity'), this.#somebody().email);
  }

  #opened(person: DemoPerson): DemoEvent {
    const what = prospect(this.#random, this.#id('deal'), this.#dollars());
    const deal: OpenDeal = { ...what, person, stage: 0 };
    this.#open.push(deal);
    const amount = money(deal.amount, this.#options.settings.currency);
    return { ...this.#base(deal), id: this.#id('opened'), type: 'deal.opened', amount };
  }

  #moved(): DemoEvent[] {
    const movable = this.#open.filter((deal) => deal.stage < STAGES.length);
    if (movable.length === 0) return [this.#activity()];
    const deal = this.#random.pick(movable);
    const stage = STAGES[deal.stage] ?? STAGES[0];
    deal.stage += 1;
    return [{ ...this.#base(deal), id: this.#id('stage'), type: 'deal.stage_changed', stage }];
  }

  #lost(): DemoEvent[] {
    if (this.#open.length === 0) return [this.#activity()];
    const deal = this.#random.pick(this.#open);
    this.#close(deal);
    const reason = this.#random.pick(LOSS_REASONS);
    return [{ ...this.#base(deal), id: this.#id('lost'), type: 'deal.lost', reason }];
  }

  #win(at: Instant): DemoEvent[] {
    const events: DemoEvent[] = [];
    const again = this.#lastWinner && this.#random.chance(HOT_HAND);
    const winner = again && this.#lastWinner ? this.#lastWinner : this.#somebody();
    if (!this.#open.some(({ person }) => person === winner)) events.push(this.#opened(winner));
    const deal = this.#random.pick(this.#open.filter(({ person }) => person === winner));
    this.#close(deal);
    this.#lastWinner = winner;
    if (!this.#reversal && this.#random.chance(REVERSED_SHARE)) {
      const later = this.#random.whole(...REVERSED_AFTER_MS);
      this.#reversal = { at: at + later, deal: deal.deal };
    }
    const amount = money(deal.amount, this.#options.settings.currency);
    events.push({ ...this.#base(deal), id: this.#id('won'), type: 'deal.won', amount });
    return events;
  }

  #base({ deal, person, attributes }: OpenDeal) {
    return { deal, credits: [{ person: person.email, share: '1' }], attributes: { ...attributes } };
  }

  #close(deal: OpenDeal): void {
    this.#open.splice(this.#open.indexOf(deal), 1);
  }

  #dollars(): number {
    const { share, low, high } = BIG_FISH;
    if (this.#random.chance(share)) return this.#random.between(low, high);
    const usual = this.#random.logNormal(DOLLARS.median, DOLLARS.sigma);
    return Math.min(DOLLARS.high, Math.max(DOLLARS.low, usual));
  }
}
