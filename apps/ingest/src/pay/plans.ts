import { newId } from '@ovation/host';
import type { PatchPlan, PostPlan, PostPlanVersion, PutPlanVersion } from '@ovation/protocol';
import {
  addPayApproval,
  deletePlan,
  deletePlanDraft,
  endPlanVersion,
  lockPlan,
  readOrganisation,
  readPlanVersions,
  savePlan,
  savePlanVersion,
  type PlanRow,
  type PlanVersionRow,
  type Tx,
} from '@ovation/store';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { mustBeSoundPlan } from './check.ts';
import { fault, mustBeDate, todayOf } from './wire.ts';

/** Plans of an organisation, and versions of a plan, at most. */
const PLANS_MAX = 200;
const VERSIONS_MAX = 200;

export const noPlan = (): ProblemError =>
  new ProblemError('not_found', 'There is no such incentive plan.');
export const noVersion = (): ProblemError =>
  new ProblemError('not_found', 'There is no such version of this plan.');

/** What of a version stands in the log: never its rules' texts, which its hash stands for. */
const noted = ({ number, status, from, to, hash }: Omit<PlanVersionRow, 'updatedAt'>) => ({
  ...{ number, status, from, to, hash },
});

/** Begins a plan with a first draft, empty unless rules are given. */
export async function addPlan(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  draft: PostPlan,
): Promise<string> {
  const { name, names = {}, description = '', descriptions = {} } = draft;
  const organisation = await readOrganisation(deps.sql, orgId);
  const currency = organisation?.settings.currency ?? 'USD';
  const from = mustBeDate(draft.from ?? (await todayOf(deps, orgId)), '/from');
  const plan = { id: newId('plan'), name, names, description, descriptions };
  const definition = draft.definition ?? { schema: 1, currency, measures: [], components: [] };
  const version = draftOf(plan.id, { number: 1, from, to: null, definition, by: author.id });
  await writeSettings(deps, orgId, author, async (tx) => {
    const [count] = await tx<{ plans: number }[]>`
      select count(*)::int as plans from plan where org_id = ${orgId}`;
    if ((count?.plans ?? 0) >= PLANS_MAX) {
      throw new ProblemError('refused', `An organisation has at most ${PLANS_MAX} plans.`);
    }
    await savePlan(tx, orgId, plan);
    await savePlanVersion(tx, orgId, version);
    const changed = { type: 'plan.changed' as const, subject: plan.id, now: { name } };
    return { value: undefined, events: [changed, versioned(version)] };
  });
  return plan.id;
}

const versioned = (version: Omit<PlanVersionRow, 'updatedAt'>) => ({
  type: 'plan.versioned' as const,
  subject: version.planId,
  now: noted(version),
});

function draftOf(
  planId: string,
  draft: {
    readonly number: number;
    readonly from: string;
    readonly to: string | null;
    readonly definition: unknown;
    readonly by: string;
  },
): Omit<PlanVersionRow, 'updatedAt'> {
  const { number, from, to, definition, by } = draft;
  const hash = hashOf(definition);
  const open = { status: 'draft', approvedBy: null, approvedAt: null } as const;
  return { planId, number, from, to, definition, hash, createdBy: by, ...open };
}

/** Other words for a plan. */
export async function changePlan(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  change: PatchPlan,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustLock(tx, orgId, id);
    const now = { ...was, ...change };
    await savePlan(tx, orgId, now);
    const { name } = now;
    const event = { type: 'plan.changed' as const, subject: id, now: { name } };
    return { value: undefined, events: [{ ...event, was: { name: was.name } }] };
  });
}

/** Throws a plan away of which no version was ever approved. */
export async function removePlan(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustLock(tx, orgId, id);
    const versions = await readPlanVersions(tx, orgId, id);
    if (versions.some((version) => version.status !== 'draft')) {
      throw fault('published', 'A version of it was approved: end that version instead.', '');
    }
    await deletePlan(tx, orgId, id);
    const event = { type: 'plan.changed' as const, subject: id, now: null };
    return { value: undefined, events: [{ ...event, was: { name: was.name } }] };
  });
}

async function mustLock(tx: Tx, orgId: string, id: string): Promise<PlanRow> {
  const plan = await lockPlan(tx, orgId, id);
  if (!plan) throw noPlan();
  return plan;
}

/** Begins a further draft as a copy; answers its number. */
export async function addVersion(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  { copyOf, from }: PostPlanVersion,
): Promise<number> {
  const today = await todayOf(deps, orgId);
  return writeSettings(deps, orgId, author, async (tx) => {
    await mustLock(tx, orgId, id);
    const versions = await readPlanVersions(tx, orgId, id);
    const newest = versions.at(-1);
    const copied = copyOf === undefined ? newest : versions.find((one) => one.number === copyOf);
    if (!copied || !newest) throw noVersion();
    if (versions.length >= VERSIONS_MAX) {
      throw new ProblemError('refused', `A plan has at most ${VERSIONS_MAX} versions.`);
    }
    const version = draftOf(id, {
      number: newest.number + 1,
      from: mustBeDate(from ?? today, '/from'),
      to: null,
      definition: copied.definition,
      by: author.id,
    });
    await savePlanVersion(tx, orgId, version);
    return { value: version.number, events: [versioned(version)] };
  });
}

/** Saves a draft as it is typed: its rules may still lack something. */
export async function changeVersion(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  place: { readonly plan: string; readonly number: number },
  { definition, from, to }: PutPlanVersion,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustBeDraft(tx, orgId, place);
    const version = {
      ...was,
      definition,
      hash: hashOf(definition),
      from: from === undefined ? was.from : mustBeDate(from, '/from'),
      to: to === undefined ? was.to : to === null ? null : mustBeDate(to, '/to'),
    };
    if (version.to !== null && version.to <= version.from) {
      throw fault('bad_time', 'A version ends after it begins.', '/to');
    }
    await savePlanVersion(tx, orgId, version);
    return { value: undefined, events: [{ ...versioned(version), was: noted(was) }] };
  });
}

export async function removeVersion(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  place: { readonly plan: string; readonly number: number },
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await mustBeDraft(tx, orgId, place);
    await deletePlanDraft(tx, orgId, place.plan, place.number);
    const event = { type: 'plan.versioned' as const, subject: place.plan, now: null };
    return { value: undefined, events: [{ ...event, was: noted(was) }] };
  });
}

async function mustBeDraft(
  tx: Tx,
  orgId: string,
  { plan, number }: { readonly plan: string; readonly number: number },
): Promise<PlanVersionRow> {
  await mustLock(tx, orgId, plan);
  const version = (await readPlanVersions(tx, orgId, plan)).find((one) => one.number === number);
  if (!version) throw noVersion();
  if (version.status === 'draft') return version;
  throw fault('published', 'An approved version never changes: begin a further one.', '');
}

/**
 * Publishes a draft: from its date on it pays, and the version before it ends there. What was
 * approved never changes.
 */
export async function approveVersion(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  place: { readonly plan: string; readonly number: number },
): Promise<void> {
  const organisation = await readOrganisation(deps.sql, orgId);
  await writeSettings(deps, orgId, author, async (tx) => {
    const draft = await mustBeDraft(tx, orgId, place);
    mustBeSoundPlan(draft.definition, organisation!.settings.currency);
    const versions = await readPlanVersions(tx, orgId, place.plan);
    const ended = await endBefore(tx, orgId, versions, draft);
    const approved = {
      ...draft,
      status: 'approved' as const,
      approvedBy: author.id,
      approvedAt: new Date(deps.clock.now()),
    };
    await savePlanVersion(tx, orgId, approved);
    await addPayApproval(tx, orgId, {
      kind: 'plan',
      subject: `${place.plan}/${place.number}`,
      step: 1,
      by: author.id,
    });
    return {
      value: undefined,
      events: [...ended, { ...versioned(approved), was: noted(draft) }],
    };
  });
}

/** Published versions on whose days a draft would pay. */
const clashing = (versions: readonly PlanVersionRow[], draft: PlanVersionRow) =>
  versions.filter(
    (one) =>
      one.status === 'approved' &&
      (draft.to === null || one.from < draft.to) &&
      (one.to === null || one.to > draft.from),
  );

/** Why a draft cannot be published with its dates; `undefined`: it can. */
export function dateFault(
  versions: readonly PlanVersionRow[],
  draft: PlanVersionRow,
): { readonly code: string; readonly detail: string; readonly pointer: string } | undefined {
  const clash = clashing(versions, draft);
  const later = clash.find((one) => one.from > draft.from);
  if (later) {
    const { number: n, from } = later;
    const detail = `Version ${n} begins on ${from}: begin then or later, or end this one there.`;
    return { code: 'overlaps', detail, pointer: '/from' };
  }
  const { to } = draft;
  if (to === null || clash.every((one) => one.to !== null && one.to <= to)) return undefined;
  const detail = `It would leave the time after ${to} without rules: let it go on.`;
  return { code: 'overlaps', detail, pointer: '/to' };
}

/** Ends or retires what is in force when the draft begins; refuses what it would cut in two. */
async function endBefore(
  tx: Tx,
  orgId: string,
  versions: readonly PlanVersionRow[],
  draft: PlanVersionRow,
) {
  const refused = dateFault(versions, draft);
  if (refused) throw fault(refused.code, refused.detail, refused.pointer);
  const events = [];
  for (const one of clashing(versions, draft)) {
    const gone = one.from === draft.from;
    const status = gone ? ('retired' as const) : ('approved' as const);
    const after = { ...one, status, to: gone ? one.to : draft.from };
    await endPlanVersion(tx, orgId, after);
    events.push({ ...versioned(after), was: noted(one) });
  }
  return events;
}
