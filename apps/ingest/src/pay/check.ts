import {
  checkPlan,
  createCalendar,
  type OrganisationSettings,
  type PlanDefinition,
  type PlanFinding,
} from '@ovation/domain';
import {
  COMPONENT_FORMS,
  PlanFrame,
  type PlanCheckAnswer,
  type PlanFindingAnswer,
} from '@ovation/protocol';
import {
  readAssignments,
  readOrganisation,
  readPayPeriods,
  readPersonTargets,
  readPlanVersions,
  type PlanVersionRow,
} from '@ovation/store';
import { Check, Errors } from 'typebox/value';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { schemaFault } from '../schema-fault.ts';
import { dateFault, noVersion } from './plans.ts';

interface Findings {
  readonly faults: readonly PlanFinding[];
  readonly warnings: readonly PlanFinding[];
}

/** Everything that is wrong with rules, whatever was typed so far. */
export function planFindings(definition: unknown, currency: string): Findings {
  const shape = shapeFaults(definition);
  if (shape.length > 0) return { faults: shape, warnings: [] };
  const plan = definition as PlanDefinition;
  const found = checkPlan(plan);
  if (plan.currency === currency) return found;
  const detail = `Ledgers are kept in ${currency}: write the plan in it.`;
  const other = { code: 'other_currency', detail, pointer: '/currency' };
  return { faults: [other, ...found.faults], warnings: found.warnings };
}

/** What has to be there before rules can be looked at; each component by the form of its kind. */
function shapeFaults(definition: unknown): PlanFinding[] {
  if (!Check(PlanFrame, definition)) {
    const { pointer = '', ...fault } = schemaFault(Errors(PlanFrame, definition), definition);
    return [{ ...fault, pointer }];
  }
  const faults = definition.components.flatMap((component, index): PlanFinding[] => {
    const form = COMPONENT_FORMS[component.kind as keyof typeof COMPONENT_FORMS];
    if (Check(form, component)) return [];
    const { pointer = '', ...fault } = schemaFault(Errors(form, component), component);
    return [{ ...fault, pointer: `/components/${index}${pointer}` }];
  });
  if (definition.components.length > 0) return faults;
  const detail = 'Add a component: without one nothing is paid.';
  return [{ code: 'no_components', detail, pointer: '/components' }];
}

/** Ends the request with everything that has to be mended before rules can pay. */
export function mustBeSoundPlan(definition: unknown, currency: string): PlanDefinition {
  const { faults } = planFindings(definition, currency);
  if (faults[0]) {
    const pointed = faults.map(({ code, detail, pointer }) => ({
      ...{ code, detail, pointer: `/definition${pointer}` },
    }));
    throw new ProblemError('refused', faults[0].detail, pointed);
  }
  return definition as PlanDefinition;
}

const shown = ({ code, detail, pointer, values = {} }: PlanFinding): PlanFindingAnswer => ({
  ...{ code, detail, pointer, values },
});

/** Faults and thoughts about a version, with people on the plan who have no target to go by. */
export async function checkVersion(
  deps: IngestDeps,
  orgId: string,
  place: { readonly plan: string; readonly number: number },
): Promise<PlanCheckAnswer> {
  const versions = await readPlanVersions(deps.sql, orgId, place.plan);
  const version = versions.find((one) => one.number === place.number);
  if (!version) throw noVersion();
  const organisation = await readOrganisation(deps.sql, orgId);
  const found = planFindings(version.definition, organisation!.settings.currency);
  const aimless =
    found.faults.length > 0
      ? []
      : await withoutTarget(deps, orgId, place.plan, version.definition as PlanDefinition);
  const dates = version.status === 'draft' ? dateFault(versions, version) : undefined;
  return {
    faults: [...found.faults, ...(dates ? [dates] : [])].map(shown),
    warnings: [
      ...(await beginsClosed(deps, orgId, organisation!.settings, version)),
      ...found.warnings.map(shown),
      ...aimless,
    ],
  };
}

/** That a draft begins in a pay period that is closed: nothing is changed there any more. */
async function beginsClosed(
  deps: IngestDeps,
  orgId: string,
  settings: OrganisationSettings,
  { status, from }: PlanVersionRow,
): Promise<PlanFindingAnswer[]> {
  const at = createCalendar(settings).startOf(from);
  const periods = status === 'draft' ? await readPayPeriods(deps.sql, orgId) : [];
  const period = periods.find((one) => one.from.getTime() <= at && at < one.to.getTime());
  if (period?.state !== 'closed') return [];
  const { key } = period;
  const detail = `The pay period of ${key} is closed: what changes is posted in an open one.`;
  return [{ code: 'begins_closed', detail, pointer: '/from', values: { period: key } }];
}

/** Measures whose attainment counts, and people on the plan who have no target in them. */
async function withoutTarget(
  deps: IngestDeps,
  orgId: string,
  plan: string,
  definition: PlanDefinition,
): Promise<PlanFindingAnswer[]> {
  const people = new Set(
    (await readAssignments(deps.sql, orgId, { plan })).map((row) => row.personId),
  );
  const counted = definition.components.flatMap((component) =>
    'position' in component && component.position === 'attainment' && 'measure' in component
      ? [component.measure ?? '']
      : [],
  );
  const found: PlanFindingAnswer[] = [];
  for (const [index, measure] of definition.measures.entries()) {
    if (!counted.includes(measure.id)) continue;
    const metric = (measure.quota ?? measure.id).split('/')[0]!;
    const rows = await readPersonTargets(deps.sql, orgId, [metric]);
    const having = new Set(rows.map((row) => row.personId));
    const missing = [...people].filter((person) => !having.has(person)).length;
    if (missing === 0) continue;
    const detail = `${missing} on the plan have no target in "${metric}": it pays them nothing.`;
    const values = { people: missing, metric };
    found.push({ code: 'no_quota', detail, pointer: `/measures/${index}/quota`, values });
  }
  return found;
}
