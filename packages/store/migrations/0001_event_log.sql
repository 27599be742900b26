-- The log and everything an organisation owns. Every key starts with org_id, every table is under
-- forced row-level security: a query that forgets its organisation finds nothing.

create table organisation (
  org_id text primary key,
  name text not null,
  settings jsonb not null,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- The row lock on an organisation's head numbers its events: seq has no hole and is commit order.
create table log_head (
  org_id text primary key references organisation,
  seq bigint not null default 0
) with (fillfactor = 50);

create table source (
  org_id text not null references organisation,
  source_id text not null,
  name text not null,
  kind text not null,
  primary key (org_id, source_id)
);

create table event (
  org_id text not null,
  seq bigint not null,
  source_id text not null,
  event_id text not null,
  type text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  body jsonb not null,
  body_hash text not null,
  primary key (org_id, seq),
  constraint event_once unique (org_id, source_id, event_id)
);
-- Statistics early and often: without them a young log is searched by organisation alone.
alter table event set (autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.05);
create index event_deal on event (org_id, (body ->> 'deal')) where body ? 'deal';
create index event_type on event (org_id, type, seq);

create table team (
  org_id text not null,
  team_id text not null,
  name text not null,
  names jsonb not null default '{}',
  parent_id text,
  stripe smallint not null default 0,
  primary key (org_id, team_id)
);

-- Personal data lives here, not in the log; erasing somebody is erasing this row.
create table person (
  org_id text not null,
  person_id text not null,
  name text not null,
  names jsonb not null default '{}',
  email text,
  team_id text,
  active boolean not null default true,
  primary key (org_id, person_id)
);

-- What a source calls somebody. Without a person it is the unmatched inbox: `subject_id` is in the
-- log already, and a later match credits it retroactively.
create table alias (
  org_id text not null,
  source_id text not null,
  alias text not null,
  subject_id text not null,
  matched boolean not null,
  created_at timestamptz not null default now(),
  primary key (org_id, source_id, alias)
);

create table target (
  org_id text not null,
  scope text not null,
  entity_id text not null,
  metric text not null,
  period text not null,
  period_key text not null,
  value bigint not null,
  primary key (org_id, scope, entity_id, metric, period, period_key)
);

create table user_account (
  org_id text not null,
  user_id text not null,
  email text not null,
  name text not null,
  password_hash text,
  role text not null check (role in ('owner', 'manager', 'rep')),
  person_id text,
  primary key (org_id, user_id),
  constraint user_account_email unique (org_id, email)
);
create index user_account_by_email on user_account (email);

create table session (
  org_id text not null,
  token_hash text not null,
  user_id text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (org_id, token_hash)
);
create index session_by_token on session (token_hash);

create table api_key (
  org_id text not null,
  key_id text not null,
  prefix text not null,
  key_hash text not null,
  name text not null,
  scopes text[] not null,
  source_id text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (org_id, key_id)
);
create index api_key_by_hash on api_key (key_hash);

create table screen (
  org_id text not null,
  screen_id text not null,
  name text not null,
  token_hash text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  primary key (org_id, screen_id)
);
create index screen_by_token on screen (token_hash);

create table import_run (
  org_id text not null,
  import_id text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  dry_run boolean not null,
  report jsonb not null,
  primary key (org_id, import_id)
);

-- What the projector made of the log, with the position it stands at. All of it can be thrown away
-- and folded again.
create table projection (
  org_id text primary key references organisation,
  seq bigint not null,
  clock timestamptz not null,
  settings jsonb not null,
  stage_free_at timestamptz not null
);

create table deal (
  org_id text not null,
  deal_key text not null,
  status text not null,
  stage text,
  facts jsonb not null,
  primary key (org_id, deal_key)
);
create index deal_status on deal (org_id, status, stage);

create table credit (
  org_id text not null,
  metric text not null,
  person_id text not null,
  fact_key text not null,
  team_id text,
  occurred_at timestamptz not null,
  ended_at timestamptz,
  value bigint not null,
  primary key (org_id, metric, person_id, fact_key)
);
create index credit_by_time on credit (org_id, metric, occurred_at);
create index credit_by_fact on credit (org_id, fact_key);

create table rollup (
  org_id text not null,
  metric text not null,
  period text not null,
  period_key text not null,
  entity_id text not null,
  value bigint not null,
  credits integer not null,
  primary key (org_id, metric, period, period_key, entity_id)
);

-- The organisation(s) of this transaction, comma-separated; nothing when none is set.
create function current_orgs() returns text[] language sql stable as $$
  select string_to_array(nullif(current_setting('app.org', true), ''), ',')
$$;

-- A secret's hash that the caller has proved to know: opens exactly the row that carries it.
create function current_credential() returns text language sql stable as $$
  select nullif(current_setting('app.credential', true), '')
$$;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'organisation', 'log_head', 'source', 'event', 'team', 'person', 'alias', 'target',
    'user_account', 'session', 'api_key', 'screen', 'import_run', 'projection', 'deal', 'credit',
    'rollup'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I using (org_id = any (current_orgs()))'
      ' with check (org_id = any (current_orgs()))',
      tenant_table
    );
  end loop;
end
$$;

create policy by_credential on api_key for select using (key_hash = current_credential());
create policy by_credential on session for select using (token_hash = current_credential());
create policy by_credential on screen for select using (token_hash = current_credential());
create policy by_credential on user_account for select using (email = current_credential());
-- Projectors share all organisations; they may see that they exist and how long their logs are.
create policy heads on log_head for select to ovation_projector using (true);

-- Appends events of any number of organisations: removes what is known, numbers the rest under the
-- heads' row locks, and answers one row an event. One round trip, one transaction.
create function append_events(
  org_ids text[],
  source_ids text[],
  event_ids text[],
  types text[],
  occurred_ats timestamptz[],
  bodies text[],
  body_hashes text[]
) returns table (
  ordinal bigint, seq bigint, recorded_at timestamptz, duplicate boolean, conflict boolean
) language plpgsql as $$
declare
  now_recorded timestamptz;
begin
  perform set_config(
    'app.org', (select string_agg(distinct org, ',') from unnest(org_ids) as org), true);
  -- Heads are taken in one order everywhere, so two writers cannot wait for each other.
  perform 1 from log_head where org_id = any (org_ids) order by org_id for update;
  now_recorded := clock_timestamp();
  return query
  with incoming as (
    select *
    from unnest(org_ids, source_ids, event_ids, types, occurred_ats, bodies, body_hashes)
      with ordinality
      as i (org_id, source_id, event_id, type, occurred_at, body, body_hash, ordinal)
  ),
  firsts as (
    select distinct on (i.org_id, i.source_id, i.event_id) i.*
    from incoming i
    order by i.org_id, i.source_id, i.event_id, i.ordinal
  ),
  fresh as (
    select f.*, row_number() over (partition by f.org_id order by f.ordinal) as place
    from firsts f
    where not exists (
      select 1 from event e
      where e.org_id = f.org_id and e.source_id = f.source_id and e.event_id = f.event_id
    )
  ),
  head as (
    update log_head h
    set seq = h.seq + counted.n
    from (select f.org_id, count(*) as n from fresh f group by f.org_id) counted
    where h.org_id = counted.org_id
    returning h.org_id, h.seq - counted.n as base
  ),
  written as (
    insert into event
      (org_id, seq, source_id, event_id, type, occurred_at, recorded_at, body, body_hash)
    select f.org_id, head.base + f.place, f.source_id, f.event_id, f.type,
      coalesce(f.occurred_at, now_recorded), now_recorded, f.body::jsonb, f.body_hash
    from fresh f join head on head.org_id = f.org_id
    returning event.org_id, event.source_id, event.event_id, event.seq, event.recorded_at,
      event.body_hash
  ),
  known as (
    select w.org_id, w.source_id, w.event_id, w.seq, w.recorded_at, w.body_hash from written w
    union all
    select e.org_id, e.source_id, e.event_id, e.seq, e.recorded_at, e.body_hash
    from event e
    join firsts f
      on f.org_id = e.org_id and f.source_id = e.source_id and f.event_id = e.event_id
  )
  select i.ordinal, k.seq, k.recorded_at,
    not exists (select 1 from fresh f where f.ordinal = i.ordinal),
    k.body_hash <> i.body_hash
  from incoming i
  join known k
    on k.org_id = i.org_id and k.source_id = i.source_id and k.event_id = i.event_id
  order by i.ordinal;
end
$$;

grant usage on schema public to ovation_app, ovation_projector;
grant select, insert, update, delete on all tables in schema public to ovation_app;
revoke update, delete on event from ovation_app;
revoke all on schema_migration from ovation_app;
grant select on organisation, log_head, event, person, team, target to ovation_projector;
grant select, insert, update, delete on projection, deal, credit, rollup to ovation_projector;
