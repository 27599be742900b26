import type { Instant } from '@ovation/domain';
import type { ContestAnswer, ContestStandingAnswer, ContestStep } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { LiveBoard, LiveConnection, Now } from '$lib/live/index.ts';

/** After something happened the standing is asked anew, at most so often. */
const ASK_EVERY_MS = 1_000;

/** One contest as a page shows it: rules, standing, what happened; live while it goes on. */
export class ContestView {
  readonly connection: LiveConnection;
  #id: string;
  #now: Now;
  #board: LiveBoard;
  #contest = $state.raw<ContestAnswer | null>(null);
  #standing = $state.raw<ContestStandingAnswer | null>(null);
  #steps = $state.raw<readonly ContestStep[]>([]);
  #problem = $state.raw<Problem | null>(null);
  #askedAt = 0;
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, renderedAt: Instant) {
    this.#id = id;
    this.#now = new Now(renderedAt);
    const ended = () => location.assign('/sign-in');
    this.connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded: ended });
    this.#board = new LiveBoard(this.connection, `contest-${id}`, 'top:10');
  }

  get contest(): ContestAnswer | null {
    return this.#contest;
  }
  get standing(): ContestStandingAnswer | null {
    return this.#standing;
  }
  get steps(): readonly ContestStep[] {
    return this.#steps;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get now(): Instant {
    return this.#now.ms;
  }
  /** What one more event brings on average; `null` where there is no such thing. */
  get step(): string | null {
    return this.#board.view?.totals.step ?? null;
  }

  start(): () => void {
    const stops = [
      this.connection.start(),
      this.#now.start(this.connection),
      this.#board.start(),
      $effect.root(() => {
        $effect(() => this.#soon(this.#board.view?.version ?? -1));
      }),
    ];
    return () => {
      clearTimeout(this.#due);
      stops.reverse().forEach((stop) => stop());
    };
  }

  /** What was there before stays when the server cannot be reached. */
  async load(): Promise<void> {
    const path = `/v1/contests/${this.#id}`;
    const contest = await ask<ContestAnswer>('GET', path);
    this.#problem = contest.ok ? null : contest.problem;
    if (!contest.ok) return;
    this.#contest = contest.value;
    if (contest.value.phase === 'draft') return;
    const [standing, history] = await Promise.all([
      ask<ContestStandingAnswer>('GET', `${path}/standing`),
      ask<{ steps: ContestStep[] }>('GET', `${path}/history`),
    ]);
    if (standing.ok) this.#standing = standing.value;
    if (history.ok) this.#steps = history.value.steps;
  }

  /** A step of its life; the page shows what came of it. */
  async act(step: string, body?: unknown): Promise<Answer<ContestAnswer>> {
    const path = `/v1/contests/${this.#id}/${step}`;
    const answer = await ask<ContestAnswer>('POST', path, body);
    if (answer.ok) await this.load();
    return answer;
  }

  /** Asks at once, then at most once a second while it goes on. */
  #soon(_version: number): void {
    clearTimeout(this.#due);
    const wait = Math.max(0, this.#askedAt + ASK_EVERY_MS - this.#now.ms);
    this.#due = setTimeout(() => {
      this.#askedAt = this.#now.ms;
      void this.load();
    }, wait);
  }
}
