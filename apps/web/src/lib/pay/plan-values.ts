import {
  quotaName,
  type PlanComponent,
  type PlanComponentKind,
  type PlanDefinition,
  type Unit,
} from '@ovation/domain';
import { typedNumber } from '../desk/typed-number.ts';
import { moneyOf } from '../format/index.ts';
import { decimalOf } from './pay-text.ts';
import type { PlanField } from './plan-fields.ts';

/** How a number of the rules is typed: percent is kept as a share. */
export type NumberKind = 'percent' | 'money' | 'plain';

const PLACES = 8;
const DECIMAL = /^-?\d{1,18}(\.\d{1,12})?$/;

/** A number of the rules as it is typed: `0.06` of a share is `6`. What is none stays as it is. */
export const typedOf = (kind: NumberKind, value: string): string =>
  kind === 'percent' && DECIMAL.test(value) ? decimalOf(`${value}/0.01`, PLACES) : value;

/** What was typed as the rules have it; what is no number is kept, so that its fault is told. */
export function valueOf(kind: NumberKind, text: string): string {
  const number = typedNumber(text);
  if (number === null) return text.trim();
  return kind === 'percent' && number !== '' ? decimalOf(`${number}/100`, PLACES) : number;
}

const GROUPS: Readonly<Record<string, object>> = {
  pay: { on: 'close' },
  draw: { kind: 'recoverable', amount: '0' },
};

type Holder = Record<string, unknown>;
const partsOf = (pointer: string): string[] => pointer.split('/').slice(1);

/** What stands at a place of the rules. */
export const valueAt = (rules: PlanDefinition, pointer: string): unknown =>
  partsOf(pointer).reduce<unknown>((inside, part) => (inside as Holder | undefined)?.[part], rules);

/**
 * The rules with something else at a place; `undefined` takes it out, a draw with all of it. What
 * holds it comes into being where it is not there, with what it cannot do without.
 */
export function withValue(rules: PlanDefinition, pointer: string, value: unknown): PlanDefinition {
  const copy = structuredClone(rules) as unknown as Holder;
  const path = partsOf(pointer);
  const last = path.pop() ?? '';
  if (value === undefined && pointer === '/draw/kind') delete copy['draw'];
  let holder = copy;
  for (const part of path) {
    if (value === undefined && holder[part] === undefined) return copy as unknown as PlanDefinition;
    holder[part] ??= { ...GROUPS[part] };
    holder = holder[part] as Holder;
  }
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  const [group = ''] = path;
  if (path.length === 1 && Object.keys(holder).length === 0) delete copy[group];
  return copy as unknown as PlanDefinition;
}

/** Whether a measure is money: of amounts, or made of such. */
export function isMoney(rules: PlanDefinition, id: string | undefined, depth = 0): boolean {
  const measure = rules.measures.find((one) => one.id === id);
  if (!measure || depth > rules.measures.length) return false;
  return measure.sum === 'amount' || (measure.add ?? []).some((a) => isMoney(rules, a, depth + 1));
}

/** What is typed of a measure, or with an empty id of what a team sells; plain numbers: nothing. */
export const unitOfMeasure = (rules: PlanDefinition, id: string): Unit | undefined =>
  id === '' || isMoney(rules, id) ? moneyOf(rules.currency) : undefined;

/** The same of a target, by the measure that goes by it. */
export const unitOfQuota = (rules: PlanDefinition, quota: string): Unit | undefined =>
  unitOfMeasure(rules, rules.measures.find((one) => quotaName(one) === quota)?.id ?? '');

/** What the numbers of a component go by; an axis of a matrix is one of its own. */
export interface NumberSource {
  readonly measure?: string | undefined;
  readonly position?: string | undefined;
  readonly of?: string | undefined;
  readonly pays?: string | undefined;
}

export function numberKind(
  type: PlanField['type'],
  rules: PlanDefinition,
  { measure, position, of, pays }: NumberSource,
): NumberKind {
  if (type === 'share') return 'percent';
  if (type === 'money') return 'money';
  if (type === 'pays') return pays === 'share_of_target' ? 'percent' : 'money';
  if (type === 'rate') return of !== undefined || isMoney(rules, measure) ? 'percent' : 'money';
  if (type !== 'position') return 'plain';
  if (position === 'attainment') return 'percent';
  return isMoney(rules, measure) ? 'money' : 'plain';
}

/** A name that nothing in the rules has yet: `tiers`, then `tiers-2`. */
export function freeId(rules: PlanDefinition, wanted: string): string {
  const taken = new Set([...rules.measures, ...rules.components].map(({ id }) => id));
  let id = wanted;
  for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
  return id;
}

/** A component to begin with; it goes by the first measure. `on` is the first day of the rules. */
export function blankOf(kind: PlanComponentKind, rules: PlanDefinition, on: string): PlanComponent {
  const id = freeId(rules, kind);
  const measure = rules.measures[0]?.id ?? '';
  const position = rules.measures[0]?.quota === undefined ? 'amount' : 'attainment';
  const axis = { measure, position, from: ['0'] } as const;
  const blanks: { readonly [K in PlanComponentKind]: Extract<PlanComponent, { kind: K }> } = {
    flat: { id, kind: 'flat', measure, rate: '0.05' },
    per_event: { id, kind: 'per_event', measure, amount: '100' },
    per_unit: { id, kind: 'per_unit', measure, amount: '10' },
    tiers: {
      ...{ id, kind: 'tiers', measure, position, mode: 'marginal' },
      bands: [
        { from: '0', rate: '0.05' },
        { from: position === 'attainment' ? '1' : '100000', rate: '0.08' },
      ],
    },
    curve: {
      ...{ id, kind: 'curve', measure, position, pays: 'amount' },
      points: [
        { at: '0', pays: '0' },
        { at: position === 'attainment' ? '1' : '100000', pays: '1000' },
      ],
    },
    matrix: { id, kind: 'matrix', rows: axis, columns: axis, cells: [['0']], pays: 'amount' },
    weighted_objectives: {
      ...{ id, kind: 'weighted_objectives', target: '1000' },
      objectives: [{ measure, weight: '1' }],
    },
    milestone: {
      ...{ id, kind: 'milestone', measure, position },
      steps: [{ at: position === 'attainment' ? '1' : '100000', amount: '1000' }],
    },
    override: { id, kind: 'override', rate: '0.01' },
    pool: { id, kind: 'pool', amount: '1000' },
    gate: { id, kind: 'gate', when: { ge: [measure, '1'] } },
    modifier: { id, kind: 'modifier', times: '1.1' },
    cap: { id, kind: 'cap', scope: 'period', amount: '10000' },
    floor: { id, kind: 'floor', scope: 'period', amount: '0' },
    spiff: { id, kind: 'spiff', measure, amount: '100', from: on, to: weekAfter(on) },
  };
  return blanks[kind];
}

const WEEK_MS = 7 * 86_400_000;
const weekAfter = (iso: string): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + WEEK_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);

type ListName = 'components' | 'measures';

export const added = (rules: PlanDefinition, list: ListName, one: object): PlanDefinition => ({
  ...rules,
  [list]: [...rules[list], one],
});

/** The rules with a component or measure one place further up (-1) or down (1). */
export function moved(
  rules: PlanDefinition,
  list: ListName,
  index: number,
  by: 1 | -1,
): PlanDefinition {
  const parts: unknown[] = [...rules[list]];
  const to = index + by;
  if (to < 0 || to >= parts.length) return rules;
  [parts[index], parts[to]] = [parts[to], parts[index]];
  return { ...rules, [list]: parts };
}

/** One more row as the last one is, so that only what differs is typed. */
export function nextRow(list: readonly unknown[], fields: readonly PlanField[]): unknown {
  const last = list.at(-1);
  if (last !== undefined) return structuredClone(last);
  const asked = fields.filter(({ optional }) => !optional);
  return Object.fromEntries(asked.map(({ key, type }) => [key, type === 'measure' ? '' : '0']));
}

/** None of the templates has days of its own. */
const ANY_DAY = '2000-01-01';

export const TEMPLATES = ['flat', 'accelerator', 'bonus'] as const;
export type Template = (typeof TEMPLATES)[number];

/** The most usual rules to begin with; `quota` is the metric whose target they look at. */
export function rulesFor(template: Template, currency: string, quota: string): PlanDefinition {
  const sold = { id: 'sold', sum: 'amount', window: 'month' } as const;
  const measures = [template === 'flat' ? sold : { ...sold, quota }];
  const empty: PlanDefinition = { schema: 1, currency, measures, components: [] };
  const kinds = { flat: 'flat', accelerator: 'tiers', bonus: 'milestone' } as const;
  const component = { ...blankOf(kinds[template], empty, ANY_DAY), id: 'commission' };
  return added(empty, 'components', component);
}

/** Whether two parts of rules say the same, in whatever order their fields are written. */
export function sameRules(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const [a, b] = [one as Holder, other as Holder];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameRules(a[key], b[key]));
}
