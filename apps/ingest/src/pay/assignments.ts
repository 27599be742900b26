import { newId } from '@ovation/host';
import type { PatchAssignment, PostAssignment } from '@ovation/protocol';
import {
  deleteAssignment,
  lockPlan,
  readAssignments,
  readOrganisation,
  readPayPeriods,
  readPerson,
  saveAssignment,
  type AssignmentRow,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { mustBeInCharge, type Charge } from '../team-scope.ts';
import { noPlan } from './plans.ts';
import { fault, minorFrom, mustBeDate } from './wire.ts';

const ASSIGNMENTS_MAX = 20_000;
const EXCLUSION_VIOLATION = '23P01';

/** Which assignment is meant, by somebody who looks after these people. */
interface AssignmentPlace {
  readonly plan: string;
  readonly id: string;
  readonly charge: Charge;
}

/** An assignment as it stands in the log: ids and dates. */
const noted = ({ id, personId, from, to }: AssignmentRow) => ({ id, person: personId, from, to });

/** Puts somebody on a plan. */
export async function assign(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  plan: string,
  draft: PostAssignment,
): Promise<string> {
  const row: AssignmentRow = {
    id: newId('asg'),
    planId: plan,
    personId: draft.person,
    from: mustBeDate(draft.from, '/from'),
    to: endOf(draft.to),
    targetIncentive: await targetOf(deps, orgId, draft.targetIncentive),
    overrides: {},
  };
  await writeSettings(deps, orgId, author, async (tx) => {
    if (!(await lockPlan(tx, orgId, plan))) throw noPlan();
    if (!(await readPerson(tx, orgId, draft.person))) {
      throw fault('unknown_person', 'There is no person with this id.', '/person');
    }
    if ((await readAssignments(tx, orgId, { plan })).length >= ASSIGNMENTS_MAX) {
      throw new ProblemError('refused', `A plan has at most ${ASSIGNMENTS_MAX} assignments.`);
    }
    await save(tx, orgId, row);
    const event = { type: 'plan.assigned' as const, subject: plan, now: noted(row) };
    return { value: undefined, events: [event] };
  });
  return row.id;
}

const endOf = (to: string | null | undefined): string | null =>
  to === undefined || to === null ? null : mustBeDate(to, '/to');

async function targetOf(
  deps: IngestDeps,
  orgId: string,
  text: string | null | undefined,
): Promise<bigint | null> {
  if (text === undefined || text === null) return null;
  const organisation = await readOrganisation(deps.sql, orgId);
  return minorFrom(text, organisation!.settings.currency, '/targetIncentive');
}

async function save(tx: Tx, orgId: string, row: AssignmentRow): Promise<void> {
  if (row.to !== null && row.to <= row.from) {
    throw fault('bad_time', 'An assignment ends after it begins.', '/to');
  }
  try {
    await tx.savepoint((own) => saveAssignment(own as Tx, orgId, row));
  } catch (error) {
    if ((error as { code?: string }).code !== EXCLUSION_VIOLATION) throw error;
    throw fault('overlaps', 'The person is on this plan on some of these days already.', '/from');
  }
}

/** Other dates or another target incentive. */
export async function changeAssignment(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  place: AssignmentPlace,
  change: PatchAssignment,
): Promise<void> {
  const target =
    change.targetIncentive === undefined
      ? {}
      : { targetIncentive: await targetOf(deps, orgId, change.targetIncentive) };
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustHave(tx, orgId, place);
    const row = {
      ...was,
      ...target,
      ...(change.from === undefined ? {} : { from: mustBeDate(change.from, '/from') }),
      ...(change.to === undefined ? {} : { to: endOf(change.to) }),
    };
    await save(tx, orgId, row);
    const event = { type: 'plan.assigned' as const, subject: place.plan, now: noted(row) };
    return { value: undefined, events: [{ ...event, was: noted(was) }] };
  });
}

/** Takes an assignment back that nobody was paid by yet; else it is ended by a date. */
export async function removeAssignment(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  place: AssignmentPlace,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustHave(tx, orgId, place);
    const closed = (await readPayPeriods(tx, orgId)).filter((one) => one.state === 'closed');
    if (closed.some((one) => was.from < one.key || was.from === one.key)) {
      throw fault('paid_already', 'It was paid by: end it by a date instead.', '/to');
    }
    await deleteAssignment(tx, orgId, was.id);
    const event = { type: 'plan.assigned' as const, subject: place.plan, now: null };
    return { value: undefined, events: [{ ...event, was: noted(was) }] };
  });
}

async function mustHave(
  tx: Tx,
  orgId: string,
  { plan, id, charge }: AssignmentPlace,
): Promise<AssignmentRow> {
  if (!(await lockPlan(tx, orgId, plan))) throw noPlan();
  const row = (await readAssignments(tx, orgId, { plan })).find((one) => one.id === id);
  if (!row) throw new ProblemError('not_found', 'There is no such assignment.');
  mustBeInCharge(charge, row.personId);
  return row;
}
