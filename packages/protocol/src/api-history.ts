import { Type, type Static } from 'typebox';

/** Points of a series, at most. */
export const HISTORY_POINTS_MAX = 750;
/** Parts that a split tells apart; the rest is one more. */
export const HISTORY_PARTS_MAX = 12;
/** Key of the part that holds all others. */
export const REST_PART = '~rest';
/** Lead sources or campaigns in one answer, at most. */
export const LEAD_SOURCES_MAX = 500;

const Date = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: "A date of the organisation's zone; both are counted.",
});
const span = {
  from: Type.Optional(Date),
  to: Type.Optional(Date),
  scope: Type.Optional(Type.Enum(['person', 'team', 'organisation'])),
  entity: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  format: Type.Optional(
    Type.Enum(['json', 'csv'], { description: 'CSV comes for `Accept: text/csv` as well.' }),
  ),
};

export const HistoryQuery = Type.Object({
  metric: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  by: Type.Optional(Type.Enum(['day', 'week', 'month', 'quarter', 'year'])),
  ...span,
  split: Type.Optional(
    Type.String({
      pattern: '^(person|team|attributes\\..{1,100})$',
      description: '`person`, `team`, or an attribute such as `attributes.product`.',
    }),
  ),
  compare: Type.Optional(
    Type.Enum(['none', 'previous'], { description: 'With as many windows before.' }),
  ),
});
export type HistoryQuery = Static<typeof HistoryQuery>;

/** The last 90 days, unless asked otherwise. */
export const SpanQuery = Type.Object(span);
export type SpanQuery = Static<typeof SpanQuery>;
export const LeadSourcesQuery = Type.Object({
  ...span,
  attribute: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
export type LeadSourcesQuery = Static<typeof LeadSourcesQuery>;
