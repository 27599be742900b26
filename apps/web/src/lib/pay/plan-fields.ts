import { CLAWBACK_BASES, PLAN_ANCHORS, PLAN_WINDOWS, TIER_MODES } from '@ovation/domain';
import type { PlanComponentKind } from '@ovation/domain';

/** The closed list of what a field of the rules can be; each has one way to be typed. */
export type PlanField = FieldPlace &
  (
    | { readonly type: 'money' | 'factor' | 'share' | 'whole' | 'date' | 'text' | 'flag' }
    /** Percent of money, or money for each of what is counted. */
    | { readonly type: 'rate' }
    /** A place along the measure: percent of its target, or what it counts. */
    | { readonly type: 'position' }
    /** Money, or percent of the target incentive. */
    | { readonly type: 'pays' }
    | { readonly type: 'measure' | 'measures' | 'pair' | 'component' | 'components' }
    | { readonly type: 'choice'; readonly options: readonly Choice[] }
    | { readonly type: 'rows'; readonly columns: readonly PlanField[] }
    | { readonly type: 'sum' | 'quota' | 'matrix' | 'condition' | 'otherwise' | 'where' }
  );

interface FieldPlace {
  /** Where it is in its component: `rate`, or `pay/on` of the plan itself. */
  readonly key: string;
  readonly label: FieldLabel;
  /** Nothing may stand there. */
  readonly optional?: true;
  /** What holds where nothing is chosen. */
  readonly usual?: Choice;
  /** It is asked for only while something stands here. */
  readonly needs?: string;
}

const OTHER_CHOICES = [
  'amount',
  'attainment',
  'share_of_target',
  'rate',
  'deal',
  'plan',
  'close',
  'invoice_paid',
  'paid_share',
  'first',
  'complete',
  'recovered',
  'kept',
  'recoverable',
  'non_recoverable',
  'anchor',
  'plan_year',
  'payout_date',
  'calendar_days',
  'whole_months',
  'once',
  'additive',
  'carry',
  'show',
  'delta_in_open_period',
  'manual',
  'payee',
  'team',
] as const;

/** Everything that can be chosen, with the word of the catalogue behind `planChoice_`. */
export type Choice =
  | (typeof TIER_MODES)[number]
  | (typeof PLAN_WINDOWS)[number]
  | (typeof PLAN_ANCHORS)[number]
  | (typeof CLAWBACK_BASES)[number]
  | (typeof OTHER_CHOICES)[number];

/** The word of the catalogue behind `planField_`. */
export type FieldLabel = (typeof FIELD_LABELS)[number];
export const FIELD_LABELS = [
  ...['rate', 'measure', 'of', 'amount', 'position', 'mode', 'bands', 'from', 'at', 'pays'],
  ...['points', 'paysAs', 'target', 'matrix', 'objectives', 'weight', 'threshold', 'most'],
  ...['steps', 'levels', 'where', 'poolAmount', 'poolRate', 'poolMeasure', 'shareBy', 'when'],
  ...['otherwise', 'appliesTo', 'times', 'scope', 'window', 'firstDay', 'endDay', 'mostTimes'],
  ...['payOn', 'proration', 'holdback', 'holdDays', 'clawback', 'clawbackDays', 'minimum'],
  ...['draw', 'drawAmount', 'drawPeriods', 'frequency', 'recoverShare', 'recoverFrom'],
  ...['forgive', 'anchor', 'anchorField', 'fxCredit', 'fxPayout', 'dayCount', 'rollup'],
  ...['negative', 'corrections', 'sum', 'quota', 'whose', 'divide', 'add', 'only'],
] as const;

type Type = PlanField['type'];
const field = (
  type: Exclude<Type, 'choice' | 'rows'>,
  key: string,
  label = key as FieldLabel,
): PlanField => ({ type, key, label });
const maybe = (one: PlanField): PlanField => ({ ...one, optional: true });
const choice = (key: string, options: readonly Choice[], label = key as FieldLabel): PlanField => ({
  ...{ type: 'choice', key, label, options },
});
/** A choice that may be left as it usually is. */
const usually = (usual: Choice, one: PlanField): PlanField => ({ ...maybe(one), usual });
const rows = (key: string, columns: readonly PlanField[]): PlanField => ({
  ...{ type: 'rows', key, label: key as FieldLabel, columns },
});

const MEASURE = field('measure', 'measure');
const AMOUNT = field('money', 'amount');
const POSITION = choice('position', ['attainment', 'amount']);
const APPLIES_TO = maybe(field('components', 'applies_to', 'appliesTo'));
const BOUND = [
  AMOUNT,
  choice('scope', ['deal', 'period', 'plan']),
  usually('period', choice('window', PLAN_WINDOWS)),
  APPLIES_TO,
];

/** What each kind of component asks for, in the order in which it is read. */
export const KIND_FIELDS: Readonly<Record<PlanComponentKind, readonly PlanField[]>> = {
  flat: [maybe(MEASURE), maybe(field('component', 'of')), field('rate', 'rate')],
  per_event: [MEASURE, AMOUNT],
  per_unit: [MEASURE, AMOUNT],
  tiers: [
    ...[MEASURE, POSITION, choice('mode', TIER_MODES)],
    rows('bands', [field('position', 'from'), field('rate', 'rate')]),
  ],
  curve: [
    ...[MEASURE, POSITION, choice('pays', ['amount', 'share_of_target'], 'paysAs')],
    maybe(field('money', 'target')),
    rows('points', [field('position', 'at'), field('pays', 'pays')]),
  ],
  matrix: [choice('pays', ['amount', 'rate'], 'paysAs'), field('matrix', 'cells', 'matrix')],
  weighted_objectives: [
    maybe(field('money', 'target')),
    rows('objectives', [
      ...[MEASURE, field('share', 'weight')],
      ...[maybe(field('share', 'threshold')), maybe(field('share', 'most'))],
    ]),
  ],
  milestone: [MEASURE, POSITION, rows('steps', [field('position', 'at'), AMOUNT])],
  override: [
    field('share', 'rate'),
    maybe(field('whole', 'levels')),
    maybe(field('where', 'where')),
  ],
  pool: [
    maybe(field('money', 'amount', 'poolAmount')),
    maybe(field('measure', 'measure', 'poolMeasure')),
    maybe(field('rate', 'rate', 'poolRate')),
    maybe(field('measure', 'share_by', 'shareBy')),
  ],
  gate: [field('condition', 'when'), maybe(field('otherwise', 'else', 'otherwise')), APPLIES_TO],
  modifier: [
    maybe(field('condition', 'when')),
    maybe(field('factor', 'times')),
    ...[maybe(MEASURE), maybe(POSITION)],
    maybe(rows('bands', [field('position', 'from'), field('factor', 'times')])),
    APPLIES_TO,
  ],
  cap: BOUND,
  floor: BOUND,
  spiff: [
    ...[MEASURE, AMOUNT, field('date', 'from', 'firstDay'), field('date', 'to', 'endDay')],
    maybe(field('whole', 'most', 'mostTimes')),
  ],
};

/** What is counted. Of `sum`, `divide` and `add` one is there. */
export const MEASURE_FIELDS: readonly PlanField[] = [
  field('sum', 'sum'),
  { ...field('pair', 'divide'), needs: 'divide' },
  { ...field('measures', 'add'), needs: 'add' },
  maybe(field('quota', 'quota')),
  usually('period', choice('window', PLAN_WINDOWS)),
  usually('payee', choice('scope', ['payee', 'team'], 'whose')),
  maybe(field('where', 'where', 'only')),
  { ...maybe(field('condition', 'if', 'when')), needs: 'if' },
];

/** When and how it is paid; keys lead from the plan itself. */
export const POLICY_FIELDS: readonly PlanField[] = [
  { ...choice('pay/on', ['close', 'invoice', 'invoice_paid'], 'payOn'), usual: 'close' },
  usually('paid_share', choice('pay/proration', ['paid_share', 'first', 'complete'], 'proration')),
  maybe(field('share', 'pay/holdback', 'holdback')),
  maybe(field('whole', 'pay/hold_days', 'holdDays')),
  usually('recompute', choice('clawback/basis', CLAWBACK_BASES, 'clawback')),
  maybe(field('whole', 'clawback/window_days', 'clawbackDays')),
  usually('recovered', choice('clawback/minimum', ['recovered', 'kept'], 'minimum')),
  maybe(choice('draw/kind', ['recoverable', 'non_recoverable'], 'draw')),
  { ...field('money', 'draw/amount', 'drawAmount'), needs: 'draw' },
  { ...maybe(field('whole', 'draw/periods', 'drawPeriods')), needs: 'draw' },
  { ...usually('period', choice('draw/frequency', PLAN_WINDOWS, 'frequency')), needs: 'draw' },
  { ...maybe(field('share', 'draw/recover_share', 'recoverShare')), needs: 'draw' },
  { ...maybe(field('whole', 'draw/recover_from', 'recoverFrom')), needs: 'draw' },
  { ...maybe(field('flag', 'draw/forgive_at_end', 'forgive')), needs: 'draw' },
  usually('closed_won', choice('anchor', PLAN_ANCHORS)),
  { ...field('text', 'anchor_field', 'anchorField'), needs: 'anchor' },
  usually('calendar_days', choice('day_count', ['calendar_days', 'whole_months'], 'dayCount')),
  usually('once', choice('rollup', ['once', 'additive'])),
  usually('carry', choice('negative_payout', ['carry', 'show'], 'negative')),
  usually('anchor', choice('fx/credit', ['anchor', 'plan_year'], 'fxCredit')),
  usually('payout_date', choice('fx/payout', ['payout_date', 'anchor'], 'fxPayout')),
  usually(
    'delta_in_open_period',
    choice('corrections/mode', ['delta_in_open_period', 'manual'], 'corrections'),
  ),
];
