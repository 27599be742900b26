import { SvelteMap } from 'svelte/reactivity';
import type { Calendar, Instant, MetricId, Unit } from '@ovation/domain';
import type { ConsequenceAnswer, TargetsAnswer, TargetsSaved } from '@ovation/protocol';
import { ask, sentenceOf, type Problem } from '$lib/desk/api.ts';
import { faultText } from '$lib/desk/fault-text.ts';
import { sameNumber } from '$lib/desk/typed-number.ts';
import { words } from '$lib/desk/words.ts';
import type { FormatLocale } from '$lib/format/index.ts';
import {
  cellKey,
  columnsOf,
  firstSpan,
  fromKey,
  spanWindow,
  type CellKey,
  type GridColumn,
  type GridSpan,
  type TargetPeriod,
} from './grid-model.ts';
import { NOTHING_DONE, pushed, redo, undo, type UndoStack } from './undo-stack.ts';

/** What a cell says about itself. */
export type CellState =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly text: string };

/** A target that changes; `null` is none. */
export interface CellChange {
  readonly key: CellKey;
  readonly was: string | null;
  readonly now: string | null;
}

/** How many of a change were taken and how many were not. */
export interface Outcome {
  readonly saved: number;
  readonly refused: number;
}

const SAVED_SHOWN_MS = 4_000;

/** Targets of one metric, in as many windows as are shown; every change is sent at once. */
export class TargetsGrid {
  #metric = $state<MetricId>('revenue');
  #period = $state<TargetPeriod>('month');
  #span = $state<GridSpan>(firstSpan('month'));
  #at = $state<Instant>(0);
  #calendar: Calendar;
  #locale: FormatLocale;
  #values = new SvelteMap<CellKey, string>();
  #cells = new SvelteMap<CellKey, CellState>();
  #stack = $state.raw<UndoStack<readonly CellChange[]>>(NOTHING_DONE);
  #consequences = $state.raw<readonly ConsequenceAnswer[]>([]);
  #unit = $state.raw<Unit | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #loaded = $state(false);

  constructor(calendar: Calendar, locale: FormatLocale, at: Instant) {
    this.#calendar = calendar;
    this.#locale = locale;
    this.#at = at;
  }

  readonly shown = $derived.by(() =>
    spanWindow(this.#calendar, this.#period, this.#span, this.#at),
  );
  readonly columns: readonly GridColumn[] = $derived.by(() =>
    columnsOf(this.#calendar, this.#period, this.shown, this.#locale),
  );

  get metric(): MetricId {
    return this.#metric;
  }
  set metric(metric: MetricId) {
    this.#metric = metric;
    this.#stack = NOTHING_DONE;
  }

  get period(): TargetPeriod {
    return this.#period;
  }
  set period(period: TargetPeriod) {
    this.#period = period;
    this.#span = firstSpan(period);
    this.#stack = NOTHING_DONE;
  }

  get span(): GridSpan {
    return this.#span;
  }
  set span(span: GridSpan) {
    this.#span = span;
  }

  get unit(): Unit | null {
    return this.#unit;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get consequences(): readonly ConsequenceAnswer[] {
    return this.#consequences;
  }

  /** First date of the window before a column. */
  previousStart(column: GridColumn): string {
    const window = this.#calendar.windowOf(this.#period, column.from);
    return this.#calendar.previous(window).key;
  }

  /** The windows around the shown ones, to choose from: two before, all shown. */
  nearby(): readonly GridColumn[] {
    const first = this.columns[0];
    if (!first) return [];
    const before = this.#calendar.windowOf(this.#period, first.from);
    const back = this.#calendar.previous(before);
    const from = this.#calendar.previous(back).from;
    const all = { ...this.shown, from };
    return columnsOf(this.#calendar, this.#period, all, this.#locale);
  }

  /** One stretch earlier or later. */
  step(direction: 1 | -1): void {
    const { shown } = this;
    const next = direction > 0 ? this.#calendar.next(shown) : this.#calendar.previous(shown);
    this.#at = next.from;
  }

  goTo(at: Instant): void {
    this.#at = at;
  }

  valueOf(key: CellKey): string | null {
    return this.#values.get(key) ?? null;
  }

  stateOf(key: CellKey): CellState | undefined {
    return this.#cells.get(key);
  }

  get canUndo(): boolean {
    return this.#stack.done.length > 0;
  }

  async load(): Promise<void> {
    const { columns, metric, period } = this;
    const asked = columns.map(({ start }) => start).join();
    const current = () =>
      metric === this.#metric && asked === this.columns.map(({ start }) => start).join();
    const answers = await Promise.all(
      columns.map(({ start }) => {
        const query = new URLSearchParams({ metric, period, start });
        return ask<TargetsAnswer>('GET', `/v1/targets?${query.toString()}`);
      }),
    );
    if (!current()) return;
    this.#values.clear();
    this.#cells.clear();
    this.#problem = null;
    answers.forEach((answer, index) => {
      if (!answer.ok) {
        this.#problem = answer.problem;
        return;
      }
      const { start } = columns[index]!;
      for (const one of answer.value.targets) this.#values.set(cellKey(start, one), one.value);
      this.#consequences = answer.value.consequences ?? [];
      this.#unit = answer.value.unit ?? null;
    });
    this.#loaded = true;
  }

  /** Sends what differs from what stands there; what is refused goes back. */
  async change(
    wanted: readonly { readonly key: CellKey; readonly now: string | null }[],
    remember = true,
  ): Promise<Outcome> {
    const changes = wanted
      .map(({ key, now }) => ({ key, was: this.valueOf(key), now }))
      .filter(({ was, now }) => !sameNumber(was, now));
    for (const { key, now } of changes) {
      this.#set(key, now);
      this.#cells.set(key, { kind: 'saving' });
    }
    const sent = await Promise.all(
      [...byStart(changes)].map(([start, of]) => this.#send(start, of)),
    );
    const saved = sent.flat();
    if (remember && saved.length > 0) this.#stack = pushed(this.#stack, saved);
    return { saved: saved.length, refused: changes.length - saved.length };
  }

  /** Takes back the last change. */
  async undo(): Promise<Outcome | null> {
    const last = undo(this.#stack);
    if (!last) return null;
    this.#stack = last.stack;
    return this.change(
      last.step.map(({ key, was }) => ({ key, now: was })),
      false,
    );
  }

  /** Does again what was taken back last. */
  async redo(): Promise<Outcome | null> {
    const next = redo(this.#stack);
    if (!next) return null;
    this.#stack = next.stack;
    return this.change(next.step, false);
  }

  /** A text that is no target does not leave the page. */
  refuse(key: CellKey, text: string): void {
    this.#cells.set(key, { kind: 'refused', text });
  }

  clear(key: CellKey): void {
    if (this.#cells.get(key)?.kind === 'refused') this.#cells.delete(key);
  }

  get refusedKeys(): readonly CellKey[] {
    return [...this.#cells].flatMap(([key, state]) => (state.kind === 'refused' ? [key] : []));
  }

  get saving(): number {
    return [...this.#cells.values()].filter(({ kind }) => kind === 'saving').length;
  }

  async #send(start: string, changes: readonly CellChange[]): Promise<readonly CellChange[]> {
    const targets = changes.map(({ key, now }) => {
      const { scope, entity } = fromKey(key);
      return { scope, entity, value: now };
    });
    const body = { metric: this.#metric, period: this.#period, start, targets };
    const answer = await ask<TargetsSaved>('PUT', '/v1/targets/bulk', body);
    const reasons = new Map<number, string>();
    if (answer.ok)
      for (const one of answer.value.refused) reasons.set(one.index, faultText(one, words()));
    return changes.filter(({ key, was }, index) => {
      const reason = answer.ok ? reasons.get(index) : sentenceOf(answer.problem);
      if (reason === undefined) this.#settle(key);
      else {
        this.#set(key, was);
        this.refuse(key, reason);
      }
      return reason === undefined;
    });
  }

  #settle(key: CellKey): void {
    this.#cells.set(key, { kind: 'saved' });
    setTimeout(() => {
      if (this.#cells.get(key)?.kind === 'saved') this.#cells.delete(key);
    }, SAVED_SHOWN_MS);
  }

  #set(key: CellKey, value: string | null): void {
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
  }
}

function byStart(changes: readonly CellChange[]): Map<string, CellChange[]> {
  const groups = new Map<string, CellChange[]>();
  for (const change of changes) {
    const { start } = fromKey(change.key);
    groups.set(start, [...(groups.get(start) ?? []), change]);
  }
  return groups;
}
