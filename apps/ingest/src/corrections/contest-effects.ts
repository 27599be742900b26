import {
  contestMetrics,
  contestPhase,
  graceEnd,
  hasFilter,
  redo,
  subjectOf,
  type ContestLine,
  type ContestState,
  type Credit,
  type Instant,
  type Unit,
} from '@ovation/domain';
import type { EffectAnswer, PlaceAnswer } from '@ovation/protocol';
import { readContests, readContestStates, type ContestRow } from '@ovation/store';
import { stateOf } from '../contests/answers.ts';
import { namesIn } from '../contests/names.ts';
import { seedOf, standAgain, standNow } from '../contests/stand.ts';
import type { Book } from '../figures/book.ts';
import { textOf } from '../figures/board-page.ts';
import type { Hypothesis } from './hypothesis.ts';

/** Each is worked out twice from its own credits while somebody waits for the answer. */
const CONTESTS_MAX = 20;

interface Asked {
  readonly row: ContestRow;
  readonly state: ContestState;
}

/** What a correction does to the places of those whom it touches, in contests that go on. */
export async function inContests(
  book: Book,
  hypothesis: Hypothesis,
  now: Instant,
): Promise<EffectAnswer[]> {
  const effects: EffectAnswer[] = [];
  for (const asked of await contestsOf(book, hypothesis, now)) {
    effects.push(...(await effectsIn(book, hypothesis, asked, now)));
  }
  return effects;
}

/** Those that the moved credits count in and whose result is not in the log, first to end first. */
async function contestsOf(book: Book, hypothesis: Hypothesis, now: Instant): Promise<Asked[]> {
  const states = await readContestStates(book.sql, book.orgId);
  const rows = await readContests(book.sql, book.orgId);
  return rows
    .flatMap((row) => {
      const state = stateOf(row, states);
      return state && isOn(state, now) && isTouched(hypothesis, state) ? [{ row, state }] : [];
    })
    .sort((a, b) => a.state.definition.to - b.state.definition.to)
    .slice(0, CONTESTS_MAX);
}

const isOn = (state: ContestState, now: Instant): boolean =>
  ['live', 'paused', 'provisional'].includes(contestPhase(state, now));

function isTouched({ floor, change }: Hypothesis, { definition, frozen }: ContestState): boolean {
  const filter = hasFilter(definition.scoring) ? definition.id : null;
  const measures = new Set(
    contestMetrics(definition)
      .flatMap((id) => floor.basesOf(id))
      .flatMap((base) => floor.measures.ready(subjectOf(base.id, filter))?.measures ?? [])
      .map((measure) => measure.key),
  );
  const isIn = ({ person }: Credit) =>
    frozen?.entrants.some((one) => one.members.includes(person)) ?? true;
  return [...change.removed, ...change.added].some(
    (credit) =>
      measures.has(credit.measure) &&
      credit.at >= definition.from &&
      credit.at < graceEnd(definition) &&
      isIn(credit),
  );
}

async function effectsIn(
  book: Book,
  hypothesis: Hypothesis,
  { row, state }: Asked,
  now: Instant,
): Promise<EffectAnswer[]> {
  const seed = await seedOf(book, state, now);
  const known = hypothesis.floor.seq;
  const stood = await standNow(book, state, { at: now, seed, known });
  const moves = {
    removed: hypothesis.change.removed.filter((credit) => stood.floor.holds(credit)),
    added: hypothesis.change.added.filter((credit) => stood.floor.holds(credit)),
  };
  redo(stood.floor.floor, moves);
  const after = standAgain(state, stood, { at: now, seed });
  const people = new Set([...moves.removed, ...moves.added].map((credit) => credit.person));
  const names = namesIn(book, state.definition);
  const { unit } = stood.standing;
  return stood.frozen.entrants
    .filter((one) => one.members.some((member) => people.has(member)))
    .flatMap(({ id }) => {
      const [was, is] = [stood.standing, after].map(({ lines }) =>
        placeOf(
          lines.find((line) => line.entrant === id),
          unit,
        ),
      );
      if (was!.rank === is!.rank && was!.value === is!.value) return [];
      const entity = names.get(id) ?? { id, name: id };
      return [{ ...contestIn(row, state), unit, entity, before: was!, after: is! }];
    });
}

const placeOf = (line: ContestLine | undefined, unit: Unit): PlaceAnswer => ({
  rank: line?.rank ?? null,
  value: line ? textOf(line.score, unit) : null,
});

const contestIn = ({ id, name, names }: ContestRow, { definition }: ContestState) => ({
  kind: 'contest' as const,
  ...{ id, name, names },
  metric: null,
  of: definition.of === 'people' ? ('people' as const) : ('teams' as const),
  period: null,
  from: new Date(definition.from).toISOString(),
  to: new Date(definition.to).toISOString(),
});
