import { inOrg, type Sql, type Tx } from './connect.ts';

/** A plan's words; its rules are in its versions. */
export interface PlanRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** The rules of a plan in `[from, to)`, ISO dates; `to` null: without end. */
export interface PlanVersionRow {
  readonly planId: string;
  readonly number: number;
  readonly status: 'draft' | 'approved' | 'retired';
  readonly from: string;
  readonly to: string | null;
  readonly definition: unknown;
  /** Of the definition: the same rules have the same. */
  readonly hash: string;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
}

/** Who is on a plan in `[from, to)`, ISO dates. */
export interface AssignmentRow {
  readonly id: string;
  readonly planId: string;
  readonly personId: string;
  readonly from: string;
  readonly to: string | null;
  /** Minor units of the ledger's currency, for a year. */
  readonly targetIncentive: bigint | null;
  readonly overrides: Readonly<Record<string, string>>;
}

const planColumns = (tx: Tx) => tx`
  plan_id as id, name, names, description, descriptions, created_at`;
const versionColumns = (tx: Tx) => tx`
  plan_id, number, status, effective_from::text as "from", effective_to::text as "to", definition,
  hash, created_by, updated_at, approved_by, approved_at`;
const assignmentColumns = (tx: Tx) => tx`
  assignment_id as id, plan_id, person_id, from_date::text as "from", to_date::text as "to",
  target_incentive, overrides`;

const within = <T>(sql: Sql | Tx, orgId: string, read: (tx: Tx) => Promise<T>): Promise<T> =>
  'reserve' in sql ? inOrg(sql, orgId, read) : read(sql);

export function readPlans(sql: Sql | Tx, orgId: string): Promise<PlanRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<PlanRow[]>`
      select ${planColumns(tx)} from plan where org_id = ${orgId} order by created_at, plan_id`,
  );
}

/** A plan, held until the transaction ends. */
export async function lockPlan(tx: Tx, orgId: string, id: string): Promise<PlanRow | undefined> {
  const [row] = await tx<PlanRow[]>`
    select ${planColumns(tx)} from plan where org_id = ${orgId} and plan_id = ${id} for update`;
  return row;
}

export async function savePlan(
  tx: Tx,
  orgId: string,
  plan: Omit<PlanRow, 'createdAt'>,
): Promise<void> {
  await tx`
    insert into plan (org_id, plan_id, name, names, description, descriptions)
    values (${orgId}, ${plan.id}, ${plan.name}, ${tx.json(plan.names)}, ${plan.description},
      ${tx.json(plan.descriptions)})
    on conflict (org_id, plan_id) do update set
      name = excluded.name, names = excluded.names, description = excluded.description,
      descriptions = excluded.descriptions`;
}

/** Takes a plan of which nothing was ever approved away with its drafts. */
export async function deletePlan(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`delete from plan_assignment where org_id = ${orgId} and plan_id = ${id}`;
  await tx`delete from plan_version where org_id = ${orgId} and plan_id = ${id}`;
  await tx`delete from plan where org_id = ${orgId} and plan_id = ${id}`;
}

/** Versions of one plan or of all, oldest number first. */
export function readPlanVersions(
  sql: Sql | Tx,
  orgId: string,
  planId: string | null = null,
): Promise<PlanVersionRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<PlanVersionRow[]>`
      select ${versionColumns(tx)} from plan_version
      where org_id = ${orgId} and (${planId}::text is null or plan_id = ${planId})
      order by plan_id, number`,
  );
}

/** Writes a version; one that is approved is refused by the database. */
export async function savePlanVersion(
  tx: Tx,
  orgId: string,
  row: Omit<PlanVersionRow, 'updatedAt'>,
): Promise<void> {
  await tx`
    insert into plan_version
      (org_id, plan_id, number, status, effective_from, effective_to, definition, hash, created_by,
        approved_by, approved_at)
    values (${orgId}, ${row.planId}, ${row.number}, ${row.status}, ${row.from}::text::date,
      ${row.to}::text::date, ${tx.json(row.definition as never)}, ${row.hash}, ${row.createdBy},
      ${row.approvedBy}, ${row.approvedAt})
    on conflict (org_id, plan_id, number) do update set
      status = excluded.status, effective_from = excluded.effective_from,
      effective_to = excluded.effective_to, definition = excluded.definition,
      hash = excluded.hash, approved_by = excluded.approved_by,
      approved_at = excluded.approved_at, updated_at = clock_timestamp()`;
}

export async function deletePlanDraft(
  tx: Tx,
  orgId: string,
  planId: string,
  number: number,
): Promise<void> {
  await tx`
    delete from plan_version
    where org_id = ${orgId} and plan_id = ${planId} and number = ${number} and status = 'draft'`;
}

/** Ends an approved version at a date, or retires it. */
export async function endPlanVersion(
  tx: Tx,
  orgId: string,
  version: Pick<PlanVersionRow, 'planId' | 'number' | 'status'> & { readonly to: string | null },
): Promise<void> {
  await tx`
    update plan_version
    set effective_to = ${version.to}::text::date, status = ${version.status},
      updated_at = clock_timestamp()
    where org_id = ${orgId} and plan_id = ${version.planId} and number = ${version.number}`;
}

/** Assignments of a plan or a person, or all; oldest first. */
export function readAssignments(
  sql: Sql | Tx,
  orgId: string,
  of: { readonly plan?: string; readonly person?: string } = {},
): Promise<AssignmentRow[]> {
  return within(
    sql,
    orgId,
    async (tx) => tx<AssignmentRow[]>`
      select ${assignmentColumns(tx)} from plan_assignment
      where org_id = ${orgId}
        and (${of.plan ?? null}::text is null or plan_id = ${of.plan ?? null})
        and (${of.person ?? null}::text is null or person_id = ${of.person ?? null})
      order by from_date, assignment_id`,
  );
}

export async function saveAssignment(tx: Tx, orgId: string, row: AssignmentRow): Promise<void> {
  const target = row.targetIncentive === null ? null : String(row.targetIncentive);
  await tx`
    insert into plan_assignment
      (org_id, assignment_id, plan_id, person_id, from_date, to_date, target_incentive, overrides)
    values (${orgId}, ${row.id}, ${row.planId}, ${row.personId}, ${row.from}::text::date,
      ${row.to}::text::date, ${target}::text::bigint, ${tx.json(row.overrides as never)})
    on conflict (org_id, assignment_id) do update set
      from_date = excluded.from_date, to_date = excluded.to_date,
      target_incentive = excluded.target_incentive, overrides = excluded.overrides`;
}

export async function deleteAssignment(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`delete from plan_assignment where org_id = ${orgId} and assignment_id = ${id}`;
}

/** How an organisation pays. */
export interface PayRules {
  readonly period: 'month' | 'quarter' | 'half' | 'year';
  /** Minor units: from here on a statement needs a second word; null: never. */
  readonly secondFrom: string | null;
  /** Minor units: from here on approving and paying out need a code; null: never. */
  readonly factorFrom: string | null;
}

export const DEFAULT_PAY_RULES: PayRules = {
  period: 'month',
  secondFrom: null,
  factorFrom: null,
};

export async function readPayRules(sql: Sql | Tx, orgId: string): Promise<PayRules> {
  const [row] = await within(
    sql,
    orgId,
    async (tx) => tx<{ rules: Partial<PayRules> }[]>`
      select rules from pay_rules where org_id = ${orgId}`,
  );
  return { ...DEFAULT_PAY_RULES, ...row?.rules };
}

export async function savePayRules(tx: Tx, orgId: string, rules: PayRules): Promise<void> {
  await tx`
    insert into pay_rules (org_id, rules) values (${orgId}, ${tx.json(rules as never)})
    on conflict (org_id) do update set rules = excluded.rules`;
}
