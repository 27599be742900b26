import {
  clashing,
  contestFaults,
  contestPhase,
  finding,
  freezeContest,
  isWholeContest,
  prizesFitting,
  type ContestContext,
  type ContestDefinition,
  type ContestDraft,
  type ContestFinding,
} from '@ovation/domain';
import type { ContestCheckAnswer } from '@ovation/protocol';
import { readContests, readContestStates, readLateness } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import { historyOf, readFloor } from './floor.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long ago lateness is looked at. */
const LATENESS_DAYS = 90;
/** Percent of events that may arrive after the grace before it is worth a word. */
const LATE_PERCENT = 1;

/** What a book says of rules. */
export function contextOf(deps: Pick<IngestDeps, 'clock'>, book: Book): ContestContext {
  return {
    metrics: book.byId,
    people: new Set(book.people.map((person) => person.id)),
    teams: new Set(book.teams.map((team) => team.id)),
    currency: book.settings.currency,
    now: deps.clock.now(),
  };
}

/** The rules if they can be published; ends the request with every fault otherwise. */
export function mustBeWhole(
  deps: Pick<IngestDeps, 'clock'>,
  book: Book,
  draft: ContestDraft,
): ContestDefinition {
  const faults = contestFaults(draft, contextOf(deps, book));
  if (faults.length === 0 && isWholeContest(draft)) return draft;
  const errors = faults.map(({ code, detail, pointer }) => ({
    code,
    detail,
    pointer: `/definition${pointer}`,
  }));
  throw new ProblemError('refused', errors[0]?.detail ?? 'These rules are not whole.', errors);
}

/** What is wrong with rules, and what one should think about before they are published. */
export async function checkRules(
  deps: IngestDeps,
  orgId: string,
  draft: ContestDraft,
): Promise<ContestCheckAnswer> {
  const book = await openBook(deps.sql, orgId);
  const faults = contestFaults(draft, contextOf(deps, book));
  const warnings = [
    ...(await clashes(deps, orgId, draft)),
    ...(await lateness(deps, orgId, draft)),
    ...(faults.length === 0 && isWholeContest(draft) ? await chances(deps, book, draft) : []),
  ];
  return { faults, warnings };
}

/** Other contests that count the same in these days. */
async function clashes(deps: IngestDeps, orgId: string, draft: ContestDraft) {
  const [rows, states] = await Promise.all([
    readContests(deps.sql, orgId),
    readContestStates(deps.sql, orgId),
  ]);
  const now = deps.clock.now();
  const open = [...states.values()].filter((state) =>
    ['scheduled', 'live', 'paused'].includes(contestPhase(state, now)),
  );
  const found = clashing(
    draft,
    open.map((state) => state.definition),
  );
  return found.map(({ id }): ContestFinding => {
    const name = rows.find((row) => row.id === id)?.name ?? id;
    const detail = `"${name}" counts the same in these dates: one sale counts in both.`;
    return finding('clash', detail, '/scoring', { contest: id, name });
  });
}

/** How much arrives after the grace, by the last months, and how long would have been enough. */
async function lateness(deps: IngestDeps, orgId: string, { graceHours }: ContestDraft) {
  if (graceHours === undefined) return [];
  const since = new Date(deps.clock.now() - LATENESS_DAYS * DAY_MS);
  const late = await readLateness(deps.sql, orgId, since, graceHours);
  if (late.events === 0) return [];
  const percent = Math.floor((late.later * 100) / late.events);
  if (percent < LATE_PERCENT) return [];
  const enough = Math.min(24 * 30, Math.ceil(late.hours99));
  const detail =
    `${percent} % of the last ${LATENESS_DAYS} days’ events came later than ` +
    `${graceHours} h. Use ${enough} h.`;
  const values = { percent, hours: graceHours, enough };
  return [finding('late_events', detail, '/graceHours', values)];
}

/** Whether there is somebody to win, and whether somebody is left without a chance. */
async function chances(deps: IngestDeps, book: Book, contest: ContestDefinition) {
  const from = historyOf(contest);
  const { reader } = await readFloor(book, { contest, from, to: contest.from, draft: true });
  const { entrants } = freezeContest(contest, reader);
  const warnings: ContestFinding[] = [];
  const add = (code: string, detail: string, pointer: string, values?: ContestFinding['values']) =>
    warnings.push(finding(code, detail, pointer, values));
  if (entrants.length === 0) add('nobody', 'Nobody may take part in this.', '/who');
  else if (entrants.length === 1) add('one', 'Only one may take part in this.', '/who');
  const places = Math.max(
    0,
    ...contest.prizes.map((prize) => (prize.for.to === 'ranks' ? prize.for.until : 0)),
  );
  if (places > entrants.length && entrants.length > 0) {
    const detail = `There are prizes for ${places} places and ${entrants.length} take part.`;
    add('more_prizes', detail, '/prizes', { places, entrants: entrants.length });
  }
  const without = entrants.filter((one) => needsPast(contest) && isNothing(one.baseline));
  if (without.length > 0) {
    const detail = `${without.length} have no past to be compared with, so they cannot win.`;
    add('no_past', detail, '/rules', { people: without.length });
  }
  const aimless = entrants.filter(({ target }) => isNothing(target));
  if (contest.rules.kind === 'percent_of_target' && aimless.length > 0) {
    const detail = `${aimless.length} have no target for this period, so they cannot win.`;
    add('no_target', detail, '/rules', { people: aimless.length });
  }
  if (contest.prizes.length === 0) {
    const fits = prizesFitting(contest.rules.kind)[0]!;
    add('no_prizes', 'Nothing is won yet.', '/prizes', { to: fits });
  }
  if (contest.from < deps.clock.now()) {
    add('begun', 'It begins in the past: what has happened since counts.', '/from');
  }
  return warnings;
}

const needsPast = ({ rules }: ContestDefinition): boolean => rules.kind === 'most_improved';
const isNothing = (value: string | null): boolean => value === null || BigInt(value) === 0n;
