import { inOrg, type Sql, type Tx } from './connect.ts';

export interface DeliveryFault {
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
}

/** An authentic delivery that could not be taken. */
export interface Delivery {
  readonly id: string;
  readonly sourceId: string;
  readonly eventId: string | null;
  readonly fault: DeliveryFault;
  readonly body: string;
}

export interface DeliveryRow extends Delivery {
  readonly sourceName: string | null;
  readonly receivedAt: Date;
  readonly settledAt: Date | null;
  readonly outcome: 'replayed' | 'dismissed' | null;
}

/**
 * Keeps deliveries, no two of them with one source and event id: while one of the same is open it
 * is replaced. Answers the ids that they are kept under, in the same order.
 */
export function keepDeliveries(
  sql: Sql,
  orgId: string,
  deliveries: readonly Delivery[],
): Promise<string[]> {
  const column = <K extends keyof Delivery>(key: K) => deliveries.map((one) => one[key]);
  const faults = deliveries.map(({ fault }) => JSON.stringify(fault));
  return inOrg(sql, orgId, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`quarantine/${orgId}`}, 0))`;
    const kept = await tx<{ id: string }[]>`
      with incoming as (
        select *
        from unnest(
          ${column('id')}::text[], ${column('sourceId')}::text[], ${column('eventId')}::text[],
          ${faults}::text[], ${column('body')}::text[]
        ) with ordinality as i (id, source_id, event_id, fault, body, ordinal)
      ),
      replaced as (
        update quarantine q
        set received_at = clock_timestamp(), fault = i.fault::jsonb, body = i.body
        from incoming i
        where q.org_id = ${orgId} and q.source_id = i.source_id and q.event_id = i.event_id
          and q.settled_at is null
        returning i.id as incoming_id, q.delivery_id
      ),
      added as (
        insert into quarantine
          (org_id, delivery_id, source_id, received_at, fault, body, event_id)
        select ${orgId}, i.id, i.source_id, clock_timestamp(), i.fault::jsonb, i.body, i.event_id
        from incoming i
        where i.id not in (select incoming_id from replaced)
      )
      select coalesce(r.delivery_id, i.id) as id
      from incoming i left join replaced r on r.incoming_id = i.id
      order by i.ordinal`;
    return kept.map((row) => row.id);
  });
}

/** Drops all but the newest so many; answers how many went. */
export async function pruneDeliveries(sql: Sql, orgId: string, keep: number): Promise<number> {
  const gone = await inOrg(
    sql,
    orgId,
    (tx) => tx`
      delete from quarantine
      where org_id = ${orgId} and delivery_id in (
        select delivery_id from quarantine
        where org_id = ${orgId}
        order by received_at desc, delivery_id desc
        offset ${keep}
      )`,
  );
  return gone.count;
}

/** Settles what its sender has since sent in a form that was taken, under the same id. */
export async function settleResent(tx: Tx, orgId: string): Promise<void> {
  await tx`
    update quarantine q
    set settled_at = e.recorded_at, outcome = 'replayed'
    from event e
    where q.org_id = ${orgId} and q.settled_at is null
      and e.org_id = q.org_id and e.source_id = q.source_id and e.event_id = q.event_id
      and e.recorded_at > q.received_at`;
}

/** The open ones first, each newest first; `after` is the id of the last one seen. */
export async function readDeliveries(
  tx: Tx,
  orgId: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<DeliveryRow[]> {
  return tx<DeliveryRow[]>`
    with place as (
      select settled_at is null as open, received_at, delivery_id
      from quarantine where org_id = ${orgId} and delivery_id = ${page.after}
    )
    select q.delivery_id as id, q.source_id, s.name as source_name, q.event_id, q.fault, q.body,
      q.received_at, q.settled_at, q.outcome
    from quarantine q
    left join source s on s.org_id = q.org_id and s.source_id = q.source_id
    where q.org_id = ${orgId}
      and (${page.after}::text is null or (q.settled_at is null, q.received_at, q.delivery_id)
        < (select open, received_at, delivery_id from place))
    order by q.settled_at is null desc, q.received_at desc, q.delivery_id desc
    limit ${page.limit}`;
}

/** One delivery, locked until the transaction ends. */
export async function lockDelivery(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const [row] = await tx<DeliveryRow[]>`
    select q.delivery_id as id, q.source_id, s.name as source_name, q.event_id, q.fault, q.body,
      q.received_at, q.settled_at, q.outcome
    from quarantine q
    left join source s on s.org_id = q.org_id and s.source_id = q.source_id
    where q.org_id = ${orgId} and q.delivery_id = ${id}
    for update of q`;
  return row;
}

export async function settleDelivery(
  tx: Tx,
  orgId: string,
  id: string,
  outcome: 'replayed' | 'dismissed',
): Promise<void> {
  await tx`
    update quarantine set settled_at = clock_timestamp(), outcome = ${outcome}
    where org_id = ${orgId} and delivery_id = ${id} and settled_at is null`;
}

/** What is still wrong with an open delivery, and how far it was mended. */
export async function refaultDelivery(
  tx: Tx,
  orgId: string,
  id: string,
  { fault, body }: { readonly fault: DeliveryFault; readonly body: string },
): Promise<void> {
  await tx`
    update quarantine set fault = ${tx.json(fault as never)}, body = ${body}
    where org_id = ${orgId} and delivery_id = ${id} and settled_at is null`;
}
