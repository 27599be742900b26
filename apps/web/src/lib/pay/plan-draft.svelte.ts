import type { PlanDefinition } from '@ovation/domain';
import type {
  PlanAnswer,
  PlanCheckAnswer,
  PlanFindingAnswer,
  PlanVersionAnswer,
} from '@ovation/protocol';
import { leaveText, takeLeftText } from '$lib/contests/wizard/left-text.ts';
import type { Answer, Problem } from '$lib/desk/api.ts';
import type { PlanDesk } from './plan-desk.svelte.ts';
import { definitionOf } from './plan-words.ts';
import { withValue } from './plan-values.ts';

/** What is typed is kept so long after the last key. */
const SAVE_AFTER_MS = 700;
const RETRY_MS = 5_000;

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'failed';

interface Kept {
  readonly definition: Record<string, unknown>;
  readonly from: string;
}

/** A draft while its rules are being written: kept as it is typed, and judged. */
export class PlanDraft {
  readonly number: number;
  #rules = $state.raw<PlanDefinition>()!;
  #from = $state('');
  #state = $state<SaveState>('saved');
  #savedAt = $state<number | null>(null);
  #refused = $state.raw<Problem | null>(null);
  #check = $state.raw<PlanCheckAnswer | null>(null);
  readonly #desk: PlanDesk;
  readonly #place: string;
  #kept: string;
  #saving: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: PlanDesk, plan: string, version: PlanVersionAnswer) {
    [this.#desk, this.number] = [desk, version.number];
    this.#place = `${plan}/${version.number}`;
    this.#show(version.definition, version.from);
    this.#savedAt = Date.parse(version.updatedAt);
    this.#kept = this.#text();
  }

  get rules(): PlanDefinition {
    return this.#rules;
  }
  get from(): string {
    return this.#from;
  }
  get state(): SaveState {
    return this.#state;
  }
  get savedAt(): number | null {
    return this.#savedAt;
  }
  /** What the server did not take of the last save. */
  get refused(): Problem | null {
    return this.#refused;
  }
  get check(): PlanCheckAnswer | null {
    return this.#check;
  }

  #show(definition: Readonly<Record<string, unknown>>, from: string): void {
    const empty = { ...definition, measures: [], components: [] };
    this.#rules = definitionOf(definition) ?? (empty as unknown as PlanDefinition);
    this.#from = from;
  }

  set rules(rules: PlanDefinition) {
    this.#rules = rules;
    this.#typed();
  }
  set from(from: string) {
    this.#from = from;
    this.#typed();
  }
  /** Something else at a place of the rules; `undefined` takes it out. */
  set = (pointer: string, value: unknown): void => {
    this.rules = withValue(this.#rules, pointer, value);
  };

  /** Takes up what was typed just before a reload, and judges; returns the undoing. */
  start(): () => void {
    const left = takeLeftText(this.#place);
    if (left !== undefined) {
      const { definition, from } = JSON.parse(left) as Kept;
      this.#show(definition, from);
      this.#typed();
    }
    void this.judge();
    const leave = () => this.#keepOnLeaving();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      clearTimeout(this.#timer);
      if (this.#state === 'unsaved') void this.save();
    };
  }

  /** The page goes while something is not kept yet: the request outlives it. */
  #keepOnLeaving(): void {
    const text = this.#text();
    if (text === this.#kept) return;
    leaveText(this.#place, text);
    this.#desk.saveOnLeaving(this.number, text);
  }

  #body(): Kept {
    const definition = this.#rules as unknown as Record<string, unknown>;
    return { definition, from: this.#from };
  }
  #text(): string {
    return JSON.stringify(this.#body());
  }

  #typed(): void {
    if (this.#text() === this.#kept) return;
    this.#state = 'unsaved';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), SAVE_AFTER_MS);
  }

  async #keep(): Promise<void> {
    await this.save();
    await this.judge();
  }

  /** Keeps what was typed; tries again by itself while the server cannot be reached. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    // One save at a time: an older one may not overtake a newer one.
    await this.#saving;
    const saving = this.#save();
    this.#saving = saving;
    return saving;
  }

  async #save(): Promise<boolean> {
    const text = this.#text();
    if (text === this.#kept) return true;
    this.#state = 'saving';
    const answer = await this.#desk.save(this.number, this.#body());
    this.#refused = answer.ok ? null : answer.problem;
    if (answer.ok) {
      this.#kept = text;
      this.#savedAt = savedAt(answer.value, this.number);
      this.#state = this.#text() === text ? 'saved' : 'unsaved';
      return true;
    }
    this.#state = 'failed';
    const again = () => void this.#keep();
    if (answer.problem.status === 0) this.#timer = setTimeout(again, RETRY_MS);
    return false;
  }

  /** What is wrong, and what is worth a thought. */
  async judge(): Promise<void> {
    const answer = await this.#desk.check(this.number);
    if (answer.ok) this.#check = answer.value;
  }

  /** Whether everything is kept and nothing keeps it from being approved. */
  async ready(): Promise<boolean> {
    if (!(await this.save())) return false;
    await this.judge();
    return this.#check?.faults.length === 0;
  }

  approve(): Promise<Answer<PlanAnswer>> {
    return this.#desk.approve(this.number);
  }

  /** What is wrong exactly here. */
  faultAt(pointer: string): PlanFindingAnswer | undefined {
    return this.#check?.faults.find((one) => one.pointer === pointer);
  }
  warningAt(pointer: string): PlanFindingAnswer | undefined {
    return this.#check?.warnings.find((one) => one.pointer === pointer);
  }
  /** How much is wrong at or below a place. */
  faultsIn(pointer: string): number {
    const inside = (one: PlanFindingAnswer) =>
      one.pointer === pointer || one.pointer.startsWith(`${pointer}/`);
    return this.#check?.faults.filter(inside).length ?? 0;
  }
}

const savedAt = (plan: PlanAnswer, number: number): number =>
  Date.parse(plan.versions.find((one) => one.number === number)?.updatedAt ?? '');
