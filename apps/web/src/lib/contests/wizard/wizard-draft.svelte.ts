import type {
  BacktestAnswer,
  ContestAnswer,
  ContestCheckAnswer,
  ContestDraftBody,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { leaveText, takeLeftText } from './left-text.ts';
import { canReplay } from './steps.ts';

/** What is typed is kept so long after the last key. */
const SAVE_AFTER_MS = 700;
/** Looking back over weeks takes longer, so it waits until the hand rests. */
const REPLAY_AFTER_MS = 1_200;
const RETRY_MS = 5_000;

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'failed';

/** A contest while its rules are being written: kept as it is typed, judged and replayed. */
export class WizardDraft {
  name = $state('');
  nameFa = $state('');
  description = $state('');
  descriptionFa = $state('');
  rules = $state<ContestDraftBody>({});
  readonly id: string;
  #contest = $state.raw<ContestAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #refused = $state.raw<Problem | null>(null);
  #state = $state<SaveState>('saved');
  #savedAt = $state<number | null>(null);
  #check = $state.raw<ContestCheckAnswer | null>(null);
  #backtest = $state.raw<BacktestAnswer | null>(null);
  #replaying = $state(false);
  #replayProblem = $state.raw<Problem | null>(null);
  #kept = '';
  #replayed = '';
  #timers: ReturnType<typeof setTimeout>[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string) {
    this.id = id;
  }

  get contest(): ContestAnswer | null {
    return this.#contest;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** What the server did not take of the last save. */
  get refused(): Problem | null {
    return this.#refused;
  }
  get state(): SaveState {
    return this.#state;
  }
  get savedAt(): number | null {
    return this.#savedAt;
  }
  get check(): ContestCheckAnswer | null {
    return this.#check;
  }
  get backtest(): BacktestAnswer | null {
    return this.#backtest;
  }
  get replaying(): boolean {
    return this.#replaying;
  }
  get replayProblem(): Problem | null {
    return this.#replayProblem;
  }
  /** It is published: changes are announced all at once, with their reason. */
  get amending(): boolean {
    return this.#contest !== null && this.#contest.phase !== 'draft';
  }
  /** It has begun: what was settled by the start stays. */
  get begun(): boolean {
    return this.amending && this.#contest!.phase !== 'scheduled';
  }

  async load(): Promise<void> {
    const answer = await ask<ContestAnswer>('GET', `/v1/contests/${this.id}`);
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#show(answer.value);
    this.#kept = this.#text();
    // What was sent as the page went may not have arrived yet: it is shown, and kept again.
    const left = takeLeftText(this.id);
    if (left !== undefined && answer.value.phase === 'draft')
      this.#show(JSON.parse(left) as ContestAnswer);
    this.#contest = answer.value;
    this.#soon();
  }

  #show(said: ContestAnswer): void {
    const { name, names, description, descriptions, definition } = said;
    Object.assign(this, { name, description, rules: definition });
    this.nameFa = names['fa'] ?? '';
    this.descriptionFa = descriptions['fa'] ?? '';
  }

  /** Follows what is typed; returns the undoing, which keeps what is not kept yet. */
  start(): () => void {
    void this.load();
    const stop = $effect.root(() => {
      $effect(() => {
        const now = this.#text();
        if (this.#contest !== null && now !== this.#kept) this.#typed();
      });
    });
    const leave = () => this.#keepOnLeaving();
    addEventListener('pagehide', leave);
    return () => {
      stop();
      removeEventListener('pagehide', leave);
      clearTimeout(this.#retry);
      this.#timers.forEach(clearTimeout);
      if (this.#state === 'unsaved' && !this.amending) void this.save();
    };
  }

  /** The page goes while something is not kept yet: the request outlives it. */
  #keepOnLeaving(): void {
    const text = this.#text();
    if (this.amending || this.#contest === null || text === this.#kept) return;
    leaveText(this.id, text);
    const headers = { 'content-type': 'application/json' };
    const path = `/v1/contests/${this.id}`;
    void fetch(path, { method: 'PATCH', headers, body: text, keepalive: true });
  }

  #text(): string {
    return JSON.stringify(this.#body());
  }

  #body() {
    const own = (text: string) => (text.trim() === '' ? {} : { fa: text.trim() });
    return {
      name: this.name.trim() || '–',
      names: own(this.nameFa),
      description: this.description.trim(),
      descriptions: own(this.descriptionFa),
      definition: $state.snapshot(this.rules) as ContestDraftBody,
    };
  }

  #typed(): void {
    this.#state = 'unsaved';
    this.#soon();
  }

  #soon(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [
      setTimeout(() => void this.#keep(), SAVE_AFTER_MS),
      setTimeout(() => void this.replay(), REPLAY_AFTER_MS),
    ];
  }

  async #keep(): Promise<void> {
    if (!this.amending && this.#state === 'unsaved') await this.save();
    await this.judge();
  }

  /** Keeps what was typed; tries again by itself while the server cannot be reached. */
  async save(): Promise<boolean> {
    clearTimeout(this.#retry);
    const body = this.#body();
    const text = JSON.stringify(body);
    this.#state = 'saving';
    const answer = await ask<ContestAnswer>('PATCH', `/v1/contests/${this.id}`, body);
    this.#refused = answer.ok ? null : answer.problem;
    if (answer.ok) {
      this.#kept = text;
      this.#contest = answer.value;
      this.#savedAt = Date.parse(answer.value.updatedAt);
      this.#state = this.#text() === text ? 'saved' : 'unsaved';
      return true;
    }
    this.#state = 'failed';
    if (answer.problem.status === 0) this.#retry = setTimeout(() => void this.save(), RETRY_MS);
    return false;
  }

  /** What is wrong, and what is worth a thought. */
  async judge(): Promise<void> {
    const { definition } = this.#body();
    const path = `/v1/contests/${this.id}/check`;
    const answer = await ask<ContestCheckAnswer>('POST', path, { definition });
    if (answer.ok) this.#check = answer.value;
  }

  /** The last windows under these rules. */
  async replay(): Promise<void> {
    const { definition } = this.#body();
    const text = JSON.stringify(definition);
    if (!canReplay(definition) || text === this.#replayed || this.#replaying) return;
    this.#replaying = true;
    const path = `/v1/contests/${this.id}/backtest`;
    const replayable = { ...definition, prizes: definition.prizes ?? [] };
    const answer = await ask<BacktestAnswer>('POST', path, { definition: replayable });
    this.#replaying = false;
    this.#replayed = text;
    this.#replayProblem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#backtest = answer.value;
    if (JSON.stringify(this.#body().definition) !== text) this.#soon();
  }

  async publish(): Promise<Answer<ContestAnswer>> {
    if (!(await this.save())) return { ok: false, problem: this.#refused! };
    return ask<ContestAnswer>('POST', `/v1/contests/${this.id}/publish`, {});
  }

  /** Announces the rules as they are now, with the reason. */
  async amend(reason: string): Promise<Answer<ContestAnswer>> {
    const { definition, ...wordsOf } = this.#body();
    await ask('PATCH', `/v1/contests/${this.id}`, wordsOf);
    return ask<ContestAnswer>('POST', `/v1/contests/${this.id}/amend`, { definition, reason });
  }

  /** What is wrong with a part of the rules, if anything: the first fault at or below it. */
  faultAt(pointer: string) {
    return this.#check?.faults.find(
      (one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`),
    );
  }
}
