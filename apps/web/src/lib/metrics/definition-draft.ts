import type {
  Condition,
  CountableType,
  FieldName,
  MetricDefinition,
  MetricId,
  MetricKind,
  NumberOf,
  Selection,
  UnitKind,
} from '@ovation/domain';
import { typedNumber } from '../desk/typed-number.ts';

export const CONDITION_OPS = ['is', 'isNot', 'atLeast', 'atMost'] as const;
export type ConditionOp = (typeof CONDITION_OPS)[number];

/** A condition while it is written. */
export interface ConditionDraft {
  readonly field: string;
  readonly op: ConditionOp;
  /** Of `is` and `isNot`. */
  readonly values: readonly string[];
  /** Of `atLeast` and `atMost`, as it was typed. */
  readonly bound: string;
}

export interface SelectionDraft {
  readonly events: readonly CountableType[];
  readonly where: readonly ConditionDraft[];
}

export interface PartDraft {
  readonly metric: MetricId;
  readonly weight: string;
  readonly cap: string;
}

/** All that any kind of definition may need; what its kind does not ask for is kept aside. */
export interface DefinitionDraft {
  readonly kind: MetricKind;
  readonly selection: SelectionDraft;
  /** What a share is taken of. */
  readonly among: SelectionDraft;
  readonly number: string;
  readonly field: string;
  readonly capEvent: string;
  readonly capDay: string;
  readonly top: MetricId;
  readonly bottom: MetricId;
  readonly from: string;
  readonly to: string;
  readonly parts: readonly PartDraft[];
}

export const EMPTY_DRAFT: DefinitionDraft = {
  kind: 'count',
  selection: { events: ['deal.won'], where: [] },
  among: { events: ['deal.won', 'deal.lost'], where: [] },
  number: 'amount',
  field: 'activity',
  capEvent: '',
  capDay: '',
  top: '',
  bottom: '',
  from: 'opened',
  to: 'won',
  parts: [],
};

/** The kinds that a unit allows: time is measured, percent is a share, the rest is counted. */
export function kindsOf(unit: UnitKind): readonly MetricKind[] {
  const counted = ['sum', 'average', 'min', 'max', 'latest'] as const;
  switch (unit) {
    case 'money':
      return [...counted, 'ratio'];
    case 'count':
      return ['count', 'distinct', ...counted, 'ratio'];
    case 'percent':
      return ['share', 'conversion', 'ratio', 'average', 'latest'];
    case 'duration':
      return ['cycle', 'first_activity', 'average', 'min', 'max', 'latest'];
    case 'points':
      return ['scorecard', 'count', ...counted];
  }
}

const NUMBERED: readonly MetricKind[] = ['sum', 'average', 'min', 'max', 'latest'];
export const hasNumber = (kind: MetricKind): boolean => NUMBERED.includes(kind);
export const hasEvents = (kind: MetricKind): boolean =>
  hasNumber(kind) || kind === 'count' || kind === 'distinct';
export const hasCaps = (kind: MetricKind): boolean => kind === 'count' || kind === 'sum';
export const hasConditions = (kind: MetricKind): boolean =>
  hasEvents(kind) || kind === 'conversion' || kind === 'cycle' || kind === 'first_activity';

/** A published definition as something to write on. */
export function draftOf(definition: MetricDefinition): DefinitionDraft {
  const base = { ...EMPTY_DRAFT, kind: definition.kind };
  const where = conditionDrafts('where' in definition ? definition.where : undefined);
  switch (definition.kind) {
    case 'ratio':
      return { ...base, top: definition.top, bottom: definition.bottom };
    case 'share':
      return {
        ...base,
        selection: selectionDraft(definition.of),
        among: selectionDraft(definition.among),
      };
    case 'conversion':
      return {
        ...base,
        from: definition.from,
        to: definition.to,
        selection: { events: [], where },
      };
    case 'cycle':
    case 'first_activity':
      return { ...base, selection: { events: [], where } };
    case 'scorecard':
      return { ...base, parts: definition.parts.map((part) => ({ ...part, cap: part.cap ?? '' })) };
    case 'distinct':
      return { ...base, field: definition.of, selection: selectionDraft(definition) };
    default:
      return {
        ...base,
        selection: selectionDraft(definition),
        ...('of' in definition ? { number: definition.of } : {}),
        ...('caps' in definition
          ? { capEvent: definition.caps?.event ?? '', capDay: definition.caps?.day ?? '' }
          : {}),
      };
  }
}

const selectionDraft = ({ events, where }: Selection): SelectionDraft => ({
  events,
  where: conditionDrafts(where),
});

/** Conditions as something to write on. */
export function conditionDrafts(where: readonly Condition[] | undefined): ConditionDraft[] {
  return (where ?? []).flatMap(({ field, is, isNot, atLeast, atMost }) => [
    ...(is ? [{ field, op: 'is' as const, values: is, bound: '' }] : []),
    ...(isNot ? [{ field, op: 'isNot' as const, values: isNot, bound: '' }] : []),
    ...(atLeast ? [{ field, op: 'atLeast' as const, values: [], bound: atLeast }] : []),
    ...(atMost ? [{ field, op: 'atMost' as const, values: [], bound: atMost }] : []),
  ]);
}

/** What is missing, by where it stands: `events`, `where.0`, `parts.1.weight`, … */
export type Faults = Readonly<Record<string, FaultKey>>;
export type FaultKey =
  | 'needEvents'
  | 'needField'
  | 'needValue'
  | 'needNumber'
  | 'needMetric'
  | 'needOther'
  | 'needStage'
  | 'needPart';

export type Drafted =
  | { readonly ok: true; readonly definition: MetricDefinition }
  | { readonly ok: false; readonly faults: Faults };

/** The definition that was written, or what it still needs. */
export function definitionOf(draft: DefinitionDraft): Drafted {
  const faults: Record<string, FaultKey> = {};
  const definition = built(draft, faults);
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, definition };
}

type Found = Record<string, FaultKey>;

function built(draft: DefinitionDraft, faults: Found): MetricDefinition {
  const { kind } = draft;
  switch (kind) {
    case 'count':
      return { kind, ...selection(draft.selection, 'selection', faults), ...caps(draft, faults) };
    case 'sum':
      return {
        kind,
        of: numberOf(draft, faults),
        ...selection(draft.selection, 'selection', faults),
        ...caps(draft, faults),
      };
    case 'average':
    case 'min':
    case 'max':
    case 'latest': {
      const of = numberOf(draft, faults);
      return { kind, of, ...selection(draft.selection, 'selection', faults) };
    }
    case 'distinct': {
      if (fieldName(draft.field) === '') faults['field'] = 'needField';
      const of = fieldName(draft.field) as FieldName;
      return { kind, of, ...selection(draft.selection, 'selection', faults) };
    }
    case 'share':
      return {
        kind,
        of: selection(draft.selection, 'selection', faults),
        among: selection(draft.among, 'among', faults),
      };
    case 'cycle':
    case 'first_activity':
      return { kind, ...where(draft.selection.where, 'selection', faults) };
    default:
      return composed(draft, faults);
  }
}

function composed(draft: DefinitionDraft, faults: Found): MetricDefinition {
  if (draft.kind === 'ratio') {
    if (draft.top === '') faults['top'] = 'needMetric';
    if (draft.bottom === '') faults['bottom'] = 'needMetric';
    else if (draft.bottom === draft.top) faults['bottom'] = 'needOther';
    return { kind: 'ratio', top: draft.top, bottom: draft.bottom };
  }
  if (draft.kind === 'conversion') {
    const [from, to] = [draft.from.trim(), draft.to.trim()];
    if (from === '') faults['from'] = 'needStage';
    if (to === '' || to === from) faults['to'] = 'needStage';
    return { kind: 'conversion', from, to, ...where(draft.selection.where, 'selection', faults) };
  }
  if (draft.parts.length === 0) faults['parts'] = 'needPart';
  return {
    kind: 'scorecard',
    parts: draft.parts.map((part, index) => {
      if (part.metric === '') faults[`parts.${index}.metric`] = 'needMetric';
      const weight = bound(part.weight, `parts.${index}.weight`, faults, true);
      const cap = bound(part.cap, `parts.${index}.cap`, faults, false);
      return { metric: part.metric, weight, ...(cap ? { cap } : {}) };
    }),
  };
}

function selection(draft: SelectionDraft, at: string, faults: Found): Selection {
  if (draft.events.length === 0) faults[`${at}.events`] = 'needEvents';
  return { events: draft.events, ...where(draft.where, at, faults) };
}

function where(
  drafts: readonly ConditionDraft[],
  at: string,
  faults: Found,
): { where?: readonly Condition[] } {
  if (drafts.length === 0) return {};
  return {
    where: drafts.map((draft, index) => condition(draft, `${at}.where.${index}`, faults)),
  };
}

/** One condition as it counts, or what it lacks. */
export function condition(draft: ConditionDraft, at: string, faults: Found): Condition {
  const name = fieldName(draft.field);
  if (name === '') faults[at] = 'needField';
  const field = name as FieldName;
  if (draft.op === 'is' || draft.op === 'isNot') {
    if (draft.values.length === 0) faults[at] ??= 'needValue';
    return { field, [draft.op]: draft.values };
  }
  return { field, [draft.op]: bound(draft.bound, at, faults, true) };
}

/** An attribute has a name behind its prefix. */
const fieldName = (field: string): string =>
  field.replace(/^attributes\./, '').trim() === '' ? '' : field.trim();

function numberOf(draft: DefinitionDraft, faults: Found): NumberOf {
  if (fieldName(draft.number) === '') faults['number'] = 'needField';
  return draft.number as NumberOf;
}

function caps(draft: DefinitionDraft, faults: Found): { caps?: { event?: string; day?: string } } {
  const event = bound(draft.capEvent, 'capEvent', faults, false);
  const day = bound(draft.capDay, 'capDay', faults, false);
  if (!event && !day) return {};
  return { caps: { ...(event ? { event } : {}), ...(day ? { day } : {}) } };
}

function bound(text: string, at: string, faults: Found, needed: boolean): string {
  const typed = typedNumber(text);
  if (typed === null || (typed === '' && needed)) faults[at] = 'needNumber';
  return typed ?? '';
}
