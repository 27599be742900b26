import { COUNTABLE_TYPES } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';

/** What events carry, for whoever writes conditions. */
export interface FieldRow {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly events: number }[];
  /** Whether every value seen is a number. */
  readonly numeric: boolean;
}

/** The newest events that are looked at, and the values told of each field. */
const EVENTS_SEEN = 20_000;
const VALUES_TOLD = 50;

/** Fields of the newest events with their most frequent values. */
export async function readFields(sql: Sql, orgId: string): Promise<FieldRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ field: string; value: string; events: number; numeric: boolean }[]>`
      with newest as (
        select source_id, type, body from event
        where org_id = ${orgId} and type = any (${[...COUNTABLE_TYPES]}::text[])
        order by seq desc
        limit ${EVENTS_SEEN}
      ),
      fields as (
        select f.field, f.value
        from newest,
          lateral (values
            ('type', type), ('source', source_id), ('activity', body ->> 'activity'),
            ('class', body ->> 'class'), ('kpi', body ->> 'kpi'),
            ('stage', body -> 'attributes' ->> 'stage')
          ) as f (field, value)
        where f.value is not null
        union all
        select 'attributes.' || a.key, a.value
        from newest, jsonb_each_text(body -> 'attributes') as a (key, value)
        where jsonb_typeof(body -> 'attributes') = 'object' and a.key <> 'stage' and a.value <> ''
      ),
      counted as (
        select field, value, count(*)::integer as events,
          row_number() over (partition by field order by count(*) desc, value) as place,
          bool_and(value ~ '^-?[0-9]{1,15}([.][0-9]+)?$') over (partition by field) as numeric
        from fields group by field, value
      )
      select field, value, events, numeric from counted
      where place <= ${VALUES_TOLD} order by field, place`,
  );
  const fields = new Map<string, FieldRow>();
  for (const { field, value, events, numeric } of rows) {
    const known = fields.get(field);
    const values = [...(known?.values ?? []), { value, events }];
    fields.set(field, { field, values, numeric });
  }
  return [...fields.values()];
}
