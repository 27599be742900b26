import { setImmediate } from 'node:timers/promises';
import {
  checkPlan,
  inputFaults,
  openBook,
  type Fault,
  type IncentiveInput,
  type PlanDefinition,
} from '@ovation/domain';
import {
  COMPONENT_FORMS,
  PlanPreviewFrame,
  PREVIEW_LIMITS,
  type PlanPreviewAnswer,
  type PostPlanPreview,
  type PreviewedPayee,
} from '@ovation/protocol';
import { Check, Errors } from 'typebox/value';
import { ProblemError } from '../problem.ts';
import { mustBe } from '../routes/body.ts';
import { schemaFault } from '../schema-fault.ts';
import { payeeAnswer } from './wire.ts';

/** The one plan of a preview, under this name. */
const PLAN = 'plan';
/** Before everything that is previewed. */
const SINCE = '1900-01-01';
/** How long one payee after the other is worked out before others have a turn; milliseconds. */
const TURN_MS = 20;

/** Works a plan out for made-up or real facts; writes nothing and reads nothing. */
export async function previewPlan(body: unknown): Promise<PlanPreviewAnswer> {
  const asked = readPreview(body);
  const input = inputOf(asked);
  const faults = inputFaults(input).map(pointedAt);
  if (faults.length > 0) refuseAll(faults);
  const opened = openBook(input);
  if (!opened.ok) return refuseAll(opened.fault);
  const book = opened.value;
  const people: PreviewedPayee[] = [];
  let began = performance.now();
  for (const id of input.people.map((person) => person.id).sort()) {
    const payee = payeeOrEnd(() => book.payee(id));
    if (payee) people.push(payeeAnswer(payee, asked.plan.currency));
    if (performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
  const warnings = checkPlan(input.plans[0]!.versions[0]!.definition).warnings.map((one) => {
    return { ...one, pointer: `/plan${one.pointer}` };
  });
  return { people, excluded: book.excluded(), warnings };
}

/** Rates are looked for when they are needed: one that is missing ends the preview. */
function payeeOrEnd<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MissingRate') throw error;
    return refuseAll([{ code: 'no_rate', detail: error.message, pointer: '/rates' }]);
  }
}

function refuseAll(faults: readonly Fault[]): never {
  throw new ProblemError('refused', faults[0]!.detail, faults);
}

/** The body in its form; each component by the form of its kind, so that pointers are right. */
function readPreview(body: unknown): PostPlanPreview {
  mustFit(body);
  const framed = mustBe(PlanPreviewFrame, body);
  const faults = framed.plan.components.flatMap((component, index): Fault[] => {
    const form = COMPONENT_FORMS[component.kind as keyof typeof COMPONENT_FORMS];
    if (Check(form, component)) return [];
    const { pointer = '', ...fault } = schemaFault(Errors(form, component), component);
    return [{ ...fault, pointer: `/plan/components/${index}${pointer}` }];
  });
  if (faults.length > 0) refuseAll(faults);
  return body as PostPlanPreview;
}

const BOUNDED = ['people', 'facts', 'periods', 'quotas', 'rates'] as const;

/** Ends the request where it asks for too much, with the limit in words. */
function mustFit(body: unknown): void {
  const sent = (body ?? {}) as Record<string, unknown>;
  const count = (value: unknown) => (Array.isArray(value) ? value.length : 0);
  const plan = (sent['plan'] ?? {}) as Record<string, unknown>;
  const faults: Fault[] = [];
  const bound = (name: string, pointer: string, size: number, most: number) => {
    if (size <= most) return;
    const detail = `A preview has at most ${most} ${name}; here are ${size}.`;
    faults.push({ code: 'too_many', detail, pointer });
  };
  for (const name of BOUNDED) bound(name, `/${name}`, count(sent[name]), PREVIEW_LIMITS[name]);
  for (const name of ['components', 'measures'] as const) {
    bound(name, `/plan/${name}`, count(plan[name]), PREVIEW_LIMITS[name]);
  }
  const cells = count(sent['facts']) + count(sent['people']) * count(sent['periods']);
  bound('steps', '', count(plan['components']) * cells, PREVIEW_LIMITS.steps);
  if (faults.length > 0) refuseAll(faults);
}

function inputOf({ plan, people, ...asked }: PostPlanPreview): IncentiveInput {
  const definition = plan as unknown as PlanDefinition;
  const given = <T>(value: T | undefined, name: string) =>
    value === undefined ? {} : { [name]: value };
  return {
    plans: [{ id: PLAN, versions: [{ number: 1, from: SINCE, definition }] }],
    assignments: people.map(({ id, onPlan, targetIncentive }) => ({
      person: id,
      plan: PLAN,
      from: SINCE,
      ...onPlan,
      ...(targetIncentive !== undefined && { targetIncentive }),
    })),
    people: people.map(({ onPlan: _, targetIncentive: __, ...person }) => person),
    quotas: asked.quotas ?? [],
    facts: asked.facts,
    rates: asked.rates ?? [],
    periods: asked.periods,
    ...given(asked.holds, 'holds'),
    ...given(asked.asOf, 'asOf'),
    ...given(asked.trace, 'trace'),
  };
}

/** Faults point into the input; here that is a body with one plan. */
function pointedAt({ pointer = '', ...fault }: Fault): Fault {
  const own = pointer
    .replace(/^\/plans\/0\/versions\/0\/definition/, '/plan')
    .replace(/^\/assignments\/(\d+)\/targetIncentive/, '/people/$1/targetIncentive')
    .replace(/^\/assignments\/(\d+)/, '/people/$1/onPlan');
  return { ...fault, pointer: own };
}
