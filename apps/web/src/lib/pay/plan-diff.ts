import type { PlanComponent, PlanCondition, PlanDefinition } from '@ovation/domain';
import type { PlanChange } from '@ovation/protocol';
import { KIND_FIELDS, MEASURE_FIELDS, POLICY_FIELDS, type PlanField } from './plan-fields.ts';
import { conditionText } from './plan-more-words.ts';
import { dayOf, moneyIn, numberOf, percentOf } from './plan-said.ts';
import { numberKind, sameRules, type NumberSource } from './plan-values.ts';
import { componentTexts, measureText, type Telling } from './plan-words.ts';

/** What differs in one part of a plan, in sentences. */
export interface PartChanges {
  readonly part: string;
  readonly sentences: readonly string[];
}

/** Both versions as they are told: each with its own names and numbers. */
export interface ToldBoth {
  readonly was: Telling;
  readonly now: Telling;
}

/** The differences of two versions in sentences, by the parts that they are in. */
export function changeTexts(both: ToldBoth, changes: readonly PlanChange[]): PartChanges[] {
  const parts = new Map<string, string[]>();
  for (const change of changes) {
    const { part, sentences } = told(both, change);
    parts.set(part, [...(parts.get(part) ?? []), ...sentences]);
  }
  return [...parts].map(([part, sentences]) => ({ part, sentences }));
}

function told(both: ToldBoth, change: PlanChange): PartChanges {
  const { tr } = both.now;
  const [, list = '', id = '', ...key] = change.path.split('/');
  if (list !== 'components' && list !== 'measures') {
    const path = change.path.slice(1);
    return { part: tr.t('planPolicies'), sentences: policyTexts(both, path, change) };
  }
  const [before, after] = [partOf(both.was.plan, list, id), partOf(both.now.plan, list, id)];
  const here = after ? both.now : both.was;
  const part = list === 'components' ? here.names.component(here.plan, id) : measureOf(here, id);
  if (!before || !after) {
    const text = wholeText(here, list, (after ?? before) as object);
    return { part, sentences: [tr.t(after ? 'planDiffNew' : 'planDiffGone', { text })] };
  }
  const kind = (after as Partial<PlanComponent>).kind;
  const fields = kind === undefined ? MEASURE_FIELDS : (KIND_FIELDS[kind] ?? []);
  const field = fields.find((one) => one.key === key[0]);
  const sides = { was: side(before), now: side(after) };
  return { part, sentences: fieldTexts(both, field, change, sides) };
}

const side = (part: object): NumberSource => part as NumberSource;
const measureOf = ({ names, plan }: Telling, id: string) => names.measure(plan, id);
const partOf = (plan: PlanDefinition, list: 'components' | 'measures', id: string) =>
  (plan[list] as readonly { readonly id: string }[]).find((one) => one.id === id);

function wholeText(here: Telling, list: string, part: object): string {
  if (list === 'measures') return measureText(here, part as PlanDefinition['measures'][number]);
  return componentTexts(here, part as PlanComponent).join(' ');
}

function policyTexts(both: ToldBoth, path: string, { was, now }: PlanChange): readonly string[] {
  const inside = POLICY_FIELDS.filter(({ key }) => key === path || key.startsWith(`${path}/`));
  const valueIn = (held: unknown, key: string) =>
    key === path ? held : (held as Record<string, unknown> | null)?.[key.split('/')[1] ?? ''];
  const texts = inside.flatMap((field) => {
    const change = { path, was: valueIn(was, field.key), now: valueIn(now, field.key) };
    if (sameRules(change.was ?? null, change.now ?? null)) return [];
    return fieldTexts(both, field, change, { was: {}, now: {} });
  });
  return texts.length > 0 ? texts : [both.now.tr.t('planDiffOther', { path })];
}

interface Sides {
  readonly was: NumberSource;
  readonly now: NumberSource;
}

function fieldTexts(
  both: ToldBoth,
  field: PlanField | undefined,
  change: Pick<PlanChange, 'path' | 'was' | 'now'>,
  sides: Sides,
): readonly string[] {
  const { tr } = both.now;
  if (!field) return [tr.t('planDiffOther', { path: change.path })];
  const what = tr.t(`planField_${field.label}`);
  if (field.type === 'rows') return rowTexts(both, field, change, sides);
  if (field.type === 'matrix') return [tr.t('planDiffChanged', { what })];
  const was = valueText(both.was, field, sides.was, change.was);
  const now = valueText(both.now, field, sides.now, change.now);
  return [tr.t('planDiffValue', { what, was, now })];
}

/** Rows one by one: what they say and said, which are new, which are gone. */
function rowTexts(
  both: ToldBoth,
  { columns }: Extract<PlanField, { type: 'rows' }>,
  change: Pick<PlanChange, 'was' | 'now'>,
  sides: Sides,
): readonly string[] {
  const { tr, place } = both.now;
  const list = (value: unknown) => (Array.isArray(value) ? (value as object[]) : []);
  const [before, after] = [list(change.was), list(change.now)];
  const said = (telling: Telling, source: NumberSource, row: object) =>
    columns
      .filter(({ key }) => key in row)
      .map((column) => {
        const value = (row as Record<string, unknown>)[column.key];
        const text = valueText(telling, column, { ...source, ...row }, value);
        return `${tr.t(`planField_${column.label}`)} ${text}`;
      })
      .join(tr.t('planListComma'));
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [was, now] = [before[index], after[index]];
    if (was && now && sameRules(was, now)) return [];
    const n = numberOf(String(index + 1), place);
    const texts = {
      was: was ? said(both.was, sides.was, was) : '',
      now: now ? said(both.now, sides.now, now) : '',
    };
    if (!was) return [tr.t('planDiffRowNew', { n, now: texts.now })];
    if (!now) return [tr.t('planDiffRowGone', { n, was: texts.was })];
    return [tr.t('planDiffRow', { n, ...texts })];
  }).flat();
}

/** What stands in a field, as a reader says it. */
function valueText(
  telling: Telling,
  field: PlanField,
  source: NumberSource,
  value: unknown,
): string {
  const { plan, tr, place, names } = telling;
  if (value === undefined || value === null) return tr.t('planNothing');
  if (field.type === 'flag') return tr.t(value === true ? 'planYes' : 'planNo');
  if (field.type === 'condition') return conditionText(telling, value as PlanCondition);
  if (field.type === 'where') {
    return Object.entries(value as Record<string, readonly string[]>)
      .map(([name, values]) => tr.t('planOnly', { field: name, values: values.join(' · ') }))
      .join(' · ');
  }
  if (Array.isArray(value)) {
    const named = field.type === 'components' ? names.component : names.measure;
    return (value as string[]).map((id) => named(plan, id)).join(' · ');
  }
  if (typeof value === 'object') {
    const { times = '0' } = value as { times?: string };
    return percentOf(times, place);
  }
  const text = String(value as string | number);
  if (field.type === 'otherwise') return tr.t('planElseZero');
  if (field.type === 'choice') {
    const known = field.options.find((one) => one === text);
    return known === undefined ? text : tr.t(`planChoice_${known}`);
  }
  if (field.type === 'measure') return names.measure(plan, text);
  if (field.type === 'component') return names.component(plan, text);
  if (field.type === 'quota') return names.quota(text);
  if (field.type === 'date') return dayOf(text, place);
  if (field.type === 'sum' || field.type === 'text') return text;
  const kind = numberKind(field.type, plan, source);
  if (kind === 'percent') return percentOf(text, place);
  return kind === 'money' ? moneyIn(text, plan.currency, place) : numberOf(text, place);
}
