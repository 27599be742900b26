import { currencyExponent } from '../currency.ts';
import type { CheckLook, PlanFinding } from './component.ts';
import { COMPARISON_NAMES, constantsOf, measuresIn, operandsOf } from './condition.ts';
import {
  CLAWBACK_BASES,
  PLAN_ANCHORS,
  PLAN_WINDOWS,
  type PlanComponent,
  type PlanCondition,
  type PlanDefinition,
  type PlanMeasure,
} from './definition.ts';
import { compare, exact, isDecimal, isShare } from './exact.ts';
import { PLAN_KINDS, planKindOf } from './kinds/index.ts';
import { lookOf, measuresOf } from './prepared.ts';
import { planThoughts } from './thoughts.ts';

export interface PlanFindings {
  /** What keeps the plan from being used. */
  readonly faults: readonly PlanFinding[];
  /** What is allowed and should be meant. */
  readonly warnings: readonly PlanFinding[];
}

type Fault = (code: string, detail: string, pointer: string) => void;

/** Everything that is wrong with a plan, and what to think about, with pointers into it. */
export function checkPlan(plan: PlanDefinition): PlanFindings {
  const faults: PlanFinding[] = [];
  const warnings: PlanFinding[] = [];
  const fault: Fault = (code, detail, pointer) => faults.push({ code, detail, pointer });
  if (currencyExponent(plan.currency) === undefined) {
    fault('unknown_currency', `"${plan.currency}" is no ISO 4217 currency.`, '/currency');
    return { faults, warnings };
  }
  idFaults(plan, fault);
  plan.measures.forEach((measure, index) =>
    measureFaults(measure, plan, (code, detail, at) =>
      fault(code, detail, `/measures/${index}${at}`),
    ),
  );
  policyFaults(plan, fault);
  if (faults.length > 0) return { faults, warnings };
  const measures = measuresOf(plan);
  const look = lookOf(plan, measures);
  plan.components.forEach((component, index) => {
    const at = `/components/${index}`;
    const before = faults.length;
    const own: Fault = (code, detail, pointer) => fault(code, detail, `${at}${pointer}`);
    sharedFaults(component, plan, measures, own);
    const warn: CheckLook['warn'] = (code, detail, pointer, values) =>
      warnings.push({ code, detail, pointer: `${at}${pointer}`, ...(values && { values }) });
    if (faults.length === before)
      planKindOf(component).check(component, { ...look, fault: own, warn });
  });
  ringFaults(plan, fault);
  if (faults.length === 0) warnings.push(...planThoughts(plan));
  return { faults, warnings };
}

function idFaults({ measures, components }: PlanDefinition, fault: Fault): void {
  const seen = new Set<string>();
  const lists = [
    ['measures', measures],
    ['components', components],
  ] as const;
  for (const [name, list] of lists) {
    list.forEach(({ id }, index) => {
      const pointer = `/${name}/${index}/id`;
      if (!/^[a-z0-9][a-z0-9_-]{0,59}$/.test(id)) {
        fault('bad_id', 'An id has small letters, digits, "_" and "-", 60 at most.', pointer);
      } else if (seen.has(id) || id === 'clawback') {
        fault('same_id', `"${id}" is taken: give each measure and component its own id.`, pointer);
      }
      seen.add(id);
    });
  }
}

function measureFaults(measure: PlanMeasure, plan: PlanDefinition, fault: Fault): void {
  const ways = [measure.sum, measure.divide, measure.add].filter((one) => one !== undefined);
  if (ways.length !== 1) {
    fault('measure_way', 'Say exactly one of "sum", "divide" and "add".', '/sum');
  }
  if (measure.window !== undefined && !PLAN_WINDOWS.includes(measure.window)) {
    fault('not_one_of', `Must be one of ${PLAN_WINDOWS.join(', ')}.`, '/window');
  }
  const parts = [...(measure.divide ?? []), ...(measure.add ?? [])];
  const field = measure.divide ? '/divide' : '/add';
  for (const part of parts) {
    if (!plan.measures.some(({ id }) => id === part)) {
      fault('unknown_measure', `There is no measure "${part}".`, field);
    }
  }
  if (measure.divide && measure.divide.length !== 2) {
    fault('measure_way', 'Divide one measure by one other.', '/divide');
  }
  if (measure.if)
    conditionFaults(measure.if, null, (code, detail, at) => fault(code, detail, `/if${at}`));
  if (reaches(plan.measures, measure.id, parts)) {
    fault('ring', `"${measure.id}" is reckoned from itself: break the ring.`, field);
  }
}

/** Whether a measure is among what its parts are made of. */
function reaches(
  measures: readonly PlanMeasure[],
  id: string,
  parts: readonly string[],
  seen = new Set<string>(),
): boolean {
  return parts.some((part) => {
    if (part === id) return true;
    if (seen.has(part)) return false;
    seen.add(part);
    const measure = measures.find((one) => one.id === part);
    const next = [...(measure?.divide ?? []), ...(measure?.add ?? [])];
    return reaches(measures, id, next, seen);
  });
}

const DECIMAL_FIELDS = ['rate', 'amount', 'target', 'times'] as const;

/** Names and numbers that any component may have. */
function sharedFaults(
  component: PlanComponent,
  plan: PlanDefinition,
  measures: ReadonlyMap<string, PlanMeasure>,
  fault: Fault,
): void {
  const kind = PLAN_KINDS[component.kind] as ReturnType<typeof planKindOf> | undefined;
  if (!kind) return fault('not_one_of', `There is no kind "${component.kind}".`, '/kind');
  for (const field of DECIMAL_FIELDS) {
    const text = (component as unknown as Record<string, unknown>)[field];
    if (text === undefined || isDecimal(text)) continue;
    fault('no_number', 'Write a decimal such as "0.05" or "1500.00".', `/${field}`);
  }
  if ('when' in component && component.when) {
    conditionFaults(component.when, measures, (code, detail, at) =>
      fault(code, detail, `/when${at}`),
    );
  }
  for (const id of kind.reads(component)) {
    const measure = measures.get(id);
    if (!measure) {
      fault('unknown_measure', `There is no measure "${id}".`, '/measure');
    } else if (kind.role === 'event' && measure.sum === undefined) {
      const detail = `"${id}" has no credits of its own: go by a measure with a "sum".`;
      fault('not_a_sum', detail, '/measure');
    }
  }
  const earns = new Set(
    plan.components.filter((one) => planKindOf(one)?.role !== 'shape').map(({ id }) => id),
  );
  const named = 'applies_to' in component ? (component.applies_to ?? []) : [];
  named.forEach((id, index) => {
    if (earns.has(id)) return;
    fault('unknown_component', `Nothing called "${id}" earns.`, `/applies_to/${index}`);
  });
  if (component.kind === 'flat' && component.of !== undefined && !earns.has(component.of)) {
    fault('unknown_component', `Nothing called "${component.of}" earns.`, '/of');
  }
}

/** A comparison has an operand that there is, and a number or text. */
function conditionFaults(
  condition: PlanCondition,
  measures: ReadonlyMap<string, PlanMeasure> | null,
  fault: Fault,
): void {
  const parts = 'and' in condition ? condition.and : 'or' in condition ? condition.or : null;
  if (parts) {
    if (parts.length === 0) fault('no_parts', 'Write at least one condition.', '');
    return parts.forEach((part) => conditionFaults(part, measures, fault));
  }
  if ('not' in condition) return conditionFaults(condition.not, measures, fault);
  if (!COMPARISON_NAMES.some((name) => name in condition)) {
    return fault('no_condition', 'Compare with ge, gt, le, lt or eq.', '');
  }
  for (const operand of operandsOf(condition)) {
    if (typeof operand !== 'string' && !measures) {
      fault('no_attainment', 'A fact has no attainment: compare its fields.', '');
    }
  }
  if (!measures) return;
  for (const id of measuresIn(condition)) {
    if (!measures.has(id)) fault('unknown_measure', `There is no measure "${id}".`, '');
  }
  if (!constantsOf(condition).every(isDecimal)) {
    fault('no_number', 'Compare a measure with a decimal.', '');
  }
}

/** Components that are reckoned from each other in a ring. */
function ringFaults({ components }: PlanDefinition, fault: Fault): void {
  const of = new Map(
    components.map((one) => [one.id, one.kind === 'flat' ? one.of : undefined] as const),
  );
  components.forEach(({ id }, index) => {
    let at = of.get(id);
    for (let steps = 0; at !== undefined && steps <= components.length; steps += 1) {
      if (at === id) {
        const detail = `"${id}" is paid on what it earns itself: break the ring.`;
        return fault('ring', detail, `/components/${index}/of`);
      }
      at = of.get(at);
    }
  });
}

function policyFaults(plan: PlanDefinition, fault: Fault): void {
  const { anchor = 'closed_won', anchor_field: field, clawback, draw, pay } = plan;
  if (!PLAN_ANCHORS.includes(anchor)) {
    fault('not_one_of', `Must be one of ${PLAN_ANCHORS.join(', ')}.`, '/anchor');
  }
  if (anchor === 'custom' && field === undefined) {
    fault('missing', 'Say which attribute has the date.', '/anchor_field');
  }
  if (clawback?.basis !== undefined && !CLAWBACK_BASES.includes(clawback.basis)) {
    fault('not_one_of', `Must be one of ${CLAWBACK_BASES.join(', ')}.`, '/clawback/basis');
  }
  const days = clawback?.window_days;
  if (days !== undefined && !(Number.isSafeInteger(days) && days > 0)) {
    fault('bad_days', 'Write a whole number of days, 1 or more.', '/clawback/window_days');
  }
  if (clawback?.basis === 'prorated_days' && days === undefined) {
    const detail = 'Say within how many days it is taken back in proportion.';
    fault('missing', detail, '/clawback/window_days');
  }
  const money = draw?.amount;
  if (draw && !(isDecimal(money) && compare(exact(money), exact('0')) >= 0)) {
    fault('no_number', 'Write a sum that is not below zero.', '/draw/amount');
  }
  const shares = [
    ['/draw/recover_share', draw?.recover_share],
    ['/pay/holdback', pay?.holdback],
  ] as const;
  for (const [pointer, share] of shares) {
    if (share !== undefined && !isShare(share)) {
      fault('bad_share', 'Write a share between "0" and "1".', pointer);
    }
  }
  const wholes = [
    ['/draw/periods', draw?.periods],
    ['/draw/recover_from', draw?.recover_from],
    ['/pay/hold_days', pay?.hold_days],
  ] as const;
  for (const [pointer, number] of wholes) {
    if (number !== undefined && !(Number.isSafeInteger(number) && number >= 1)) {
      fault('bad_number', 'Write a whole number, 1 or more.', pointer);
    }
  }
}
