import type { Ratio } from '../contest/ratio.ts';
import { recoverable } from './clawback.ts';
import type { DealPay, PeriodStep, Shaped, ShapeTrace } from './component.ts';
import type { PayeeRun } from './evaluate.ts';
import { ALL, isNone, minus, NONE, plus, spreadOver, times } from './exact.ts';
import type { ReadyComponent, ReadyVersion } from './prepared.ts';
import type { ComponentState, Figure, MeasureTrace } from './run-state.ts';

/** The end of a period for one payee on one plan. */
export interface Closing {
  readonly run: PayeeRun;
  readonly version: ReadyVersion;
  readonly period: number;
  readonly step: Omit<PeriodStep, 'quota'>;
}

type ShapeSteps = { by: string; trace: ShapeTrace; in: Ratio; out: Ratio }[];

/** Works out what a component earned in the period: its lines, shapes, clawbacks, one rounding. */
export function closeComponent(closing: Closing, ready: ReadyComponent): void {
  const { run, version, period, step } = closing;
  const { id } = ready.component;
  const state = run.state(id);
  const { from } = run.context.windows.periods[period]!;
  state.roll(run.context.windows.windowOf(ready.window, from).key);
  const quota = (measure: string) => run.quota(version, measure, from, id);
  let about: Figure['about'];
  if (ready.runner.period) {
    if (ready.needsTarget && step.targetIncentive === null) {
      run.refuse('no_target', version, id, from);
    }
    const pay = ready.runner.period({ ...step, quota });
    const change = minus(pay.pays, state.raw);
    state.raw = pay.pays;
    about = pay.about;
    if (!isNone(change)) {
      const slices = pay.slices && { slices: pay.slices };
      state.lines.push({ by: id, fact: null, deal: null, exact: change, ...slices });
    }
  }
  const shapes: ShapeSteps = [];
  const { total, deals, beforeFloor } = shaped(closing, ready, state, shapes);
  state.shaped = total;
  const clawed = takeBack(closing, ready, state, ready.byDeal ? { deals, beforeFloor } : null);
  finish(closing, ready, state, plus(total, clawed), { shapes, about });
}

/** Puts the shapes of a component on its total to date, one after the other. */
function shaped(
  { run, version, period, step }: Closing,
  { component, shapes, byDeal }: ReadyComponent,
  state: ComponentState,
  traces: ShapeSteps,
) {
  const { from } = run.context.windows.periods[period]!;
  const keepsMinimum = version.definition.clawback?.minimum === 'kept';
  let total = state.raw;
  let deals: ReadonlyMap<string, DealPay> = byDeal ? state.deals : new Map();
  const beforeFloor = new Map<string, Ratio>();
  for (const shape of shapes) {
    const { id: by, kind } = shape.component;
    const quota = (measure: string) => run.quota(version, measure, from, component.id);
    const made = shape.runner.shape!({ measure: step.measure, quota, total, deals, keepsMinimum });
    const had = total;
    if (kind === 'floor') for (const [deal, { pays }] of deals) beforeFloor.set(deal, pays);
    const pays = deals;
    [total, deals] = applied(made, total, deals);
    traces.push({ by, trace: made.trace, in: had, out: total });
    if (!('deals' in made)) {
      changeLine(state, by, null, minus(total, had));
      continue;
    }
    for (const [deal, one] of pays) {
      const to = made.deals.get(deal);
      changeLine(state, by, deal, to === undefined ? NONE : minus(to, one.pays));
    }
  }
  return { total, deals, beforeFloor };
}

function applied(
  made: Shaped,
  total: Ratio,
  deals: ReadonlyMap<string, DealPay>,
): [Ratio, ReadonlyMap<string, DealPay>] {
  if ('total' in made) return [made.total, deals];
  if ('times' in made) {
    if (made.times === ALL) return [total, deals];
    const by = made.times;
    const scaled = [...deals].map(([deal, one]) => {
      const pay = { ...one, pays: times(one.pays, by), original: times(one.original, by) };
      return [deal, pay] as const;
    });
    return [times(total, by), new Map(scaled)];
  }
  let sum = total;
  const next = new Map(deals);
  for (const [deal, to] of made.deals) {
    const one = deals.get(deal)!;
    sum = plus(sum, minus(to, one.pays));
    next.set(deal, { ...one, pays: to });
  }
  return [sum, next];
}

/** A shape's change to date, against what it was when the last period ended. */
function changeLine(state: ComponentState, by: string, deal: string | null, to: Ratio): void {
  const key = `${by}\n${deal ?? ''}`;
  const change = minus(to, state.changes.get(key) ?? NONE);
  if (isNone(change)) return;
  state.changes.set(key, to);
  state.lines.push({ by, fact: null, deal, exact: change });
}

/** Takes back what deals paid, where the plan does not recompute. The sum in this window. */
function takeBack(
  { run, version, period }: Closing,
  { component: { id } }: ReadyComponent,
  state: ComponentState,
  kept: { deals: ReadonlyMap<string, DealPay>; beforeFloor: ReadonlyMap<string, Ratio> } | null,
): Ratio {
  const { clawback } = version.definition;
  if (!kept || !clawback || (clawback.basis ?? 'recompute') === 'recompute') return NONE;
  const keeps = clawback.minimum === 'kept';
  for (const [deal, { pays }] of kept.deals) {
    run.clawbacks.note(id, state.key, deal, (keeps && kept.beforeFloor.get(deal)) || pays);
  }
  for (const taken of run.clawbacks.takenIn(period)) {
    const released = run.context.released(taken.deal, run.seat, period);
    const back = times(run.clawbacks.paid(id, taken.deal), recoverable(clawback, taken, released));
    if (clawback.basis === 'paid_part') {
      run.clawbacks.forfeit(taken.deal, { period, part: taken.part, released });
    }
    if (isNone(back)) continue;
    state.clawed = minus(state.clawed, back);
    const exact = minus(NONE, back);
    state.lines.push({ by: 'clawback', fact: taken.fact, deal: taken.deal, exact });
  }
  return state.clawed;
}

function finish(
  { run, version, period }: Closing,
  { component }: ReadyComponent,
  state: ComponentState,
  total: Ratio,
  more: { shapes: ShapeSteps; about: Figure['about'] },
): void {
  const payoutFx = payoutRate(run, version, period);
  const factor = payoutFx?.factor ?? ALL;
  const { change, minor } = run.settle(state, total, factor);
  const lines = state.lines;
  state.lines = [];
  if (lines.length === 0 && minor === 0n) return;
  const spread = spreadOver(minor, factor === ALL ? lines.map(exactOf) : lines.map(convertedOf));
  run.figures.push({
    plan: version.plan,
    version: version.version.number,
    component: component.id,
    kind: component.kind,
    ...('mode' in component && { mode: component.mode }),
    period,
    exact: change,
    minor,
    lines: lines.map((line, index) => ({ ...line, minor: spread[index]! })),
    measure: run.context.traced ? measureTrace(run, version, component, period) : null,
    shapes: more.shapes,
    ...(more.about && { about: more.about }),
    payoutFx,
  });

  function convertedOf({ exact }: { exact: Ratio }): Ratio {
    return times(exact, factor);
  }
}

const exactOf = ({ exact }: { exact: Ratio }): Ratio => exact;

/** The rate from the plan's currency to the payee's, on the day that the plan says. */
export function payoutRate(run: PayeeRun, version: ReadyVersion, period: number) {
  const { convert, payoutDay } = run.context;
  return convert(version.definition.currency, run.seat.currency, payoutDay(period, version));
}

function measureTrace(
  run: PayeeRun,
  version: ReadyVersion,
  component: ReadyComponent['component'],
  period: number,
): MeasureTrace | null {
  const id = 'measure' in component ? component.measure : undefined;
  const measure = id === undefined ? undefined : version.measures.get(id);
  if (id === undefined || !measure) return null;
  const { from } = run.context.windows.periods[period]!;
  const { made, value } = run.quotaMade(version, id, from);
  return {
    id,
    window: measure.window ?? 'period',
    money: version.look.isMoney(id),
    after: run.measure(version, id, period),
    before: run.openedAt(id),
    quota: value,
    quotaFrom: made.parts,
  };
}
