import { awardsOf } from './award.ts';
import { tiesOf, type Besides, type ContestKind, type Outcome, type Score } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { playOf, type Play } from './play.ts';
import { ranked } from './ranking.ts';
import type { ContestHead, ContestStanding, StandContest } from './standing.ts';
import type { Scaled } from '../types.ts';

/**
 * Works a contest out: every entrant alone, then all together, then who wins what. The same
 * contest, facts and credits give the same standing, in whatever order anything arrived.
 */
export const standContest: StandContest = (contest, facts, reader) => {
  const kind = kindOf(contest);
  const play = playOf(contest, facts, reader);
  return standingOf(
    kind,
    play,
    play.players.map((player) => kind.score(play, player)),
  );
};

/** Puts scores together that were worked out before. */
export function standingOf(
  kind: ContestKind,
  play: Play,
  scores: readonly Score[],
): ContestStanding {
  const outcome = kind.finish?.(play, scores) ?? {
    lines: ranked(scores, tiesOf(play, kind)),
    ...kind.besides?.(play, scores),
  };
  return wholeStanding(kind, play, outcome);
}

/** A standing of lines that are known, with who wins what. */
export function wholeStanding(kind: ContestKind, play: Play, outcome: Outcome): ContestStanding {
  const { lines, ...besides } = outcome;
  const sum = () => lines.reduce((all, line) => all + line.raw, 0n);
  const known = { ...headOf(kind, play, besides, sum), lines };
  return { ...known, awards: awardsOf(play, kind, known) };
}

/** What a standing says of the contest as a whole; `sum` is what all have together. */
export function headOf(
  kind: ContestKind,
  play: Play,
  { total, totalUnit, decidedAt, ...more }: Besides,
  sum: () => Scaled,
): ContestHead {
  const counted = kind.rawUnit?.(play) ?? play.counted.unit;
  return {
    unit: kind.unit?.(play) ?? counted,
    counted,
    total: total ?? sum(),
    totalUnit: totalUnit ?? counted,
    decidedAt: decidedAt ?? null,
    ...more,
  };
}
