-- The manager's working day: notes, entries by hand, requests for corrections, announcements.

-- What a manager writes down about somebody for the next talk. Text of people: it can be erased.
create table note (
  org_id text not null,
  note_id text not null,
  person_id text not null,
  author_id text not null,
  text text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, note_id)
);
create index note_person on note (org_id, person_id, created_at desc);

-- What somebody entered by hand. While it waits it is in no log, and is kept here.
create table manual_entry (
  org_id text not null,
  entry_id text not null,
  person_id text not null,
  by_id text not null,
  -- The event as it was sent, with its own id and time.
  event jsonb not null,
  -- In the organisation's currency; null for an activity.
  minor bigint,
  occurred_at timestamptz not null,
  state text not null check (state in ('waiting', 'counted', 'declined', 'withdrawn')),
  created_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by text,
  -- Why it was declined or withdrawn.
  reason text,
  primary key (org_id, entry_id)
);
create index manual_entry_person on manual_entry (org_id, person_id, created_at desc);
create index manual_entry_waiting on manual_entry (org_id, created_at) where state = 'waiting';

-- What somebody wants corrected of an event. The correction itself is an event, once it is decided.
create table correction_request (
  org_id text not null,
  correction_id text not null,
  -- The event that is corrected: source/id.
  event_key text not null,
  -- Whose event it is, the first of several.
  person_id text,
  by_id text not null,
  change jsonb not null,
  reason text not null,
  state text not null check (state in ('waiting', 'approved', 'declined', 'withdrawn')),
  -- What it did to boards and contests when it was decided.
  effects jsonb,
  created_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  decided_by text,
  answer text,
  primary key (org_id, correction_id)
);
create index correction_request_newest on correction_request (org_id, created_at desc);
create unique index correction_request_waiting on correction_request (org_id, event_key, by_id)
  where state = 'waiting';

-- A text on walls and pages for a while.
create table announcement (
  org_id text not null,
  announcement_id text not null,
  text text not null,
  texts jsonb not null default '{}',
  level text not null check (level in ('info', 'important')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Ids; null: all of them.
  screens text[],
  teams text[],
  people text[],
  by_id text not null,
  created_at timestamptz not null default clock_timestamp(),
  cancelled_at timestamptz,
  primary key (org_id, announcement_id),
  check (starts_at < ends_at)
);
create index announcement_ends on announcement (org_id, ends_at);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'note', 'manual_entry', 'correction_request', 'announcement'
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

grant select, insert, delete on note to ovation_app;
grant select, insert, update on manual_entry, correction_request, announcement to ovation_app;
