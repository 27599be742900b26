import { roundRatio, type Ratio } from '../contest/ratio.ts';
import { Clawbacks } from './clawback.ts';
import type { EventStep, PeriodStep } from './component.ts';
import { creditAt, type CreditSource, type Seat } from './credits.ts';
import { fieldOf, type Credit } from './credit.ts';
import type { Day } from './dates.ts';
import { PLAN_DEFAULTS, type PlanMeasure } from './definition.ts';
import { ALL, isNone, minus, most, NONE, over, plus, times } from './exact.ts';
import type { ReadyComponent, ReadyMeasure, ReadyVersion } from './prepared.ts';
import type { QuotaBook, QuotaMade } from './quota.ts';
import {
  ComponentState,
  MeasureState,
  type EarnedLine,
  type Figure,
  type PayRefusal,
} from './run-state.ts';
import { closeComponent, type Closing } from './shaping.ts';
import { closePlan } from './plan-bounds.ts';
import type { Convert } from './rates.ts';
import type { Windows } from './windows.ts';

/** A credit on its measure, before a component looks at it. */
interface BareStep extends Omit<EventStep, 'earlier' | 'quota'> {
  readonly measure: PlanMeasure;
}

/** What a run asks of the rest of the calculation. */
export interface RunContext {
  readonly windows: Windows;
  readonly quotas: QuotaBook;
  readonly convert: Convert;
  /** Everybody's measures on a plan when a period ends, for pools. */
  readonly everybody: (
    seat: Seat,
    measure: string,
    period: number,
    known: number,
  ) => readonly (readonly [string, Ratio])[];
  readonly released: (deal: string, seat: Seat, period: number) => Ratio;
  /** The day of the payout rate of an origin period. */
  readonly payoutDay: (period: number, version: ReadyVersion) => Day;
  readonly traced: boolean;
}

export interface RunResult {
  readonly figures: readonly Figure[];
  readonly refusals: readonly PayRefusal[];
  readonly clawbacks: Clawbacks;
}

/**
 * What one payee earns on one plan, period by period, from the credits that were known in the
 * period `known`. A pure fold over the ordered credits: how they were batched changes nothing.
 */
export class PayeeRun {
  readonly seat: Seat;
  readonly context: RunContext;
  readonly known: number;
  readonly components = new Map<string, ComponentState>();
  readonly clawbacks: Clawbacks;
  readonly figures: Figure[] = [];
  readonly refusals = new Map<string, PayRefusal>();
  readonly #measures = new Map<string, MeasureState>();
  readonly #quotas = new Map<string, { made: QuotaMade; value: Ratio | null }>();
  readonly #byPeriod = new Map<number, CreditSource[]>();
  #last: ReadyVersion | undefined;

  constructor(seat: Seat, sources: readonly CreditSource[], context: RunContext, known: number) {
    [this.seat, this.context, this.known] = [seat, context, known];
    this.clawbacks = new Clawbacks(sources, known);
    for (const source of sources) {
      if (source.known > known) continue;
      const list = this.#byPeriod.get(source.origin) ?? [];
      this.#byPeriod.set(source.origin, list);
      list.push(source);
    }
  }

  /** Goes through the periods up to the known one. */
  run(): RunResult {
    const last = Math.min(this.known, this.context.windows.periods.length - 1);
    for (let period = -1; period <= last; period += 1) {
      for (const source of this.#byPeriod.get(period) ?? []) this.#credit(source, period);
      if (period >= 0) this.#close(period);
    }
    const { figures, clawbacks } = this;
    return { figures, clawbacks, refusals: [...this.refusals.values()] };
  }

  /** Only moves measures: for those whose pay is not asked for. */
  measuresAt(period: number, id: string): Ratio {
    for (let at = -1; at <= period; at += 1) {
      for (const source of this.#byPeriod.get(at) ?? []) this.#credit(source, at, true);
    }
    const version = this.versionAt(period);
    return version ? this.measure(version, id, period) : NONE;
  }

  #credit(source: CreditSource, period: number, only = false): void {
    const { version } = source;
    const recompute = (version.definition.clawback?.basis ?? 'recompute') === 'recompute';
    const credit = creditAt(source, this.known, recompute);
    this.#last = version;
    for (const measure of version.sums) {
      if (!measure.includes(credit)) continue;
      const state = this.#measureState(measure.measure.id);
      state.roll(this.context.windows.windowOf(measure.window, credit.day).key, period);
      const value = measure.value(credit);
      const moves = times(value, credit.quotaShare);
      const before = state.value;
      state.value = isNone(moves) ? before : plus(before, moves);
      if (only) continue;
      const step = this.#step(credit, measure, version, {
        value,
        moves,
        before,
        after: state.value,
      });
      for (const component of measure.components) this.#earn(component, step, credit, version);
    }
  }

  #step(
    credit: Credit,
    { measure }: ReadyMeasure,
    version: ReadyVersion,
    at: { value: Ratio; moves: Ratio; before: Ratio; after: Ratio },
  ): BareStep {
    const { share, quotaShare, stands } = credit;
    const same = share === quotaShare;
    return {
      measure,
      amount: same ? at.moves : times(at.value, share),
      moves: at.moves,
      before: at.before,
      after: at.after,
      share: stands ? share : NONE,
      units: times(credit.units, share),
      day: credit.day,
      level: credit.level,
      traced: this.context.traced,
      field: (name) => fieldOf(credit, name),
      targetIncentive: this.targetOf(version),
    };
  }

  targetOf({ look }: ReadyVersion): Ratio | null {
    const { targetIncentive } = this.seat.assignment;
    return targetIncentive === undefined ? null : look.money(targetIncentive);
  }

  #earn(ready: ReadyComponent, step: BareStep, credit: Credit, version: ReadyVersion): void {
    const { component, runner } = ready;
    const state = this.state(component.id);
    state.roll(this.context.windows.windowOf(ready.window, credit.day).key);
    if (ready.needsTarget && step.targetIncentive === null) {
      this.refuse('no_target', version, component.id, credit.day);
    }
    const quota = () => this.quota(version, step.measure.id, credit.day, component.id);
    const full: EventStep = { ...step, quota, earlier: state.times };
    const pay = runner.event!(full);
    if (ready.byDeal)
      this.#keepDeal(ready, state, credit, full, pay?.own ?? pay?.pays ?? NONE, version);
    if (!pay) return;
    state.times += 1;
    if (isNone(pay.pays)) return;
    state.raw = plus(state.raw, pay.pays);
    const line: EarnedLine = {
      by: component.id,
      fact: credit.fact.key,
      deal: credit.fact.fact.deal,
      exact: pay.pays,
      ...(this.context.traced && {
        before: step.before,
        after: step.after,
        ...(pay.slices && { slices: pay.slices }),
        fx: credit.fx,
      }),
    };
    state.lines.push(line);
  }

  #keepDeal(
    { runner }: ReadyComponent,
    state: ComponentState,
    credit: Credit,
    step: EventStep,
    own: Ratio,
    { definition }: ReadyVersion,
  ): void {
    const { deal } = credit.fact.fact;
    const had = state.deals.get(deal);
    let original = own;
    const kept = definition.clawback?.minimum ?? PLAN_DEFAULTS.clawback.minimum;
    if (kept === 'kept' && (!credit.stands || credit.left !== ALL)) {
      const { whole, share, quotaShare } = credit;
      const [amount, moves] = [times(whole.amount, share), times(whole.amount, quotaShare)];
      const units = times(whole.units, share);
      const after = plus(step.before, moves);
      const before = runner.event!({ ...step, amount, moves, after, units, share });
      original = before?.own ?? before?.pays ?? NONE;
    }
    state.deals.set(deal, {
      pays: plus(had?.pays ?? NONE, own),
      original: plus(had?.original ?? NONE, original),
      stands: (had?.stands ?? false) || credit.stands,
    });
  }

  /** The version that says how a period ends. */
  versionAt(period: number): ReadyVersion | undefined {
    const { from, to } = this.context.windows.periods[period]!;
    const day = Math.min(to, this.seat.to) - 1;
    if (day < Math.max(from, this.seat.from)) return undefined;
    return this.seat.versions.findLast((one) => one.from <= day && from < one.to);
  }

  #close(period: number): void {
    const version = this.versionAt(period) ?? this.#last;
    if (!version) return;
    const step = this.#periodStep(version, period);
    const closing: Closing = { run: this, version, period, step };
    const before = this.figures.length;
    const ids = new Set(version.earning.map(({ component }) => component.id));
    for (const ready of version.earning) closeComponent(closing, ready);
    // What an earlier version earned in this period, and this one does not know any more.
    for (const other of this.seat.versions) {
      for (const ready of other.earning) {
        const { id } = ready.component;
        if (ids.has(id) || !this.components.get(id)?.lines.length) continue;
        ids.add(id);
        closeComponent({ ...closing, version: other }, ready);
      }
    }
    closePlan(closing, this.figures.slice(before));
  }

  #periodStep(version: ReadyVersion, period: number): Omit<PeriodStep, 'quota'> {
    const { windows, everybody } = this.context;
    return {
      measure: (id) => this.measure(version, id, period),
      targetIncentive: this.targetOf(version),
      earned: (id) => {
        const state = this.components.get(id);
        const ready = version.earning.find(({ component }) => component.id === id);
        if (!state || !ready) return NONE;
        const { key } = windows.windowOf(ready.window, windows.periods[period]!.from);
        return state.key === key ? state.shaped : NONE;
      },
      everybody: (id) => everybody(this.seat, id, period, this.known),
      person: this.seat.person.id,
      rounded: roundRatio,
    };
  }

  state(component: string): ComponentState {
    const known = this.components.get(component) ?? new ComponentState();
    this.components.set(component, known);
    return known;
  }

  #measureState(id: string): MeasureState {
    const known = this.#measures.get(id) ?? new MeasureState();
    this.#measures.set(id, known);
    return known;
  }

  /** What a measure has come to in its window when a period ends. */
  measure(version: ReadyVersion, id: string, period: number, depth = 0): Ratio {
    const measure = version.measures.get(id);
    if (!measure || depth > version.measures.size) return NONE;
    const parts = (ids: readonly string[]) =>
      ids.map((part) => this.measure(version, part, period, depth + 1));
    if (measure.add) return parts(measure.add).reduce(plus, NONE);
    if (measure.divide) {
      const [above, below] = parts(measure.divide) as [Ratio, Ratio];
      return isNone(below) ? NONE : over(above, below);
    }
    const { windows } = this.context;
    const state = this.#measureState(id);
    state.roll(
      windows.windowOf(measure.window ?? 'period', windows.periods[period]!.from).key,
      period,
    );
    return state.value;
  }

  /** Where a measure stood when the period began. */
  openedAt = (id: string): Ratio => this.#measureState(id).opened;

  /** The quota of a measure in the window of a day; a missing one is written down. */
  quota(version: ReadyVersion, id: string, day: Day, component?: string): Ratio | null {
    const found = this.quotaMade(version, id, day);
    if (found.value === null && component !== undefined) {
      this.refuse('no_quota', version, component, day);
    }
    return found.value;
  }

  quotaMade(version: ReadyVersion, id: string, day: Day) {
    const measure = version.measures.get(id);
    const window = this.context.windows.windowOf(measure?.window ?? 'period', day);
    const name = measure?.quota ?? id;
    const key = `${name} ${window.key} ${version.version.number}`;
    const known = this.#quotas.get(key);
    if (known) return known;
    const dayCount = version.definition.day_count ?? PLAN_DEFAULTS.day_count;
    const made = this.context.quotas.of(this.seat.person, name, window, dayCount);
    const unit = version.look.isMoney(id) ? version.look.money('1') : ALL;
    const value = made.amount === null ? null : times(most(made.amount, NONE), unit);
    const found = { made, value: value === null || isNone(value) ? null : value };
    this.#quotas.set(key, found);
    return found;
  }

  refuse(code: PayRefusal['code'], version: ReadyVersion, component: string, day: Day): void {
    const { windows } = this.context;
    const period = windows.periodOf(day);
    const name = windows.periods[period]?.key.slice('period '.length) ?? '';
    const key = `${code} ${component} ${name}`;
    if (this.refusals.has(key) || period < 0) return;
    const { id: person } = this.seat.person;
    const detail =
      code === 'no_quota'
        ? `"${component}" goes by attainment, and ${person} has no quota above zero in ${name}.`
        : `"${component}" pays parts of a target, and ${person} has no target incentive.`;
    this.refusals.set(key, { code, person, plan: version.plan, component, period: name, detail });
  }

  /** What went from the last period to this one, in minor units of the payout currency. */
  settle(state: ComponentState, total: Ratio, factor: Ratio) {
    const change = minus(total, state.given);
    state.given = total;
    state.converted = plus(state.converted, times(change, factor));
    const rounded = roundRatio(state.converted);
    const minor = rounded - state.rounded;
    state.rounded = rounded;
    return { change, minor };
  }
}
