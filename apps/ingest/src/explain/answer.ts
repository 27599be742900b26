import {
  BEGINNING,
  END,
  inForce,
  unitOf,
  versionAt,
  type Metric,
  type PeriodKind,
  type Ranked,
  type Scaled,
  type Window,
} from '@ovation/domain';
import type { ExplainAnswer, Named } from '@ovation/protocol';
import { readValues } from '../figures/values.ts';
import { textOf } from '../routes/boards.ts';
import { readNames, type Asked } from './asked.ts';
import { readCorrections } from './events.ts';
import { metricParts, type Parts } from './parts.ts';

/** What is explained: a metric in one window. */
export interface Figure {
  readonly metric: Metric;
  readonly period: PeriodKind;
  readonly window: Window;
}

/** A metric's value for whoever is asked about, with everything that it is made of. */
export async function explainFigure(asked: Asked, figure: Figure): Promise<ExplainAnswer> {
  return (await valueExplained(asked, figure)).answer;
}

/** The same with the value as a whole number of its unit. */
export async function valueExplained(
  asked: Asked,
  figure: Figure,
): Promise<{ readonly value: Scaled | null; readonly answer: ExplainAnswer }> {
  const { value, parts } = await figureParts(asked, figure);
  const { part, leaves } = parts;
  const single = part.aggregate !== null;
  const answer: ExplainAnswer = {
    ...(await frameOf(asked, figure)),
    rankedBy: 'value',
    unit: part.unit,
    value: textOf(value, part.unit),
    parts: single ? [part] : part.parts,
    corrections: await readCorrections(asked, leaves),
    rank: null,
  };
  return { value, answer };
}

/** The value by the functions that boards use, and its parts from the same sums. */
export async function figureParts(
  asked: Asked,
  { metric, window }: { readonly metric: Metric; readonly window: Pick<Window, 'from' | 'to'> },
  role = 'value',
): Promise<{ readonly value: Scaled | null; readonly parts: Parts }> {
  const { book, at, known, of, entity, filter } = asked;
  const query = { windows: [window], at, known, of, filter };
  const only = of === 'everybody' ? {} : { entity };
  const values = await readValues(book, metric.id, { ...query, ...only });
  const context = values.context(0, entity)!;
  return {
    value: values.value(0, entity).value,
    parts: await metricParts(asked, context, metric, role),
  };
}

type Frame = Omit<ExplainAnswer, 'rankedBy' | 'unit' | 'value' | 'parts' | 'corrections' | 'rank'>;

/** Everything around the value: by which definition, of whom, between when. */
export async function frameOf(asked: Asked, figure: Figure): Promise<Frame> {
  const { book, at, known, of, entity, filter } = asked;
  const { metric, period, window } = figure;
  const row = book.metrics.find((one) => one.id === metric.id);
  const version = versionAt(metric, Math.min(window.to - 1, at)) ?? metric.versions[0]!;
  const nameOf = await readNames(book, of === 'everybody' ? [] : [entity]);
  const iso = (instant: number) =>
    instant <= BEGINNING || instant >= END ? null : new Date(instant).toISOString();
  return {
    metric: {
      id: metric.id,
      name: row?.name ?? '',
      names: row?.names ?? {},
      unit: unitOf(metric, book.settings.currency),
    },
    definition: inForce(metric, { window, at }),
    version: version.version,
    versionFrom: iso(version.from),
    entity: of === 'everybody' ? null : nameOf(entity),
    scope: of === 'everybody' ? 'organisation' : of === 'teams' ? 'team' : 'person',
    period,
    from: iso(window.from),
    to: iso(window.to),
    at: new Date(at).toISOString(),
    known: known.past ? new Date(known.at).toISOString() : null,
    seq: known.seq,
    where: book.boards.find((one) => one.id === filter)?.definition.where ?? [],
  };
}

/** Whoever has as much as somebody, in the order of the board; at most so many around them. */
const LEVEL_MAX = 20;

/**
 * Where somebody stands on a board and who is level with them. Who has nothing stands by id alone
 * and is level with nobody. `shown`: how many rows of the board the caller may see.
 */
export function rankOf(
  ranked: readonly Ranked[],
  entity: string,
  nameOf: (id: string) => Named,
  shown: number,
): ExplainAnswer['rank'] {
  const place = ranked.findIndex((row) => row.id === entity);
  const own = ranked[place];
  if (!own) return null;
  const level = ranked
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.value === own.value && row.reachedAt !== 0 && own.reachedAt !== 0)
    .filter(({ index }) => index === place || index < shown)
    .filter(({ index }) => Math.abs(index - place) <= LEVEL_MAX / 2);
  return {
    rank: own.rank,
    of: ranked.length,
    tied: own.tied,
    level:
      level.length < 2
        ? []
        : level.map(({ row }) => ({
            entity: nameOf(row.id),
            reachedAt: new Date(row.reachedAt).toISOString(),
          })),
  };
}
