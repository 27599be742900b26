import { awardsOf } from './award.ts';
import { tiesOf, type ContestKind, type Score } from './kind.ts';
import { kindOf } from './kinds/index.ts';
import { playOf, type Play } from './play.ts';
import { ranked } from './ranking.ts';
import type { ContestStanding, StandContest } from './standing.ts';

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
  const outcome = kind.finish?.(play, scores) ?? { lines: ranked(scores, tiesOf(play, kind)) };
  const { lines, total, totalUnit, decidedAt, ...more } = outcome;
  const counted = kind.rawUnit?.(play) ?? play.counted.unit;
  const known = {
    unit: kind.unit?.(play) ?? counted,
    counted,
    lines,
    total: total ?? lines.reduce((sum, line) => sum + line.raw, 0n),
    totalUnit: totalUnit ?? counted,
    decidedAt: decidedAt ?? null,
    ...more,
  };
  return { ...known, awards: awardsOf(play, kind, known) };
}
