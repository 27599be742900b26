import type { Seq } from '../types.ts';
import type { EntrantId } from './definition.ts';
import type { Award, ContestLine, ContestStanding } from './standing.ts';
import type { ContestResult, ResultAward, ResultLine } from './state.ts';

/** A standing as it goes into the log, with the seed of what was drawn. */
export function resultOf(standing: ContestStanding, asOf: Seq, seed?: string): ContestResult {
  const result = {
    asOf,
    unit: standing.unit,
    lines: standing.lines.map(resultLine),
    awards: standing.awards.map(resultAward),
  };
  return seed === undefined ? result : { ...result, seed };
}

function resultLine({ entrant, rank, tied, score, raw, reached }: ContestLine): ResultLine {
  return { entrant, rank, tied, score: String(score), raw: String(raw), reached };
}

function resultAward({ item, ...award }: Award): ResultAward {
  if (item.kind !== 'money') return { ...award, item };
  return { ...award, item: { ...item, minor: String(item.minor) } };
}

/** What is other for one entrant. */
export interface ResultChange {
  readonly entrant: EntrantId;
  /** `null` without a place, or where it was not (is no longer) in the contest at all. */
  readonly rankWas: number | null;
  readonly rankNow: number | null;
  readonly scoreWas: string;
  readonly scoreNow: string;
  readonly awardsWas: readonly ResultAward[];
  readonly awardsNow: readonly ResultAward[];
}

/**
 * Whose place, score or prizes are other in one result than in another, in the order of the new
 * one, those who are no longer in it last. Nothing when both come to the same.
 */
export function resultChanges(before: ContestResult, now: ContestResult): ResultChange[] {
  const [was, is] = [byEntrant(before), byEntrant(now)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((entrant) => {
    const [old, new_] = [was.get(entrant) ?? NOTHING, is.get(entrant) ?? NOTHING];
    const same =
      old.rank === new_.rank &&
      old.score === new_.score &&
      nameOf(old.awards) === nameOf(new_.awards);
    if (same) return [];
    return {
      entrant,
      rankWas: old.rank,
      rankNow: new_.rank,
      scoreWas: old.score,
      scoreNow: new_.score,
      awardsWas: old.awards,
      awardsNow: new_.awards,
    };
  });
}

interface Own {
  readonly rank: number | null;
  readonly score: string;
  readonly awards: readonly ResultAward[];
}

const NOTHING: Own = { rank: null, score: '0', awards: [] };

function byEntrant({ lines, awards }: ContestResult): ReadonlyMap<EntrantId, Own> {
  const won = new Map<EntrantId, ResultAward[]>();
  for (const award of awards) {
    const own = won.get(award.entrant);
    if (own) own.push(award);
    else won.set(award.entrant, [award]);
  }
  return new Map(
    lines.map(({ entrant, rank, score }) => [
      entrant,
      { rank, score, awards: won.get(entrant) ?? [] },
    ]),
  );
}

/** Awards whatever their order is; the place is not part of what was won. */
const nameOf = (awards: readonly ResultAward[]): string =>
  awards
    .map(({ prize, person, item }) => JSON.stringify([prize, person, Object.entries(item).sort()]))
    .sort()
    .join();
