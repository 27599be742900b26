import {
  contestPhase,
  freezeContest,
  graceEnd,
  nextOf,
  type ContestDefinition,
  type ContestState,
} from '@ovation/domain';
import {
  lockContest,
  readContest,
  readContestStates,
  readDueContests,
  saveContest,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { caughtUp } from '../routes/boards.ts';
import { writeSettings } from '../settings-writer.ts';
import { tickOnce } from '../ticks.ts';
import { CLERK, closeContest } from './close.ts';
import { flagEvents } from './flags.ts';
import { historyOf, readFloor } from './floor.ts';
import { newContestId, publishAtOnce } from './life.ts';
import { addContestNews, noteContestNews, tellContestNews } from './news.ts';

/** How often the clerk looks what is due. */
const LOOK_EVERY_MS = 2_000;
/** How often events of one contest are held against its rules, at most. */
const FLAG_EVERY_MS = 10_000;

/**
 * Does to contests what is due by the clock: they start, end, are decided, begin again. Everything
 * is done once, however many clerks there are: the contest's row is held while it is done, and says
 * afterwards that it was.
 */
export class Clerk {
  readonly #deps: IngestDeps;
  /** Ends that the log was told of by this clerk. */
  readonly #told = new Set<string>();
  /** When a contest's events were looked at, and up to which event. */
  readonly #looked = new Map<string, { at: number; seq: number }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
  }

  /** Looks after these organisations until it is stopped. */
  start(organisations: () => Promise<readonly string[]>): void {
    const look = async () => {
      for (const orgId of await organisations()) {
        if (this.#timer === undefined) return;
        await this.actOn(orgId).catch((error: unknown) =>
          this.#deps.logger.warn({ err: error, org: orgId }, 'the clerk was held up'),
        );
      }
    };
    this.#timer = setInterval(() => {
      this.#running ??= look()
        .catch((error: unknown) => this.#deps.logger.warn({ err: error }, 'no clerk'))
        .finally(() => (this.#running = undefined));
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  /** Does whatever is due in one organisation's contests now. */
  async actOn(orgId: string): Promise<void> {
    const { sql, clock } = this.#deps;
    const now = clock.now();
    const ids = await readDueContests(sql, orgId, new Date(now));
    if (ids.length === 0) return;
    const seq = await caughtUp(sql, orgId);
    const due = [...(await readContestStates(sql, orgId, ids)).values()].filter((state) =>
      OPEN.has(contestPhase(state, now)),
    );
    const book = await openBook(sql, orgId);
    for (const state of due) await this.#act(book, state, seq);
  }

  async #act(book: Book, state: ContestState, seq: number): Promise<void> {
    const { definition } = state;
    const now = this.#deps.clock.now();
    if (state.frozen === null) return startContest(this.#deps, book, state);
    await this.#flag(book, state, seq);
    if (now < definition.to) return;
    await this.#tellEnd(book.orgId, definition);
    if (now >= graceEnd(definition)) await closeContest(this.#deps, book.orgId, definition.id);
  }

  /** Time enters the log as data, so that contests end although nobody sells. */
  async #tellEnd(orgId: string, { id, to }: ContestDefinition): Promise<void> {
    const name = `end-${id}-${to}`;
    if (this.#told.has(name)) return;
    await tickOnce(this.#deps, orgId, name);
    const row = await readContest(this.#deps.sql, orgId, id);
    if (row) await noteContestNews(this.#deps, orgId, row, 'ended');
    this.#told.add(name);
  }

  async #flag(book: Book, state: ContestState, seq: number): Promise<void> {
    if (state.definition.guard === undefined) return;
    const { id } = state.definition;
    const now = this.#deps.clock.now();
    const before = this.#looked.get(id);
    const deciding = now >= graceEnd(state.definition);
    const soon = before !== undefined && now - before.at < FLAG_EVERY_MS && !deciding;
    if (soon || before?.seq === seq) return;
    await flagEvents(this.#deps, book, state);
    this.#looked.set(id, { at: now, seq });
  }
}

const OPEN: ReadonlySet<string> = new Set(['live', 'paused', 'provisional']);

/** Settles who takes part and with what, and publishes the next of a series. */
async function startContest(deps: IngestDeps, book: Book, state: ContestState): Promise<void> {
  const { orgId } = book;
  const { definition } = state;
  const { from, id } = definition;
  const need = { contest: definition, from: historyOf(definition), to: from };
  const { reader } = await readFloor(book, need);
  const frozen = freezeContest(definition, reader);
  const now = new Date(deps.clock.now());
  const next = nextOf(definition, book.calendar, newContestId());
  await writeSettings(deps, orgId, CLERK, async (tx) => {
    const row = await lockContest(tx, orgId, id);
    if (!row || row.startedAt !== null || row.cancelledAt !== null) {
      return { value: undefined, events: [] };
    }
    await saveContest(tx, orgId, { ...row, startedAt: now });
    await addContestNews(tx, orgId, row, 'started', { at: now });
    const started = { type: 'contest.started' as const, contest: id, frozen };
    if (next === null) return { value: undefined, events: [started] };
    const again = { ...next, parent: next.parent ?? id };
    return { value: undefined, events: [started, await publishAtOnce(tx, orgId, row, again, now)] };
  });
  await tellContestNews(deps, orgId, id, 'started');
}
