import type { Instant, Metric, MetricId, PersonId, Seq, Window } from '@ovation/domain';
import type { Named } from '@ovation/protocol';
import { readSubjectNames, type CreditsQuery } from '@ovation/store';
import { measureOf, type Book } from '../figures/book.ts';
import { storable } from '../figures/values.ts';

/** Whose number is explained, as of when, and how much of it the caller may see. */
export interface Asked {
  readonly book: Book;
  /** The metrics as they were defined at that knowledge. */
  readonly metrics: ReadonlyMap<MetricId, Metric>;
  readonly at: Instant;
  /**
   * Everything is read as the log was at one number, so that the parts of a moving value add up;
   * `past` where an earlier knowledge was asked for.
   */
  readonly known: { readonly seq: Seq; readonly at: Instant; readonly past: boolean };
  readonly of: 'people' | 'teams' | 'everybody';
  /** `*` for everybody. */
  readonly entity: string;
  /** A board's own filter, by the board's id. */
  readonly filter: string | null;
  /**
   * A rep is told the single events of nobody else: neither account nor amount. `null` is for
   * those who may read them all.
   */
  readonly onlyOf: PersonId | null;
}

/** At most as many events of a part, and corrections, are named one by one. */
export const NAMED_MAX = 200;

/** The credits of one component; `undefined` while nothing is counted in it. */
export function creditsQuery(
  asked: Asked,
  window: Pick<Window, 'from' | 'to'>,
  part: {
    readonly metric: MetricId;
    readonly component: number;
    readonly aggregate: CreditsQuery['aggregate'];
  },
): CreditsQuery | undefined {
  const { book, known, filter, of, entity, at, onlyOf } = asked;
  const measure = measureOf(book, part.metric, filter, part.component, known.seq);
  if (measure === undefined) return undefined;
  return {
    measure,
    aggregate: part.aggregate,
    timeZone: book.settings.timeZone,
    window: { from: storable(window.from), to: storable(window.to) },
    at: storable(at),
    known: known.seq,
    of,
    lines: book.lines,
    entity,
    ...(onlyOf === null ? {} : { person: onlyOf }),
    limit: NAMED_MAX,
  };
}

/** Somebody, or a team, by id; whoever is matched to nobody goes by what a source calls them. */
export async function readNames(
  { sql, orgId, people, teams }: Book,
  ids: readonly string[],
): Promise<(id: string) => Named> {
  const known = new Map(
    [...people, ...teams].map(({ id, name, names }): [string, Named] => {
      return [id, { id, name, ...(Object.keys(names).length > 0 ? { names } : {}) }];
    }),
  );
  const others = [...new Set(ids)].filter((id) => !known.has(id));
  const called = await readSubjectNames(sql, orgId, others);
  return (id) => known.get(id) ?? { id, name: called.get(id) ?? id };
}
