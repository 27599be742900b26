import type {
  BoardOf,
  Condition,
  MetricId,
  PeriodKind,
  RankedBy,
  TeamId,
  TieRule,
} from '@ovation/domain';
import type { BoardAnswer } from '@ovation/protocol';
import { typedNumber } from '../desk/typed-number.ts';
import { condition, type ConditionDraft, type FaultKey } from '../metrics/definition-draft.ts';

/** A board while it is made or changed. */
export interface BoardDraft {
  readonly name: string;
  readonly otherName: string;
  readonly metric: MetricId;
  /** A fixed period, or one of the two that need more words. */
  readonly period: PeriodKind | 'last' | 'dates';
  readonly lastDays: string;
  readonly first: string;
  readonly last: string;
  readonly of: BoardOf;
  readonly where: readonly ConditionDraft[];
  readonly teams: readonly TeamId[];
  readonly rankedBy: RankedBy;
  readonly ties: TieRule;
  readonly topN: string;
}

export const NEW_BOARD: BoardDraft = {
  name: '',
  otherName: '',
  metric: 'revenue',
  period: 'month',
  lastDays: '30',
  first: '',
  last: '',
  of: 'people',
  where: [],
  teams: [],
  rankedBy: 'value',
  ties: 'shared',
  topN: '',
};

/** A board as something to write on. */
export function boardDraft(board: BoardAnswer, language: string, other: string): BoardDraft {
  const { period } = board;
  const days = /^last-(\d+)$/.exec(period)?.[1];
  const [first, last] = period.includes('..') ? period.split('..') : [];
  return {
    ...NEW_BOARD,
    name: board.names[language] ?? board.name,
    otherName: board.names[other] ?? '',
    metric: board.metric,
    period: days ? 'last' : first ? 'dates' : period,
    ...(days ? { lastDays: days } : {}),
    ...(first && last ? { first, last } : {}),
    of: board.of,
    where: (board.where ?? []).flatMap(({ field, is, isNot, atLeast, atMost }) => [
      ...(is ? [{ field, op: 'is' as const, values: is, bound: '' }] : []),
      ...(isNot ? [{ field, op: 'isNot' as const, values: isNot, bound: '' }] : []),
      ...(atLeast ? [{ field, op: 'atLeast' as const, values: [], bound: atLeast }] : []),
      ...(atMost ? [{ field, op: 'atMost' as const, values: [], bound: atMost }] : []),
    ]),
    teams: board.teams ?? [],
    rankedBy: board.rankedBy ?? 'value',
    ties: board.ties ?? 'shared',
    topN: board.topN === undefined ? '' : String(board.topN),
  };
}

export type BoardFaults = Readonly<
  Record<string, FaultKey | 'needName' | 'needDays' | 'needDates' | 'needTop'>
>;

/** What the server is sent. */
export interface BoardBody {
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly of: BoardOf;
  readonly where: readonly Condition[];
  /** Left out: all. */
  readonly teams?: readonly TeamId[];
  readonly rankedBy: RankedBy;
  readonly ties: TieRule;
  readonly topN?: number;
}

const DAYS_MAX = 366;
const TOP_MAX = 100;

/** The board that was written, and what it still needs. */
export function boardBody(
  draft: BoardDraft,
  language: string,
  other: string,
): { readonly body: BoardBody; readonly faults: BoardFaults } {
  const faults: Record<string, BoardFaults[string]> = {};
  const name = draft.name.trim();
  if (name === '') faults['name'] = 'needName';
  const found: Record<string, FaultKey> = {};
  const where = draft.where.map((one, index) => condition(one, `board.where.${index}`, found));
  Object.assign(faults, found);
  const topN = wholeUpTo(draft.topN, TOP_MAX);
  if (draft.topN.trim() !== '' && topN === null) faults['topN'] = 'needTop';
  const names = draft.otherName.trim()
    ? { names: { [language]: name, [other]: draft.otherName.trim() } }
    : {};
  const { metric, of, rankedBy, ties } = draft;
  const period = periodOf(draft, faults);
  const some = draft.teams.length > 0 ? { teams: draft.teams } : {};
  const top = topN === null ? {} : { topN };
  const body = { name, ...names, metric, period, of, where, ...some, rankedBy, ties, ...top };
  return { body, faults };
}

function periodOf(draft: BoardDraft, faults: Record<string, BoardFaults[string]>): PeriodKind {
  if (draft.period === 'last') {
    const days = wholeUpTo(draft.lastDays, DAYS_MAX);
    if (days === null) faults['lastDays'] = 'needDays';
    return `last-${days ?? 1}`;
  }
  if (draft.period !== 'dates') return draft.period;
  const ordered = draft.first !== '' && draft.last !== '' && draft.first <= draft.last;
  if (!ordered) faults['dates'] = 'needDates';
  return `${draft.first}..${draft.last}`;
}

function wholeUpTo(text: string, most: number): number | null {
  const typed = Number(typedNumber(text) || Number.NaN);
  return Number.isInteger(typed) && typed >= 1 && typed <= most ? typed : null;
}
