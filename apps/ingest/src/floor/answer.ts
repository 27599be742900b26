import {
  floorWords,
  formatScaled,
  paceOf,
  unitOf,
  type FloorWord,
  type Instant,
  type LogEvent,
  type Unit,
  type Window,
} from '@ovation/domain';
import type {
  ConsequenceAnswer,
  FloorAnswer,
  FloorEventAnswer,
  FloorPersonAnswer,
  FloorWordAnswer,
  Named,
} from '@ovation/protocol';
import { readConsequences, readOpenDeals } from '@ovation/store';
import type { Book } from '../figures/book.ts';
import { eventLine } from '../figures/event-line.ts';
import { textOf } from '../figures/board-page.ts';
import { percentOf } from '../targets/roll-up.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { smallestThatDoes } from './near-deals.ts';
import { FLOOR_METRIC, isSilent, readFloorPeople, type FloorPerson } from './people.ts';
import type { SourcePulses } from './sources.ts';

/** Words that an answer holds at most. */
const WORDS_MAX = 50;
const TENTHS = 1;

export type FloorPeriod = 'week' | 'month' | 'quarter';

/** The floor of everybody in somebody's charge, worked out from the credits as they stand. */
export async function floorAnswer(
  book: Book,
  pulses: SourcePulses,
  asked: {
    readonly period: FloorPeriod;
    readonly now: Instant;
    readonly seq: number;
    readonly charge: Charge;
  },
): Promise<FloorAnswer> {
  const { period, now, charge } = asked;
  const { calendar, sql, orgId } = book;
  const window = calendar.windowOf(period, now);
  const unit = unitOf(book.byId.get(FLOOR_METRIC)!, book.settings.currency);
  const people = book.people.filter((one) => one.active && isInCharge(charge, one.id));
  const ids = people.map((one) => one.id);
  const rows = await readFloorPeople(book, ids, window, now);
  const consequences = await readConsequences(sql, orgId, { metric: FLOOR_METRIC, period });
  const words = floorWords(
    rows,
    consequences.map((one) => one.atPercent),
  ).slice(0, WORDS_MAX);
  const told = await wordAnswers(book, { words, rows, consequences, unit });
  const near = new Map(words.flatMap((word) => ('missing' in word ? [[word.person, word]] : [])));
  return {
    at: new Date(now).toISOString(),
    seq: asked.seq,
    period,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    unit,
    people: rows.map((row) => personAnswer(row, { unit, window, book, now, near })),
    words: told,
    sources: await pulses.of(orgId, calendar, now),
  };
}

type Near = Extract<FloorWord, { missing: bigint }>;

function personAnswer(
  row: FloorPerson,
  part: { unit: Unit; window: Window; book: Book; now: Instant; near: ReadonlyMap<string, Near> },
): FloorPersonAnswer {
  const { unit, window, book, now, near } = part;
  const days = book.calendar.workDays(window);
  const pace =
    row.target === null ? undefined : paceOf(Number(row.value), Number(row.target), days, now);
  const word = near.get(row.person);
  return {
    id: row.person,
    today: textOf(row.today, unit),
    value: textOf(row.value, unit),
    target: textOf(row.target, unit),
    percent: row.target === null ? null : percentOf(row.value, row.target),
    days: pace ? pace.daysAhead.toFixed(TENTHS) : null,
    mix: row.mix,
    last: row.last ? eventAnswer(row.last) : null,
    silentDays: row.last ? row.silentDays.toFixed(TENTHS) : null,
    silent: isSilent(row),
    streak: row.streak,
    near: word ? { percent: word.percent, missing: textOf(word.missing, unit) } : null,
  };
}

function eventAnswer(event: LogEvent): FloorEventAnswer {
  const { type, activity, account, amount, occurredAt } = eventLine(event);
  return { type, activity, account, amount, at: occurredAt };
}

async function wordAnswers(
  book: Book,
  part: {
    words: readonly FloorWord[];
    rows: readonly FloorPerson[];
    consequences: readonly ConsequenceAnswer[];
    unit: Unit;
  },
): Promise<FloorWordAnswer[]> {
  const { words, rows, consequences, unit } = part;
  const near = words.filter((word) => 'missing' in word);
  const deals = await readOpenDeals(
    book.sql,
    book.orgId,
    near.map((word) => word.person),
  );
  const people = new Map(book.people.map((one) => [one.id, one]));
  const byPerson = new Map(rows.map((row) => [row.person, row]));
  return words.map((word) => {
    const percent = 'percent' in word ? word.percent : null;
    const last = byPerson.get(word.person)?.last;
    return {
      kind: word.kind,
      person: namedOf(people.get(word.person)!),
      percent,
      missing: 'missing' in word ? textOf(word.missing, unit) : null,
      days: 'days' in word ? formatDays(word.days) : null,
      since: word.kind === 'silent' && last ? new Date(last.occurredAt).toISOString() : null,
      consequence: consequences.find((one) => one.atPercent === percent) ?? null,
      deal:
        'missing' in word ? smallestThatDoes(deals, word.person, word.missing, unit.scale) : null,
    };
  });
}

const formatDays = (days: number): string =>
  formatScaled(BigInt(Math.trunc(days * 10 + 1e-9)), TENTHS);

const namedOf = ({ id, name, names }: Book['people'][number]): Named =>
  Object.keys(names).length > 0 ? { id, name, names } : { id, name };
