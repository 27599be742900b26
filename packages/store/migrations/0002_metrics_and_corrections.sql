-- Metrics, boards and rates as data, targets with their consequences, corrections that leave a
-- trail, and the settings of whoever sends.

-- A KPI's current form; every version of it is an event in the log and in `definition`.
create table metric (
  org_id text not null,
  metric_id text not null,
  name text not null,
  names jsonb not null default '{}',
  description text not null default '',
  definition jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_id, metric_id)
);

-- Boards that somebody defined; those of every metric and period need no row.
create table board (
  org_id text not null,
  board_id text not null,
  slug text not null,
  name text not null,
  names jsonb not null default '{}',
  definition jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_id, board_id),
  constraint board_slug unique (org_id, slug)
);

-- Dated exchange rates: one unit of `currency` is `rate` of the organisation's own, from that date.
create table currency_rate (
  org_id text not null,
  currency text not null,
  from_date date not null,
  rate text not null,
  primary key (org_id, currency, from_date)
);

-- What happens when a target is reached, in percent of it: shown wherever the target is.
create table consequence (
  org_id text not null,
  consequence_id text not null,
  metric text not null,
  period text not null,
  at_percent integer not null,
  text text not null,
  texts jsonb not null default '{}',
  primary key (org_id, consequence_id)
);

-- Since when somebody belongs to a team and reports to whom; the person's row holds the present.
create table membership (
  org_id text not null,
  person_id text not null,
  -- '-infinity' for "since ever".
  since timestamptz not null,
  team_id text,
  manager_id text,
  primary key (org_id, person_id, since)
);
-- The owner of the tables is under the policies too; here it copies for all organisations at once.
alter table person no force row level security;
insert into membership (org_id, person_id, since, team_id)
select org_id, person_id, '-infinity', team_id from person;
alter table person force row level security;

alter table person add column started_on date;
alter table person add column manager_id text;
alter table alias add column team_id text;
alter table alias add column dismissed_at timestamptz;
alter table alias add column matched_at timestamptz;

alter table source add column created_at timestamptz not null default now();
alter table source add column paused_at timestamptz;
alter table api_key add column last_used_at timestamptz;
-- The old secret of a rotated key ends here; until then both open the door.
alter table api_key add column expires_at timestamptz;
alter table api_key add column rotated_to text;

-- Authentic deliveries that could not be taken, whole, until somebody mends or dismisses them.
create table quarantine (
  org_id text not null,
  delivery_id text not null,
  source_id text not null,
  received_at timestamptz not null default now(),
  -- Code, sentence and pointer of what was wrong.
  fault jsonb not null,
  body text not null,
  -- What the sender called it, when it said so.
  event_id text,
  settled_at timestamptz,
  -- 'replayed' or 'dismissed'.
  outcome text,
  primary key (org_id, delivery_id)
);
create index quarantine_open on quarantine (org_id, received_at desc) where settled_at is null;
create index quarantine_event on quarantine (org_id, source_id, event_id) where settled_at is null;

-- Idempotency-Key of writes without a natural id: the same key and body answer the same.
create table idempotency (
  org_id text not null,
  caller text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  status smallint,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (org_id, caller, route, key)
);

-- The projection is folded anew under the wider rules.
truncate projection, deal;
drop table credit;
drop table rollup;

-- The settings that were folded, a row each, so that one change writes one row.
alter table projection drop column settings;
create table projection_setting (
  org_id text not null,
  kind text not null,
  key text not null,
  value jsonb not null,
  primary key (org_id, kind, key)
);

-- What one event adds to one subject in one measure (a metric's component, see the projector).
-- A credit that is corrected is not deleted: `gone_seq` says which event ended it, so any board
-- can be read as it was known at any seq.
create table credit (
  org_id text not null,
  measure text not null,
  fact_key text not null,
  -- Whom the log names; `person_id` is who that is taken to be.
  subject_id text not null,
  person_id text not null,
  team_id text,
  -- The team that the event itself named.
  hint_id text,
  -- Decides in which window it counts.
  occurred_at timestamptz not null,
  -- From when and until when it stands; the same as occurred_at and null but for a few measures.
  since_at timestamptz not null,
  ended_at timestamptz,
  value bigint not null,
  -- What a distinct count counts.
  item text,
  seq bigint not null,
  gone_seq bigint
);
create unique index credit_standing on credit (org_id, measure, fact_key, subject_id)
  where gone_seq is null;
create index credit_by_time on credit (org_id, measure, occurred_at);
create index credit_by_person on credit (org_id, measure, person_id, occurred_at);
create index credit_by_fact on credit (org_id, fact_key);
alter table credit set (autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.05);

-- Totals of the fixed periods; `entity_id` is a person, a team, or '*' for everybody.
create table rollup (
  org_id text not null,
  measure text not null,
  period text not null,
  period_key text not null,
  entity_id text not null,
  -- Finely divided counts of a large organisation, added up, pass what a bigint holds.
  value numeric not null,
  credits integer not null,
  reached_at timestamptz not null,
  primary key (org_id, measure, period, period_key, entity_id)
);
create index rollup_rank on rollup (org_id, measure, period, period_key, value desc);

-- Which measure answers for a metric's component from which seq on; the newest that is ready wins.
create table measure_state (
  org_id text not null,
  measure text not null,
  -- The metric, or the metric with a board's filter.
  subject text not null,
  component smallint not null,
  from_seq bigint not null,
  ready boolean not null,
  -- Position in the log up to which it was counted, and where it has to get.
  done bigint not null,
  total bigint not null,
  primary key (org_id, measure)
);

create index event_by_time on event (org_id, occurred_at, seq);
create index event_settings on event (org_id, seq desc) where source_id = 'src_ovation';

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'metric', 'board', 'currency_rate', 'consequence', 'membership', 'quarantine', 'idempotency',
    'credit', 'rollup', 'measure_state', 'projection_setting'
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

grant select, insert, update, delete on
  metric, board, currency_rate, consequence, membership, quarantine, idempotency to ovation_app;
grant select on credit, rollup, measure_state, projection_setting to ovation_app;
grant select on metric, board, membership, alias to ovation_projector;
grant select, insert, update, delete on
  credit, rollup, measure_state, projection_setting to ovation_projector;
