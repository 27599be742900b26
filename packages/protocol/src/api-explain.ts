import { Type, type Static } from 'typebox';

/** What explanations are asked by. Queries arrive as text. */

const instant = (description: string) =>
  Type.Optional(Type.String({ maxLength: 40, description, examples: ['2026-06-30T12:00:00Z'] }));
const At = instant('What had happened by then; now without it.');
const Known = instant('As it was known then.');
const Period = Type.Optional(
  Type.String({
    maxLength: 40,
    description:
      '`day`, `week`, `month`, `quarter`, `half`, `year`, `all`, `last-30` or two dates.',
    examples: ['month', 'last-30', '2026-11-01..2026-11-20'],
  }),
);

export const ExplainBoardQuery = Type.Object({ at: At, known: Known });
export type ExplainBoardQuery = Static<typeof ExplainBoardQuery>;

export const ExplainMetricQuery = Type.Object({ period: Period, at: At, known: Known });
export type ExplainMetricQuery = Static<typeof ExplainMetricQuery>;

export const ExplainTargetQuery = Type.Object({ period: Period, at: At });
export type ExplainTargetQuery = Static<typeof ExplainTargetQuery>;
