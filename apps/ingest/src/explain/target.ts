import { unitOf, workingTime } from '@ovation/domain';
import type { ExplainTargetAnswer, TargetChange } from '@ovation/protocol';
import { readTargetChanges, readTargetsOf } from '@ovation/store';
import { textOf } from '../routes/boards.ts';
import { daysOf, paceIn, tenths } from '../targets/attainment.ts';
import { percentOf } from '../targets/roll-up.ts';
import { valueExplained, type Figure } from './answer.ts';
import type { Asked } from './asked.ts';

const CHANGES_MAX = 100;

/** A value held against its target, as attainment does, and how the target came to be. */
export async function explainTarget(asked: Asked, figure: Figure): Promise<ExplainTargetAnswer> {
  const { book, at } = asked;
  const { metric, period, window } = figure;
  const { value, answer } = await valueExplained(asked, figure);
  const { scope } = answer;
  const entity = scope === 'organisation' ? null : asked.entity;
  const unit = unitOf(metric, book.settings.currency);
  const place = { scope, metric: metric.id, period };
  const targets = await readTargetsOf(book.sql, book.orgId, {
    ...place,
    entityId: entity ?? '',
    keys: [window.key],
  });
  const target = targets.get(window.key) ?? null;
  const days = daysOf(book.calendar, window);
  const { elapsed, total } = workingTime(days, at);
  const how = { pace: 'working_days', consequences: false } as const;
  const query = { known: { metric, unit, book }, scope, entity, period, at, ...how };
  const { pace } = await paceIn({ query, window, days, value, target, credits: 0 });
  return {
    ...answer,
    target: textOf(target, unit),
    percent: value === null || target === null ? null : percentOf(value, target),
    pace,
    workDays: total === 0 ? null : { gone: tenths(elapsed), of: tenths(total) },
    changes: await changesOf(asked, figure, { scope, entity }),
  };
}

async function changesOf(
  { book }: Asked,
  { metric, period, window }: Figure,
  { scope, entity }: Pick<TargetChange, 'scope' | 'entity'>,
): Promise<TargetChange[]> {
  const rows = await readTargetChanges(book.sql, book.orgId, {
    metric: metric.id,
    period,
    window: window.key,
    scope,
    ...(entity === null ? {} : { entity }),
    limit: CHANGES_MAX,
  });
  const unit = unitOf(metric, book.settings.currency);
  const text = (value: string | null) => (value === null ? null : textOf(BigInt(value), unit));
  return rows.map((row) => ({
    at: row.recordedAt.toISOString(),
    by: row.byName,
    scope: row.scope,
    entity: row.entity,
    start: row.window,
    was: text(row.was),
    now: text(row.value),
  }));
}
