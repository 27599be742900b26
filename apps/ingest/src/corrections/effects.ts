import {
  boardEffects,
  boardUnit,
  currencyExponent,
  formatScaled,
  standingFacts,
  type BoardEffect,
  type FactBody,
  type FactGroup,
  type Instant,
  type LogEvent,
  type PersonId,
  type Unit,
} from '@ovation/domain';
import type { CountedAnswer, EffectAnswer, Named } from '@ovation/protocol';
import { readNames } from '../explain/asked.ts';
import type { Book } from '../figures/book.ts';
import { textOf } from '../figures/board-page.ts';
import { inContests } from './contest-effects.ts';
import { groupNow, suppose, type Hypothesis } from './hypothesis.ts';

/** What somebody would have to know before they decide. */
export interface Foretold {
  readonly before: CountedAnswer;
  readonly after: CountedAnswer;
  readonly effects: readonly EffectAnswer[];
}

/** Where effects come from: each kind of thing that ranks people is one more of these. */
type Producer = (
  book: Book,
  hypothesis: Hypothesis,
  now: Instant,
  nameOf: (id: string) => Named,
) => EffectAnswer[] | Promise<EffectAnswer[]>;

const PRODUCERS: readonly Producer[] = [inContests, onBoards];

/** What a correction would do; without one, how the event counts. */
export async function foretell(
  book: Book,
  event: LogEvent,
  correction: FactBody | undefined,
  now: Instant,
): Promise<Foretold> {
  if (correction === undefined) {
    const group = await groupNow(book, event);
    const nameOf = await readNames(book, subjectsIn(group, event));
    const as = counted(book, group, event, nameOf);
    return { before: as, after: as, effects: [] };
  }
  const hypothesis = await suppose(book, event, correction);
  const { change, before, after } = hypothesis;
  const moved = [...change.removed, ...change.added].map((credit) => credit.person);
  const subjects = [before, after].flatMap((group) => subjectsIn(group, event));
  const nameOf = await readNames(book, [...moved, ...subjects]);
  const effects: EffectAnswer[] = [];
  for (const produce of PRODUCERS) {
    effects.push(...(await produce(book, hypothesis, now, nameOf)));
  }
  return {
    before: counted(book, before, event, nameOf),
    after: counted(book, after, event, nameOf),
    effects,
  };
}

const factIn = (group: FactGroup, event: LogEvent) =>
  standingFacts(group).find((fact) => fact.key === event.key);

const subjectsIn = (group: FactGroup, event: LogEvent): PersonId[] =>
  factIn(group, event)?.credits.map((credit) => credit.person) ?? [];

function counted(
  book: Book,
  group: FactGroup,
  event: LogEvent,
  nameOf: (id: string) => Named,
): CountedAnswer {
  const fact = factIn(group, event);
  const { currency } = book.settings;
  const scale = currencyExponent(currency) ?? 2;
  return {
    amount:
      fact?.minor === undefined
        ? null
        : { amount: formatScaled(fact.minor, scale, scale), currency },
    credits: (fact?.credits ?? []).map(({ person, share }) => ({ person: nameOf(person), share })),
  };
}

function onBoards(
  book: Book,
  { floor, change, boards }: Hypothesis,
  now: Instant,
  nameOf: (id: string) => Named,
): EffectAnswer[] {
  return boardEffects(floor, change, boards, now).flatMap((effect) => {
    const metric = book.byId.get(effect.board.metric);
    if (!metric) return [];
    const unit = boardUnit(effect.board, metric, book.settings.currency);
    return [effectAnswer(book, effect, unit, nameOf(effect.entity))];
  });
}

function effectAnswer(
  book: Book,
  { board, window, before, after }: BoardEffect,
  unit: Unit,
  entity: Named,
): EffectAnswer {
  const row = book.boards.find((one) => one.id === board.id);
  const place = ({ rank, value }: BoardEffect['before']) => ({ rank, value: textOf(value, unit) });
  return {
    kind: 'board',
    id: board.slug,
    name: row?.name ?? '',
    names: row?.names ?? {},
    metric: board.metric,
    of: board.of,
    period: board.period,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    unit,
    entity,
    before: place(before),
    after: place(after),
  };
}
