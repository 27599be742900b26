import {
  backtestContest,
  contestMetrics,
  costOf,
  divideHalfAway,
  effectOf,
  effectWindows,
  formatScaled,
  freezeContest,
  plainFacts,
  readerUntil,
  standContest,
  unitOf,
  winnerOf,
  type Award,
  type BacktestWindow,
  type ContestDefinition,
  type ContestEffect,
  type ContestReader,
  type Instant,
  type PersonId,
  type ResultAward,
  type Scaled,
  type Unit,
} from '@ovation/domain';
import type { BacktestAnswer, ContestEffectAnswer, Named } from '@ovation/protocol';
import { readContestStates } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { textOf } from '../figures/board-page.ts';
import { stateOf } from './answers.ts';
import { mustHave, notFound } from './drafts.ts';
import { historyOf, readFloor } from './floor.ts';
import { namesIn } from './names.ts';
import { mustBeWhole } from './rules.ts';
import { itemAnswer, moneyText } from './standing.ts';
import { definitionFrom, iso } from './wire.ts';

const ENGINE = { freeze: freezeContest, stand: standContest };
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Windows that are replayed unless asked otherwise, and weeks that are looked back at most. */
const WINDOWS = 3;
const WEEKS_MAX = 26;
const SHOWN = 10;

type Span = { readonly from: Instant; readonly to: Instant };

/**
 * Replays a draft's rules over the last windows of its own length (or over one that is given). It
 * writes nothing.
 */
export async function backtest(
  deps: IngestDeps,
  orgId: string,
  draft: { id: string; definition: Parameters<typeof definitionFrom>[1] },
  asked: { readonly windows?: number },
): Promise<BacktestAnswer> {
  const book = await openBook(deps.sql, orgId);
  const now = deps.clock.now();
  const contest = mustBeWhole(deps, book, definitionFrom(draft.id, draft.definition));
  const windows = pastWindows(contest, now, asked.windows ?? WINDOWS);
  const need = { ...contest, from: windows[0]!.from, to: windows[0]!.to };
  const floor = await readFloor(book, { contest, from: historyOf(need), to: now, draft: true });
  const reader = readerUntil(floor.reader, now);
  const result = backtestContest(contest, windows, reader, ENGINE);
  const names = namesIn(book, contest);
  const name = (id: string): Named => names.get(id) ?? { id, name: id };
  const unit = result.windows[0]!.standing.unit;
  return {
    unit,
    currency: book.settings.currency,
    events: result.events,
    windows: result.windows.map((one) => windowAnswer(one, unit, book, name)),
    without: result.without.map(name),
    always: result.always === null ? null : name(result.always),
    chances:
      result.chances === null
        ? null
        : {
            runs: result.chances.runs,
            contenders: result.chances.contenders,
            wins: result.chances.wins
              .slice(0, SHOWN)
              .map(([id, wins]) => ({ entrant: name(id), wins })),
          },
    plain: plainWinner(contest, windows, reader).map((id) => (id === undefined ? null : name(id))),
  };
}

/**
 * The last windows, newest last, each of whole weeks before the contest's own so that weekdays
 * match; for one longer than a week of its own length.
 */
export function pastWindows({ from, to }: Span, now: Instant, count: number): Span[] {
  const length = to - from;
  const step = Math.ceil(length / WEEK_MS) * WEEK_MS;
  const back = Math.max(1, Math.ceil((Math.max(0, to - now) + 1) / step));
  const windows = Array.from({ length: Math.min(count, 12) }, (_, index) => {
    const shift = (back + index) * step;
    return { from: from - shift, to: to - shift };
  });
  const recent = windows.filter((one) => now - one.from <= WEEKS_MAX * WEEK_MS);
  return (recent.length > 0 ? recent : windows.slice(0, 1)).reverse();
}

/** Who would have won by a plain count, to compare with. */
function plainWinner(contest: ContestDefinition, windows: readonly Span[], reader: ContestReader) {
  const { handicap: _, qualify: __, ...rest } = contest;
  const plain: ContestDefinition = { ...rest, rules: { kind: 'highest' }, prizes: [] };
  return windows.map((window) => {
    const moved = { ...plain, ...window };
    const facts = plainFacts(freezeContest(moved, readerUntil(reader, window.from)));
    return winnerOf(standContest(moved, facts, readerUntil(reader, window.to)));
  });
}

function windowAnswer(
  one: BacktestWindow,
  unit: Unit,
  book: Book,
  name: (id: string) => Named,
): BacktestAnswer['windows'][number] {
  const { standing } = one;
  const winner = winnerOf(standing);
  return {
    from: iso(one.from),
    to: iso(one.to),
    winner: winner === undefined ? null : name(winner),
    margin: one.margin === null ? null : textOf(one.margin, unit),
    leadChanges: one.leadChanges,
    inReach: one.inReach,
    entrants: one.entrants,
    cost: moneyText(one.cost, book.settings.currency),
    course: one.course.map(({ entrant, ranks }) => ({ entrant: name(entrant), ranks })),
    rows: standing.lines.slice(0, SHOWN).map((line) => ({
      entrant: name(line.entrant),
      rank: line.rank,
      tied: line.tied,
      score: textOf(line.score, unit),
      reached: line.reached,
    })),
    awards: standing.awards.slice(0, SHOWN * 2).map((award) => ({
      person: name(award.person),
      item: itemAnswer(award.item),
      rank: award.rank,
    })),
  };
}

/** Whether a contest that is over did what it was for; `null` before. */
export async function contestEffect(
  deps: IngestDeps,
  orgId: string,
  id: string,
): Promise<ContestEffectAnswer | null> {
  const row = await mustHave(deps, orgId, id);
  const state = stateOf(row, await readContestStates(deps.sql, orgId, [id]));
  if (!state) throw notFound();
  const { definition, frozen, result } = state;
  const now = deps.clock.now();
  if (now < definition.to || frozen === null) return null;
  const book = await openBook(deps.sql, orgId);
  const { before, after } = effectWindows(definition);
  const { reader } = await readFloor(book, {
    contest: definition,
    from: before[0]!.from,
    to: after.to,
  });
  const metric = book.byId.get(contestMetrics(definition)[0]!)!;
  const filter = (definition.scoring.where?.length ?? 0) > 0 ? id : null;
  const people = [...new Set(frozen.entrants.flatMap((one) => one.members))];
  const brought = (span: Span): Map<PersonId, Scaled> =>
    new Map(
      people.map((person) => [person, reader.value(metric.id, filter, person, span).value ?? 0n]),
    );
  const effect = effectOf({
    before: before.map(brought),
    during: brought(definition),
    after: now >= after.to ? brought(after) : null,
    winners: new Set((result?.awards ?? []).map((award) => award.person)),
    cost: costOf((result?.awards ?? []).map(awardOf), book.settings.currency),
  });
  return effectAnswer(effect, unitOf(metric, book.settings.currency), book.settings.currency);
}

/** An award as the log has it. */
function awardOf(award: ResultAward): Award {
  const { item } = award;
  return { ...award, item: item.kind === 'money' ? { ...item, minor: BigInt(item.minor) } : item };
}

/** Figures as text; money with its currency's digits. */
function effectAnswer(effect: ContestEffect, unit: Unit, currency: string): ContestEffectAnswer {
  const { costPer } = effect;
  const one = 10n ** BigInt(unit.scale);
  return {
    unit,
    currency,
    baseline: textOf(effect.baseline, unit),
    during: textOf(effect.during, unit),
    uplift: textOf(effect.uplift, unit),
    upliftPercent:
      effect.upliftPermille === null ? null : formatScaled(BigInt(effect.upliftPermille), 1, 1),
    after: textOf(effect.after, unit),
    dip: textOf(effect.dip, unit),
    improved: effect.improved,
    people: effect.people,
    winners: effect.winners,
    topShare: effect.topShare,
    cost: moneyText(effect.cost, currency),
    costPerUnit:
      costPer === null
        ? null
        : moneyText(divideHalfAway(costPer.minor * one, costPer.units), currency),
  };
}
