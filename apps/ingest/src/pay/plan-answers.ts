import type { AssignmentAnswer, PlanAnswer, PlanDiffAnswer } from '@ovation/protocol';
import {
  readAssignments,
  readOrganisation,
  readPlans,
  readPlanVersions,
  type AssignmentRow,
  type PlanRow,
  type PlanVersionRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { isInCharge } from '../team-scope.ts';
import { planDiff } from './diff.ts';
import { readPayNames, type PayNames } from './names.ts';
import { noPlan, noVersion } from './plans.ts';
import { payCharge } from './scope.ts';
import { moneyText, todayOf } from './wire.ts';

/** All plans, or the one that is named. */
export async function planAnswers(
  deps: IngestDeps,
  orgId: string,
  id?: string,
): Promise<PlanAnswer[]> {
  const all = await readPlans(deps.sql, orgId);
  const plans = all.filter((plan) => id === undefined || plan.id === id);
  const versions = await readPlanVersions(deps.sql, orgId, id ?? null);
  const assignments = await readAssignments(deps.sql, orgId, id === undefined ? {} : { plan: id });
  const doers = versions.flatMap((version) => [version.createdBy, version.approvedBy]);
  const names = await readPayNames(deps, orgId, doers);
  const today = await todayOf(deps, orgId);
  return plans.map((plan) => planAnswer(plan, { versions, assignments, names, today }));
}

export async function planById(deps: IngestDeps, orgId: string, id: string): Promise<PlanAnswer> {
  const [plan] = await planAnswers(deps, orgId, id);
  if (!plan) throw noPlan();
  return plan;
}

interface Around {
  readonly versions: readonly PlanVersionRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly names: PayNames;
  readonly today: string;
}

function planAnswer(plan: PlanRow, { versions, assignments, names, today }: Around): PlanAnswer {
  const own = versions.filter((version) => version.planId === plan.id);
  const holds = (one: { readonly from: string; readonly to: string | null }) =>
    one.from <= today && (one.to === null || today < one.to);
  const people = assignments.filter((one) => one.planId === plan.id && holds(one));
  const { id, name, names: inLanguages, description, descriptions, createdAt } = plan;
  return {
    ...{ id, name, names: inLanguages, description, descriptions },
    createdAt: createdAt.toISOString(),
    versions: own.map((version) => ({
      number: version.number,
      status: version.status,
      from: version.from,
      to: version.to,
      definition: version.definition as Readonly<Record<string, unknown>>,
      hash: version.hash,
      createdBy: names.by(version.createdBy),
      updatedAt: version.updatedAt.toISOString(),
      approvedBy: names.by(version.approvedBy),
      approvedAt: version.approvedAt?.toISOString() ?? null,
    })),
    inForce: own.find((one) => one.status === 'approved' && holds(one))?.number ?? null,
    people: new Set(people.map((one) => one.personId)).size,
  };
}

/** Who is on a plan; what it should pay them is for who may see their pay. */
export async function assignmentAnswers(
  deps: IngestDeps,
  caller: Caller,
  plan: string,
): Promise<AssignmentAnswer[]> {
  const { orgId } = caller;
  await planById(deps, orgId, plan);
  const rows = await readAssignments(deps.sql, orgId, { plan });
  const names = await readPayNames(deps, orgId);
  const organisation = await readOrganisation(deps.sql, orgId);
  const { currency } = organisation!.settings;
  const charge = await payCharge(deps, caller);
  const target = ({ personId, targetIncentive: minor }: AssignmentRow) =>
    minor === null || !isInCharge(charge, personId) ? null : moneyText(minor, currency);
  return rows.map((row) => ({
    ...{ id: row.id, person: names.of(row.personId), from: row.from, to: row.to },
    targetIncentive: target(row),
  }));
}

/** What a version changes, against the one before it or the one that is named. */
export async function versionDiff(
  deps: IngestDeps,
  orgId: string,
  place: { readonly plan: string; readonly number: number },
  against: number | undefined,
): Promise<PlanDiffAnswer> {
  const versions = await readPlanVersions(deps.sql, orgId, place.plan);
  const now = versions.find((version) => version.number === place.number);
  const was =
    against === undefined
      ? versions.findLast((version) => version.number < place.number)
      : versions.find((version) => version.number === against);
  if (!now || (against !== undefined && !was)) throw noVersion();
  const changes = planDiff(was?.definition, now.definition);
  return { number: now.number, against: was?.number ?? null, changes };
}
